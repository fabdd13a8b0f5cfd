using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hengping.Rules.Appeals;

/// <summary>认证: a certification, mark or standard body that exists.</summary>
/// <param name="Markets">Where it is asked for, as country codes, EU for the Union; none where it is for any.</param>
/// <param name="Issuer">Who gives it, or watches over who does.</param>
public sealed record Certification(
    string Name,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Markets,
    string Issuer
);

/// <summary>The certifications that are known, from <c>data/certifications.json</c>, and which a text names.</summary>
public static class Certifications
{
    private sealed record File(
        string Version,
        IReadOnlyList<string> Generic,
        IReadOnlyList<string> Acronyms,
        IReadOnlyList<Certification> Known
    );

    private static readonly Lazy<File> Loaded = new(Load);

    private static readonly Lazy<HashSet<string>> Fine = new(() =>
        [
            .. Loaded.Value.Known.SelectMany(it => it.Aliases.Prepend(it.Name)).Select(Folded),
            .. Loaded.Value.Acronyms.Select(Folded),
        ]
    );

    private static readonly Lazy<HashSet<string>> Generic = new(() => [.. Loaded.Value.Generic]);

    /// <summary>The day of the list.</summary>
    public static string Version => Loaded.Value.Version;

    /// <summary>All that are known.</summary>
    public static IReadOnlyList<Certification> Known => Loaded.Value.Known;

    /// <summary>Those asked for in a market, as <c>US</c>, and those for any.</summary>
    public static IEnumerable<Certification> Of(string market) =>
        Known.Where(it => it.Markets.Count == 0 || it.Markets.Contains(market, StringComparer.OrdinalIgnoreCase));

    /// <summary>The names in a sentence that are no certification, though it takes them for one.</summary>
    internal static IEnumerable<string> Unknown(string text)
    {
        foreach (Match named in LintWords.Pattern("cert.latin").Matches(text))
        {
            // "CDR, FFC and CE certification": each of them.
            foreach (var name in named.Groups["names"].Value.Split(Between, StringSplitOptions.RemoveEmptyEntries))
            {
                var one = name.Trim();
                if (LintWords.Pattern("cert.name").IsMatch(one) && one.Any(char.IsAsciiLetterUpper) && !IsKnown(one))
                    yield return one;
            }
        }
        foreach (Match iso in LintWords.Pattern("cert.iso").Matches(text))
            yield return iso.Value;
        foreach (Match named in LintWords.Pattern("cert.han").Matches(text))
        {
            if (NameOf(named.Groups["before"].Value) is { Length: >= 2 and <= 4 } name && !Generic.Value.Contains(name))
                yield return name + "认证";
        }
    }

    private static readonly string[] Between =
    [
        ",",
        "、",
        "，",
        " and ",
        " or ",
        "和",
        "及",
        "与",
        "或",
        "/ ",
        " & ",
        "以",
    ];

    private static bool IsKnown(string name)
    {
        if (Fine.Value.Contains(Folded(name)))
            return true;
        var parts = name.Split(' ', '/');
        return parts.Length > 1 && Fine.Value.Contains(Folded(parts[0]));
    }

    private static string Folded(string name) =>
        name.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>What stands before 认证, without the verb that takes it.</summary>
    private static string NameOf(string before)
    {
        var cut = before.LastIndexOfAny([
            '了',
            '过',
            '获',
            '已',
            '并',
            '的',
            '和',
            '及',
            '与',
            '得',
            '有',
            '经',
            '到',
            '为',
            '是',
            '做',
            '由',
            '供',
            '无',
            '需',
        ]);
        return before[(cut + 1)..];
    }

    private static File Load()
    {
        using var stream = typeof(Certifications).Assembly.GetManifestResourceStream("appeals/certifications.json")!;
        return JsonSerializer.Deserialize<File>(stream, JsonSerializerOptions.Web)!;
    }
}
