using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Taxonomies;

/// <summary>One choice of a list, in both languages.</summary>
/// <param name="Parent">The sector above, the verb a reason belongs to, or the problem whose part it is: that has a
/// share of its own on a platform's sheet.</param>
/// <param name="Side">consumer or merchant, where the sides have lists of their own.</param>
/// <param name="Police">Problems: where personal data were collected by it, it is also the police's.</param>
/// <param name="Lo">Amount bands: lower bound in CNY, included.</param>
/// <param name="Hi">Amount bands: upper bound in CNY, not included.</param>
/// <param name="Words">Other words for it, and for goods of a sector, in both languages: what people search by.</param>
public sealed record Choice(
    string Code,
    string Zh,
    string En,
    string? Parent = null,
    string? Side = null,
    decimal? Lo = null,
    decimal? Hi = null,
    bool? Police = null,
    IReadOnlyList<string>? Words = null
);

/// <summary>
/// The lists of rules.md §5: data files carried in the assembly, versioned, in both languages. Codes are for ever: one
/// may leave a list, but never changes its meaning.
/// </summary>
public sealed class Taxonomies
{
    /// <summary>What this program ships.</summary>
    public static readonly Taxonomies Current = new();

    private readonly FrozenDictionary<string, string> regionsByName;

    private Taxonomies()
    {
        Problems = Read("problems");
        Sectors = Read("sectors");
        Demands = Read("demands");
        Regions = Read("regions");
        AmountBands = Read("amount-bands");
        Reasons = Read("reasons");
        Channels = Read("channels");
        Breaches = Read("breaches");
        Codes = new Codes(
            Set(Sectors),
            Set(Problems.Where(p => p.Side == "consumer")),
            Set(Problems.Where(p => p.Side == "merchant")),
            Set(Demands),
            Set(Regions),
            Set(Channels)
        );
        regionsByName = Regions
            .SelectMany(r =>
                new[] { r.Code, r.Zh, ShortName(r.Zh), r.En }.Select(name => KeyValuePair.Create(name, r.Code))
            )
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<Choice> Problems { get; }
    public IReadOnlyList<Choice> Sectors { get; }
    public IReadOnlyList<Choice> Demands { get; }

    /// <summary>Provinces by the first two digits of the division code.</summary>
    public IReadOnlyList<Choice> Regions { get; }
    public IReadOnlyList<Choice> AmountBands { get; }

    /// <summary>Reasons of every verb that needs one; <see cref="Choice.Parent"/> is the verb.</summary>
    public IReadOnlyList<Choice> Reasons { get; }
    public IReadOnlyList<Choice> Channels { get; }

    /// <summary>What a report may tell of.</summary>
    public IReadOnlyList<Choice> Breaches { get; }

    /// <summary>The same as the rules need them.</summary>
    public Codes Codes { get; }

    /// <summary>The code of a province by code, full or short name; what nobody knows stays as typed.</summary>
    public string? Region(string? typed) =>
        typed is not null && regionsByName.TryGetValue(typed.Trim(), out var c) ? c : typed;

    /// <summary>The codes of one verb's reasons.</summary>
    public FrozenSet<string> ReasonsOf(params string[] verbs) => Set(Reasons.Where(r => verbs.Contains(r.Parent)));

    /// <summary>The codes of breaches.</summary>
    public FrozenSet<string> BreachCodes => Set(Breaches);

    /// <summary>A choice by its code, or null.</summary>
    public static Choice? Find(IReadOnlyList<Choice> list, string? code) => list.FirstOrDefault(c => c.Code == code);

    private static FrozenSet<string> Set(IEnumerable<Choice> list) => list.Select(c => c.Code).ToFrozenSet();

    private static string ShortName(string province)
    {
        foreach (var end in new[] { "特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市" })
            if (province.EndsWith(end, StringComparison.Ordinal))
                return province[..^end.Length];
        return province;
    }

    private static List<Choice> Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"taxonomies/{name}.json")!;
        return JsonSerializer.Deserialize<File>(stream, Cli.JsonFormat)!.Items;
    }

    private sealed record File(string Version, string? Source, List<Choice> Items);
}
