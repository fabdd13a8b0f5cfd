using Hengping.Rules.Measures;
using Hengping.Rules.RuleRegister;

namespace Hengping.World;

/// <summary>What comes of a measure after it was proposed.</summary>
internal enum MeasureFate
{
    Waits,
    Signed,
    Lifted,
    Upheld,
    Overturned,
    Appealed,
    Dropped,
    AsksHuman,
    Heard,
    Stated,
    Sued,
}

/// <summary>A measure as it is written for the market.</summary>
/// <param name="DaysAgo">Proposed so many days before the end of the world.</param>
internal sealed record MeasureScript(
    MeasureKind Kind,
    MeasureReason Reason,
    TargetKind Target,
    string Title,
    RuleTopic Topic,
    string Clause,
    int DaysAgo,
    MeasureFate Fate,
    string Facts,
    string Scope
)
{
    public bool IsUrgent { get; init; }
    public int? Days { get; init; }
    public string? Until { get; init; }
    public decimal? Amount { get; init; }
    public Automation Automation { get; init; }
    public bool ByMachine { get; init; }
    public MeasureSource Source { get; init; }
    public string? Notice { get; init; }
    public ClosingCause? Cause { get; init; }
}

/// <summary>What was done to whom in the market, of every kind and with every outcome.</summary>
internal static partial class MeasuresOfWorld
{
    private const string OnlyThis = "只限该商品，店铺其他商品不受影响。";

    public static IReadOnlyList<MeasureScript> All => [.. Light, .. Heavy];

    private static MeasureScript Of(
        MeasureKind kind,
        MeasureReason reason,
        TargetKind target,
        string title,
        RuleTopic topic,
        string clause,
        int daysAgo,
        MeasureFate fate,
        string facts,
        string scope
    ) => new(kind, reason, target, title, topic, clause, daysAgo, fate, facts, scope);
}
