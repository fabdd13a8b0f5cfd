using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hengping.Rules.Inspections;

/// <summary>
/// 风险等级 for triage inside the house, by the EU's method for consumer goods. Never the level of a recall, which our
/// law does not know.
/// </summary>
public enum RiskLevel
{
    /// <summary>低.</summary>
    Low,

    /// <summary>中.</summary>
    Medium,

    /// <summary>高.</summary>
    High,

    /// <summary>严重.</summary>
    Serious,
}

/// <summary>How a product may come to hurt somebody: steps, each with the share of cases in which it follows.</summary>
/// <param name="Severity">1 first aid … 4 fatal; what they mean is in <see cref="RiskMatrix.Severities"/>.</param>
/// <param name="Steps">Probability of each step, 0…1, given the one before. Multiplied.</param>
public sealed record HarmScenario(int Severity, IReadOnlyList<decimal> Steps)
{
    /// <summary>Product of the steps: over the life of the product, not a year.</summary>
    public decimal Probability => Steps.Aggregate(1m, (all, step) => all * step);
}

/// <summary>Severity × probability → level, as data with its day and source.</summary>
public sealed class RiskMatrix
{
    private sealed record Row(decimal? Above, IReadOnlyList<RiskLevel> Levels);

    /// <summary>What a severity means.</summary>
    public sealed record SeverityMeaning(string Zh, string En);

    private sealed record File(
        string Version,
        string Source,
        IReadOnlyList<SeverityMeaning> Severities,
        IReadOnlyList<Row> Rows
    );

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly Lazy<RiskMatrix> Loaded = new(() =>
    {
        using var stream = typeof(RiskMatrix).Assembly.GetManifestResourceStream("inspections/risk-matrix.json")!;
        return new RiskMatrix(JsonSerializer.Deserialize<File>(stream, Format)!);
    });

    private readonly File file;

    private RiskMatrix(File file) => this.file = file;

    /// <summary>The one in force.</summary>
    public static RiskMatrix Shipped => Loaded.Value;

    /// <summary>The day of its source.</summary>
    public string Version => file.Version;

    /// <summary>Where it comes from.</summary>
    public string Source => file.Source;

    /// <summary>What severity 1, 2, … mean, in order.</summary>
    public IReadOnlyList<SeverityMeaning> Severities => file.Severities;

    /// <summary>The level of one way to be hurt. A probability right at an edge belongs below it.</summary>
    public RiskLevel Of(int severity, decimal probability)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(severity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(severity, file.Severities.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
        return file.Rows.First(row => row.Above is not { } above || probability > above).Levels[severity - 1];
    }

    /// <summary>Several ways to be hurt: the worst counts. Null where none is thought of.</summary>
    public RiskLevel? Of(IEnumerable<HarmScenario> scenarios) =>
        scenarios.Select(it => (RiskLevel?)Of(it.Severity, it.Probability)).Max();
}
