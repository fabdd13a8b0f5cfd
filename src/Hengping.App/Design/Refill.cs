using System.Net;
using System.Text;
using Hengping.App.Platform;
using Microsoft.AspNetCore.WebUtilities;

namespace Hengping.App.Design;

/// <summary>
/// Fills a form of a page with what was typed into it before. It reads the page as it was made, so that no page has to
/// know of it; of several forms sent to the same address it takes the one whose hidden fields say the same.
/// </summary>
internal sealed class Refill
{
    private readonly string page;
    private readonly List<Tag> tags;
    private readonly ILookup<string, string> typed;
    private readonly List<(int From, int To, string Text)> changes = [];

    private Refill(string page, IReadOnlyList<TypedField> typed)
    {
        this.page = page;
        tags = [.. Tag.Of(page)];
        this.typed = typed.ToLookup(field => field.Name, field => field.Value, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A form of the page: its tags from first to last, and the folded parts it lies in.</summary>
    private sealed record Found(int First, int Last, IReadOnlyList<int> Folds);

    /// <summary>The page with the form filled; null where it has no such form.</summary>
    /// <param name="here">The page's own path: where a form goes that says nothing else.</param>
    /// <param name="action">Where the form was sent to.</param>
    public static string? Into(string page, string here, string action, IReadOnlyList<TypedField> typed)
    {
        var refill = new Refill(page, typed);
        var forms = refill.Forms().Where(form => refill.GoesTo(form, here, action)).ToList();
        if (forms.Count == 0)
            return null;
        refill.Fill(forms.MaxBy(refill.Likeness)!);
        return refill.Changed();
    }

    /// <summary>The page with something put in where its own part begins.</summary>
    public static string Announce(string page, string html) =>
        Tag.Of(page).FirstOrDefault(tag => tag is { Name: "main", IsEnd: false }) is { } main
            ? page.Insert(main.To, html)
            : page;

    private IEnumerable<Found> Forms()
    {
        var (first, folds) = (-1, new Stack<int>());
        for (var i = 0; i < tags.Count; i++)
        {
            if (tags[i].Name == "details" && !tags[i].IsEnd)
                folds.Push(i);
            else if (tags[i].Name == "details")
                folds.TryPop(out _);
            else if (tags[i].Name != "form")
                continue;
            else if (!tags[i].IsEnd)
                first = i;
            else if (first >= 0)
                yield return new Found(first, i, [.. folds]);
        }
    }

    private bool GoesTo(Found form, string here, string action) =>
        tags[form.First]["method"] is { } method
        && method.Equals("post", StringComparison.OrdinalIgnoreCase)
        && (
            IsSame(tags[form.First]["action"], here, action)
            || Within(form).Any(tag => tag["formaction"] is { } other && IsSame(other, here, action))
        );

    private static bool IsSame(string? said, string here, string action) =>
        Plain(string.IsNullOrEmpty(said) ? here : said, here)
            .Equals(Plain(action, here), StringComparison.OrdinalIgnoreCase);

    // Path and handler: whatever else stands in an address is not what it does.
    private static string Plain(string address, string here)
    {
        var cut = address.IndexOf('?', StringComparison.Ordinal);
        var path = cut < 0 ? address : address[..cut];
        var handler = cut < 0 ? "" : QueryHelpers.ParseQuery(address[cut..]).GetValueOrDefault("handler").ToString();
        return $"{Uri.UnescapeDataString(path.Length == 0 ? here : path)}?{handler}";
    }

    private IEnumerable<Tag> Within(Found form) => tags.Skip(form.First).Take(form.Last - form.First);

    private int Likeness(Found form)
    {
        var score = 0;
        foreach (var tag in Within(form).Where(tag => tag is { Name: "input", IsEnd: false }))
            if (tag["name"] is { } name && IsHidden(tag) && typed.Contains(name))
                score += typed[name].Contains(tag["value"] ?? "", StringComparer.Ordinal) ? 1 : -1;
        return score;
    }

    private void Fill(Found form)
    {
        foreach (var fold in form.Folds.Where(fold => tags[fold]["open"] is null))
            Change(tags[fold], tags[fold].With("open", ""));
        var nth = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = form.First; i < form.Last; i++)
        {
            var tag = tags[i];
            if (tag.IsEnd || tag["name"] is not { } name || name == FormKey.TokenField)
                continue;
            if (tag.Name == "input")
                FillInput(tag, name, nth);
            else if (tag.Name == "textarea" && Next(name, nth) is { } text)
                changes.Add((tag.To, tags[i + 1].From, "\n" + Tag.Html.Encode(text)));
            else if (tag.Name == "select" && typed.Contains(name))
                FillSelect(i, name);
        }
    }

    private void FillInput(Tag tag, string name, Dictionary<string, int> nth)
    {
        switch (tag["type"]?.ToLowerInvariant())
        {
            case "file" or "password" or "submit" or "button" or "image":
                break;
            case "checkbox" or "radio":
                var isChosen = typed[name].Contains(tag["value"] ?? "on", StringComparer.Ordinal);
                Change(tag, tag.With("checked", isChosen ? "" : null));
                break;
            default:
                if (Next(name, nth) is { } value)
                    Change(tag, tag.With("value", value));
                break;
        }
    }

    private void FillSelect(int at, string name)
    {
        for (var i = at + 1; i < tags.Count && tags[i].Name != "select"; i++)
            if (tags[i] is { Name: "option", IsEnd: false } option)
            {
                var value = option["value"] ?? WebUtility.HtmlDecode(page[option.To..tags[i + 1].From]).Trim();
                Change(
                    option,
                    option.With("selected", typed[name].Contains(value, StringComparer.Ordinal) ? "" : null)
                );
            }
    }

    // Several fields of one name are filled in their order.
    private string? Next(string name, Dictionary<string, int> nth)
    {
        var at = nth.GetValueOrDefault(name);
        nth[name] = at + 1;
        return typed[name].ElementAtOrDefault(at);
    }

    private static bool IsHidden(Tag tag) => "hidden".Equals(tag["type"], StringComparison.OrdinalIgnoreCase);

    private void Change(Tag tag, string text) => changes.Add((tag.From, tag.To, text));

    private string Changed()
    {
        var (filled, at) = (new StringBuilder(page.Length + 1024), 0);
        foreach (var (from, to, text) in changes.OrderBy(change => change.From))
        {
            filled.Append(page, at, from - at).Append(text);
            at = to;
        }
        return filled.Append(page, at, page.Length - at).ToString();
    }
}
