using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.App.RuleRegister;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Microsoft.AspNetCore.OutputCaching;

namespace Hengping.App.Home;

/// <summary>首页: one search, two doors, the list in short, real counts.</summary>
[OutputCache(PolicyName = PageCache.Name)]
public sealed class HomePage(Store store) : HousePage(store)
{
    private const int RowsShown = 5;
    private const int RulesShown = 4;

    /// <summary>Complaints delivered in the last 12 months, and what became of them.</summary>
    public long Cases { get; private set; }
    public long Solved { get; private set; }
    public long Asked { get; private set; }
    public decimal Recovered { get; private set; }
    public RatingList? List { get; private set; }
    public string Period { get; private set; } = "";
    public string PeriodName => Periods.Name(Period, Now);

    /// <summary>How many merchants of the list have which grade.</summary>
    public IReadOnlyList<(Grade Grade, int Count)> Grades =>
        [.. Enum.GetValues<Grade>().Select(g => (g, List!.Rows.Count(r => r.Grade == g)))];

    /// <summary>What the chart shows, as a sentence.</summary>
    public string ChartTitle =>
        Texts.T(
            "home.chart",
            PeriodName,
            Say.Count(List!.Rows.Count),
            Say.Count(List.Rows.Count(r => r.Grade == Grade.Recommended))
        );

    /// <summary>The first of the list.</summary>
    public IReadOnlyList<RatingRow> Best => [.. List!.Rows.Where(r => r.Rank is not null).Take(RowsShown)];

    /// <summary>The last of the graded ones, the lowest first.</summary>
    public IReadOnlyList<RatingRow> Worst =>
        [.. List!.Rows.Where(r => r.Rank is not null).Reverse().Where(r => !Best.Contains(r)).Take(RowsShown)];

    /// <summary>By merchant, what was decided since the list was published.</summary>
    public IReadOnlyDictionary<Guid, LaterDecisions> Later { get; private set; } =
        new Dictionary<Guid, LaterDecisions>();

    /// <summary>Rules that are about to change.</summary>
    public IReadOnlyList<ComingRule> Coming { get; private set; } = [];

    public async Task OnGet()
    {
        Coming = await ComingRules.Read(Store, RulesShown, Ct);
        await Count();
        Period = await Published.LatestPeriod(Store, Ct) ?? Periods.LastMonth(Now);
        var asked = ListRequest.Parse(Period, sector: null, side: null, policy: null, Unscored.Zero, Now).Event!;
        var frozen = (await Published.Find(Store, asked, Ct))?.List;
        if (frozen is not null)
            Later = await LaterDecisions.Read(Store, asked, frozen, Ct);
        List = frozen ?? await LiveLists.Read(Store, asked, Ct);
    }

    private async Task Count()
    {
        var year = Shanghai.StartOf(Shanghai.DayOf(Now).AddYears(-1));
        // Up to the beginning of the day: one number for all of it.
        var cases = await KeptForDay.Read(
            Store,
            "home",
            () =>
                Store.Query<long>(
                    "select count(*) from complaints where filed_at >= @year and filed_at < @today and side = @side",
                    new
                    {
                        year = year.ToUnixTimeMilliseconds(),
                        today = LiveLists.AsOf(Store).ToUnixTimeMilliseconds(),
                        side = Words.Of(Side.Consumer),
                    },
                    Ct
                ),
            counted => counted[0]
        );
        Cases = cases[0];
        var ends = await LiveLists.Ends(Store, merchants: null, Cells.DayOf(year), Ct);
        (Solved, Asked, Recovered) = (ends.Solved, ends.Asked, ends.RecoveredCents / 100m);
    }
}
