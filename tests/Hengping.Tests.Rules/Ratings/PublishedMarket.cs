using System.Globalization;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Hengping.Tests.World;
using Hengping.World;
using Market = Hengping.World.Market;

namespace Hengping.Tests.Ratings;

/// <summary>One published list of the market.</summary>
internal sealed record PublishedOne(Period Period, DateTimeOffset AsOf, FrozenList Frozen)
{
    /// <summary>What anybody reads of a merchant's row: null where there is none, or where scores wait.</summary>
    public RatingRow? Plain(Guid merchant) =>
        Frozen.List.Rows.FirstOrDefault(row => row.MerchantId == merchant && !row.Notes.Contains("scoresWait"));
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

    private readonly List<CaseLife> lives;
    private readonly ILookup<Guid, CaseCourse> courses;

    public PublishedMarket(ulong seed)
    {
        var market = new Market(seed, End, new MarketSize(5_000, 3_600));
        var house = TestHouse.Plain(market);
        lives = [.. market.Cases.Where(plan => plan.Seller is null).Select(plan => Play.Of(market, house, plan))];
        courses = lives.SelectMany(LivedCases.Of).ToLookup(one => one.Merchant, one => one.Course);
    }

    private static IEnumerable<Period> Periods => Codes.Select(code => Period.Parse(code, End).Event!);

    /// <summary>Each as soon as it may be, and then all of them corrected, once and again.</summary>
    public static IEnumerable<(Period Period, DateTimeOffset AsOf)> Times =>
        Periods
            .Select(period => (period, period.FreezesAt))
            .Concat(new[] { End.AddDays(-2), End }.SelectMany(later => Periods.Select(period => (period, later))))
            .OrderBy(one => one.Item2);

    /// <summary>Each as soon as it may be.</summary>
    public List<PublishedOne> AsTimeGoesBy()
    {
        var lists = new List<PublishedOne>();
        foreach (var period in Periods.OrderBy(period => period.FreezesAt))
            Publish(lists, period, period.FreezesAt);
        return lists;
    }

    /// <summary>All on one day, the parts before the whole.</summary>
    /// <param name="guarded">Whether lists heed what was told before.</param>
    public List<PublishedOne> AtOnce(bool guarded)
    {
        var lists = new List<PublishedOne>();
        foreach (var period in Periods)
            Publish(lists, period, End, guarded);
        return lists;
    }

    /// <summary>The list is frozen a day.</summary>
    public static FrozenSpan Frozen(Period period, DateTimeOffset asOf) =>
        new(ShownDay.Of(asOf.ToUnixTimeMilliseconds()), ShownDay.Of(period));

    /// <summary>The same list with every score there was at its time.</summary>
    public FrozenList Exact(PublishedOne list)
    {
        var cases = CasesOf(list.Period, list.AsOf);
        return Of(list.Period, list.AsOf, cases, FrozenList.SaidIn(cases));
    }

    private void Publish(List<PublishedOne> lists, Period period, DateTimeOffset asOf, bool guarded = true)
    {
        var cases = CasesOf(period, asOf);
        FrozenSpan[] spans = [.. lists.Select(list => Frozen(list.Period, list.AsOf)), Frozen(period, asOf)];
        ToldWords Told(Guid merchant) =>
            DailySnapshot.Before(spans[^1].Day, [.. courses[merchant]], spans).Within(spans[^1].Span);
        var frozen = Of(period, asOf, cases, guarded ? Told : FrozenList.SaidIn(cases));
        lists.Add(new PublishedOne(period, asOf, frozen));
    }

    private static FrozenList Of(
        Period period,
        DateTimeOffset asOf,
        List<(RatingCase, CaseWords)> cases,
        Func<Guid, ToldWords> words
    ) =>
        FrozenList.Of(new FrozenAs(period, null, Side.Consumer, Policy.Current, asOf), cases, RatingLists.Facts, words);

    private List<(RatingCase Case, CaseWords Words)> CasesOf(Period period, DateTimeOffset asOf) =>
        [.. lives.SelectMany(life => CasesOf(life, asOf)).Where(one => period.Holds(one.Case.DeliveredAt))];

    private static IEnumerable<(RatingCase Case, CaseWords Words)> CasesOf(CaseLife life, DateTimeOffset asOf)
    {
        RatingFacts? facts = null;
        foreach (var (version, told) in life.Story.Index())
        {
            if (told.At <= asOf)
                facts = RatingFacts.Fold(facts, told.Event, told.At, version + 1, told.Author);
        }
        var words = new CaseWords(
            Resolved: facts?.Resolved?.ToString().ToLowerInvariant(),
            Recovered: facts?.Recovered?.ToString(CultureInfo.InvariantCulture)
        );
        return facts?.Cases.Select(one => (one, words)) ?? [];
    }
}

/// <summary>Cases of the generated market day by day.</summary>
internal static class LivedCases
{
    /// <summary>A complaint's cases.</summary>
    public static IEnumerable<(Guid Merchant, Side Side, CaseCourse Course)> Of(CaseLife life)
    {
        var (facts, version) = ((RatingFacts?)null, 0);
        var fold = new CourseFold();
        foreach (var (happened, at, author) in life.Story)
        {
            facts = RatingFacts.Fold(facts, happened, at, ++version, author);
            fold.Add(facts, at);
        }
        return facts!.Cases.Select(one =>
            (
                one.Merchant,
                one.Side,
                new CaseCourse(one.DeliveredAt.ToUnixTimeMilliseconds(), one.Claimant, false, fold[one.PublicId])
            )
        );
    }
}
