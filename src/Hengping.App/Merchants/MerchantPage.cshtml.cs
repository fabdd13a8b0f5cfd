using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;

namespace Hengping.App.Merchants;

/// <summary>One of the four numbers, with its interval and n.</summary>
public sealed record Figure(string Name, string Value, string Interval, long N);

/// <summary>The index of one month.</summary>
public sealed record TrendPoint(string Name, decimal Index, long Valid);

/// <summary>Complaints of one kind.</summary>
public sealed record ProblemCount(string Name, long Count);

/// <summary>商家公开页: grade, four numbers, trend and kinds of problems, each with its n.</summary>
[OutputCache(PolicyName = PageCache.Name)]
public sealed class MerchantPage(Store store) : HousePage(store)
{
    private const int TrendMonths = 12;
    private const int ProblemsMax = 8;

    // Of all kinds, those too rare for the chart as well.
    private long _problemCases;

    private sealed record Counted(string? Problem, long Cases);

    public MerchantRow Merchant { get; private set; } = null!;

    /// <summary>Numbers of the period; null below the minimum.</summary>
    public RatingRow? Row { get; private set; }
    public IReadOnlyList<Figure> Figures { get; private set; } = [];
    public IReadOnlyList<TrendPoint> Trend { get; private set; } = [];
    public IReadOnlyList<ProblemCount> Problems { get; private set; } = [];
    public string SectorName => Names.Sector(Merchant.Sector);
    public string PeriodName => Periods.Name("ytd", Now);

    public string Finding =>
        Row is null ? Texts.T("profile.few.text")
        : Row.Scored == 0 ? Texts.T("profile.finding.noscore", Say.Count(Row.Valid), Say.Percent(Row.ReplyRate))
        : Texts.T(
            "profile.finding",
            Say.Count(Row.Valid),
            Say.Percent(Row.ReplyRate),
            Row.Satisfaction.ToString("0.0", Say.Machine)
        );

    public string TrendTitle =>
        Texts.T("profile.trend", Trend[0].Name, Say.Three(Trend[0].Index), Trend[^1].Name, Say.Three(Trend[^1].Index));

    public string ProblemsTitle =>
        Texts.T(
            "profile.problems",
            Problems[0].Name,
            Say.Whole((decimal)Problems[0].Count / Math.Max(1, _problemCases))
        );

    public async Task<IActionResult> OnGet(Guid id)
    {
        if (await MerchantDirectory.Find(Store, id, Ct) is not { } merchant)
            return NotFound();
        if (merchant.MergedInto is { } into)
            return Redirect($"/merchants/{into}");
        Merchant = merchant;
        var merchants = await RatedMerchants.Read(Store, sector: null, asOf: null, Ct);
        var tally = await TallyOf("ytd", merchants);
        if (tally.Valid >= Policy.MinimumValid)
        {
            Row = RatingList.RowOf(tally, merchants[id], Policy.Current);
            Figures = FiguresOf(Row, tally);
        }
        await Follow(merchants);
        Problems = await Count(merchants.Under(id));
        return Page();
    }

    private async Task<Tally> TallyOf(string period, RatedMerchants merchants)
    {
        var asked = ListRequest.Parse(period, sector: null, side: null, policy: null, Unscored.Zero, Now).Event!;
        return (await Standing.OfMerchant(Store, asked, merchants, Merchant.Id, Ct)).Tally;
    }

    private async Task Follow(RatedMerchants merchants)
    {
        var today = Shanghai.DayOf(Now);
        var points = new List<TrendPoint>();
        for (var back = TrendMonths; back >= 1; back--)
        {
            var month = Periods.Month(today.AddMonths(-back));
            var tally = await TallyOf(month, merchants);
            if (tally.Valid >= Policy.MinimumValid)
                points.Add(
                    new TrendPoint(
                        Periods.Name(month, Now),
                        RatingList.RowOf(tally, merchants[Merchant.Id], Policy.Current).Index,
                        tally.Valid
                    )
                );
        }
        Trend = points;
    }

    private static Figure[] FiguresOf(RatingRow row, in Tally tally)
    {
        var (lo, hi) = Uncertainty.Wilson(row.Replied, row.Valid);
        var (worst, best) = Uncertainty.SatisfactionBounds(tally);
        return
        [
            new(
                Texts.T("profile.index"),
                Say.Three(row.Index),
                $"{Say.Three(row.Interval[0])}–{Say.Three(row.Interval[1])}",
                row.Valid
            ),
            new(
                Texts.T("ratings.reply"),
                Say.Percent(row.ReplyRate),
                $"{Say.Whole((decimal)lo)}–{Say.Whole((decimal)hi)}",
                row.Valid
            ),
            new(Texts.T("ratings.time"), Say.Three(row.Timeliness), "0–1", row.Valid),
            new(
                Texts.T("ratings.score"),
                Say.Three(row.Satisfaction),
                Texts.T("profile.bounds", Say.Three(worst / 1000m), Say.Three(best / 1000m)),
                row.Scored
            ),
        ];
    }

    private async Task<IReadOnlyList<ProblemCount>> Count(IReadOnlyList<Guid> merchants)
    {
        var rows = await Store.Query<Counted>(
            """
            select problem as Problem, count(*) as Cases from rating_cases
            where merchant in @merchants and side = @side and excluded is null
            group by problem order by count(*) desc, problem
            """,
            new { merchants, side = Words.Of(Side.Consumer) },
            Ct
        );
        _problemCases = rows.Sum(r => r.Cases);
        return [.. rows.Take(ProblemsMax).Select(r => new ProblemCount(Names.Problem(r.Problem ?? "other"), r.Cases))];
    }
}
