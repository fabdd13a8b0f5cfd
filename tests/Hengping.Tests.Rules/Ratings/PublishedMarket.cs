using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Hengping.Tests.World;
using Hengping.World;
using Market = Hengping.World.Market;

namespace Hengping.Tests.Ratings;

/// <summary>One published list of the market, with what only its keeper knows.</summary>
internal sealed record PublishedOne(Period Period, FrozenList Frozen, IReadOnlyList<RatingCase> Cases)
{
    /// <summary>What anybody reads of a merchant's row: null where there is none, or where scores wait.</summary>
    public RatingRow? Plain(Guid merchant) =>
        Frozen.List.Rows.FirstOrDefault(row => row.MerchantId == merchant && !row.Notes.Contains("scoresWait"));

    /// <summary>The multiset that scores.csv gives of a merchant.</summary>
    public IEnumerable<int> Scores(Guid merchant) =>
        Frozen.Printed.Where(one => one.Merchant == merchant).Select(one => one.Score.Milli).OfType<int>();
}

/// <summary>A generated market whose lists are all published: months, quarters, a half-year and both sales.</summary>
internal sealed class PublishedMarket
{
    private static readonly DateTimeOffset End = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);

    private static readonly string[] Codes =
    [
        .. Enumerable.Range(1, 10).Select(month => $"2026-{month:00}"),
        .. new[] { "2025-12", "2026-Q1", "2026-Q2", "2026-Q3", "2026-H1", "2026-618", "2026-1111" },
    ];

    private readonly List<CaseLife> _lives;

    public PublishedMarket(ulong seed)
    {
        var market = new Market(seed, End, new MarketSize(5_000, 3_600));
        var house = TestHouse.Plain(market);
        _lives = [.. market.Cases.Where(plan => plan.Seller is null).Select(plan => Play.Of(market, house, plan))];
    }

    private static IEnumerable<Period> Periods => Codes.Select(code => Period.Parse(code, End).Event!);

    /// <summary>Each as soon as it may be, and then all of them corrected, once and again.</summary>
    public List<PublishedOne> AsTimeGoesBy()
    {
        var lists = new List<PublishedOne>();
        foreach (var period in Periods.OrderBy(period => period.FreezesAt))
            Publish(lists, period, period.FreezesAt);
        foreach (var later in new[] { End.AddDays(-2), End })
        foreach (var period in Periods)
            Publish(lists, period, later);
        return lists;
    }

    /// <summary>All on one day, the parts before the whole.</summary>
    /// <param name="guarded">Whether lists heed what others have printed.</param>
    public List<PublishedOne> AtOnce(bool guarded)
    {
        var lists = new List<PublishedOne>();
        foreach (var period in Periods)
            Publish(lists, period, End, guarded);
        return lists;
    }

    private void Publish(List<PublishedOne> lists, Period period, DateTimeOffset asOf, bool guarded = true)
    {
        var cases = _lives
            .SelectMany(life => CasesOf(life, asOf))
            .Where(one => period.Holds(one.Case.DeliveredAt))
            .ToList();
        var (from, until) = ScoreRelease.Reach(period, lists.ConvertAll(list => list.Period));
        var before = lists
            .Where(list => guarded && list.Period.From < until && from < list.Period.Until)
            .Select(list => list.Frozen.Printed);
        var frozen = FrozenList.Of(
            new FrozenAs(period, null, Side.Consumer, Policy.Current, asOf),
            cases,
            RatingLists.Facts,
            new ScoreRelease(before)
        );
        lists.Add(new PublishedOne(period, frozen, cases.ConvertAll(one => one.Case)));
    }

    private static IEnumerable<(RatingCase Case, CaseWords Words)> CasesOf(CaseLife life, DateTimeOffset asOf)
    {
        RatingFacts? facts = null;
        foreach (var (version, told) in life.Story.Index())
        {
            if (told.At <= asOf)
                facts = RatingFacts.Fold(facts, told.Event, told.At, version + 1, told.Author);
        }
        var words = new CaseWords(Resolved: facts?.Resolved?.ToString().ToLowerInvariant());
        return facts?.Cases.Select(one => (one, words)) ?? [];
    }
}
