using System.Text.Json;

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
        IReadOnlyList<string> Numbers,
        IReadOnlyList<string> Wrong,
        IReadOnlyList<Certification> Known
    );

    private static readonly Lazy<File> Loaded = new(Load);

    private static readonly Lazy<HashSet<string>> Fine = new(() =>
        [
            .. Loaded.Value.Known.SelectMany(it => it.Aliases.Prepend(it.Name)).Select(Folded),
            .. Loaded.Value.Acronyms.Select(Folded),
        ]
    );

    private static readonly Lazy<HashSet<string>> Names = new(() =>
        [.. Loaded.Value.Known.SelectMany(it => it.Aliases.Prepend(it.Name)).Select(Folded)]
    );

    /// <summary>The day of the list.</summary>
    public static string Version => Loaded.Value.Version;

    /// <summary>All that are known.</summary>
    public static IReadOnlyList<Certification> Known => Loaded.Value.Known;

    /// <summary>Those asked for in a market, as <c>US</c>, and those for any.</summary>
    public static IEnumerable<Certification> Of(string market) =>
        Known.Where(it => it.Markets.Count == 0 || it.Markets.Contains(market, StringComparer.OrdinalIgnoreCase));

    /// <summary>A certification, mark or standard body of this name exists.</summary>
    internal static bool IsOne(string name) => Names.Value.Contains(Folded(name));

    /// <summary>A name in capital letters that nobody takes for a certification, or one.</summary>
    internal static bool IsFine(string name) => Fine.Value.Contains(Folded(name));

    /// <summary>A name that differs from one that exists by one letter, or by two that changed places.</summary>
    internal static bool IsNearly(string name) =>
        name.Length >= 3 && Names.Value.Any(it => it.Length >= 2 && it.All(char.IsAscii) && IsNearly(Folded(name), it));

    /// <summary>Numbers of standards of management, as 9001 of ISO.</summary>
    internal static bool IsNumber(string number) => Loaded.Value.Numbers.Contains(number, StringComparer.Ordinal);

    /// <summary>A number that is not one of them and nearly is.</summary>
    internal static bool IsNearlyNumber(string number) =>
        !IsNumber(number) && Loaded.Value.Numbers.Any(it => IsNearly(number, it));

    /// <summary>Words before 认证 that are no name.</summary>
    internal static IReadOnlyList<string> Generic => Loaded.Value.Generic;

    /// <summary>Names of bodies that exist, said as what they do not give.</summary>
    internal static IReadOnlyList<string> Wrong => Loaded.Value.Wrong;

    private static bool IsNearly(string one, string other)
    {
        if (one == other || Math.Abs(one.Length - other.Length) > 1)
            return false;
        var same = 0;
        while (same < one.Length && same < other.Length && one[same] == other[same])
            same++;
        var (a, b) = (one[same..], other[same..]);
        return a.Length == b.Length
                ? a[1..] == b[1..] || (a.Length > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..])
            : a.Length > b.Length ? a[1..] == b
            : b[1..] == a;
    }

    private static string Folded(string name) =>
        name.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    private static File Load()
    {
        using var stream = typeof(Certifications).Assembly.GetManifestResourceStream("appeals/certifications.json")!;
        return JsonSerializer.Deserialize<File>(stream, JsonSerializerOptions.Web)!;
    }
}
