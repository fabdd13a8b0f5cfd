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

    /// <summary>The clause that a ground stands on.</summary>
    public static (RuleTopic Topic, string Clause) ClauseOf(MeasureReason reason, MeasureKind kind) =>
        (reason, kind) switch
        {
            (MeasureReason.FalsePromotion, _) => (RuleTopic.Listing, "2"),
            (MeasureReason.Price, _) => (RuleTopic.Listing, "3"),
            (MeasureReason.Prohibited, MeasureKind.AccountRestricted) => (RuleTopic.Penalties, "5"),
            (MeasureReason.Prohibited, _) => (RuleTopic.ProhibitedGoods, "1"),
            (MeasureReason.Safety, MeasureKind.SaleForbidden) => (RuleTopic.ProhibitedGoods, "3"),
            (MeasureReason.Licence, _) => (RuleTopic.ProhibitedGoods, "4"),
            (MeasureReason.Safety, _) => (RuleTopic.Penalties, "2.1"),
            (MeasureReason.FakeReviews, _) => (RuleTopic.Penalties, "3"),
            (MeasureReason.Counterfeit, _) => (RuleTopic.Penalties, "4"),
            (MeasureReason.AbusiveClaims, _) => (RuleTopic.Penalties, "5"),
            (MeasureReason.Quality, _) => (RuleTopic.Penalties, "6"),
            (MeasureReason.PersonalData, _) => (RuleTopic.Penalties, "7"),
            (MeasureReason.IpNotice, _) => (RuleTopic.Penalties, "8"),
            (MeasureReason.OtherRule, not MeasureKind.ShopClosed) => (RuleTopic.Penalties, "9"),
            _ => (RuleTopic.Penalties, "10"),
        };

    private static MeasureScript Of(
        MeasureKind kind,
        MeasureReason reason,
        TargetKind target,
        string title,
        int daysAgo,
        MeasureFate fate,
        string facts,
        string scope
    ) => new(kind, reason, target, title, daysAgo, fate, facts, scope);
}
