using System.Net;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Hengping.App.Design;

/// <summary>A tag of a page of ours as it was made: where it stands, and what it says.</summary>
/// <param name="Name">In small letters.</param>
/// <param name="From">Where it begins in the page.</param>
/// <param name="To">Where it ends, behind its <c>&gt;</c>.</param>
internal sealed partial record Tag(string Name, bool IsEnd, int From, int To, string Text)
{
    /// <summary>Chinese as it is.</summary>
    public static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    // What stands in them is text, whatever it looks like.
    private static readonly string[] OfText = ["textarea", "script", "style", "title"];

    /// <summary>The tags of a page in their order.</summary>
    public static IEnumerable<Tag> Of(string page)
    {
        for (var at = page.IndexOf('<'); at >= 0; at = at < page.Length ? page.IndexOf('<', at) : -1)
        {
            if (page.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal))
            {
                at = After(page, "-->", at);
                continue;
            }
            var end = EndOf(page, at);
            var text = page[at..end];
            var name = NameOf().Match(text);
            if (!name.Success)
            {
                at++;
                continue;
            }
            var tag = new Tag(name.Groups[2].Value.ToLowerInvariant(), name.Groups[1].Length > 0, at, end, text);
            yield return tag;
            at = end;
            if (!tag.IsEnd && OfText.Contains(tag.Name))
                at = page.IndexOf("</" + tag.Name, end, StringComparison.OrdinalIgnoreCase) is >= 0 and var close
                    ? close
                    : page.Length;
        }
    }

    /// <summary>What an attribute says; null where it is not there.</summary>
    public string? this[string attribute] =>
        Attribute()
            .Matches(Text, 1 + Name.Length)
            .FirstOrDefault(one => one.Groups[1].Value.Equals(attribute, StringComparison.OrdinalIgnoreCase))
            is { } found
            ? WebUtility.HtmlDecode(found.Groups[2].Value.Trim('"', '\''))
            : null;

    /// <summary>The tag without an attribute, or with another value of it.</summary>
    public string With(string attribute, string? value)
    {
        var bare = Attribute()
            .Replace(
                Text,
                one => one.Groups[1].Value.Equals(attribute, StringComparison.OrdinalIgnoreCase) ? "" : one.Value,
                int.MaxValue,
                1 + Name.Length
            );
        if (value is null)
            return bare;
        var close = bare.Length - (bare.EndsWith("/>", StringComparison.Ordinal) ? 2 : 1);
        return $"{bare[..close].TrimEnd()} {attribute}=\"{Html.Encode(value)}\"{bare[close..]}";
    }

    private static int After(string page, string what, int from) =>
        page.IndexOf(what, from, StringComparison.Ordinal) is >= 0 and var found ? found + what.Length : page.Length;

    // A value may hold what looks like the end of its tag.
    private static int EndOf(string page, int from)
    {
        var quote = '\0';
        for (var at = from; at < page.Length; at++)
        {
            var c = page[at];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c == '>')
                return at + 1;
        }
        return page.Length;
    }

    [GeneratedRegex("^<(/?)([A-Za-z][A-Za-z0-9-]*)", RegexOptions.None, 1000)]
    private static partial Regex NameOf();

    [GeneratedRegex("""\s+([^\s=/>"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?""", RegexOptions.None, 1000)]
    private static partial Regex Attribute();
}
