using System.Globalization;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;
using Hengping.Rules.Risk;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;

namespace Hengping.App.Ratings;

/// <summary>Where a merchant's reply rate lies in the funnel.</summary>
public enum FunnelPlace
{
    /// <summary>Below the outer limit.</summary>
    FarBelow,

    /// <summary>Between the lower limits.</summary>
    Below,

    /// <summary>Inside the 95 % limits.</summary>
    Inside,

    /// <summary>Between the upper limits.</summary>
    Above,

    /// <summary>Above the outer limit.</summary>
    FarAbove,
}

/// <summary>One merchant of the list in the funnel.</summary>
/// <param name="Inner">95 % limits at its number of cases.</param>
public sealed record FunnelPoint(RatingRow Row, (double Lo, double Hi) Inner, FunnelPlace Place);

/// <summary>
/// 商家比较: up to five merchants of a list beside each other, month by month, and the whole list in a funnel.
/// </summary>
[OutputCache(PolicyName = PageCache.Name, VaryByQueryKeys = ["period", "sector", "side", "m"])]
public sealed class ComparePage(Store store) : ListPage(store)
{
    /// <summary>How many can be read beside each other.</summary>
    public const int Most = 5;

    private const int MonthsBack = 12;
    private const int CurveSteps = 40;

    // The reply rate of all merchants of the list together.
    private double common;

    [BindProperty(SupportsGet = true, Name = "m")]
    public Guid[] Asked { get; set; } = [];

    /// <summary>Something was chosen that this list does not have, or more than can be shown.</summary>
    public bool HasLeftOut { get; private set; }

    /// <summary>From the first month with numbers of any of the chosen to the last; the numbers by merchant.</summary>
    public IReadOnlyList<string> Months { get; private set; } = [];
    public ILookup<Guid, MonthOf> Trend { get; private set; } = Array.Empty<MonthOf>().ToLookup(_ => Guid.Empty);
    public IReadOnlyList<FunnelPoint> Points { get; private set; } = [];

    /// <summary>What the comparison says, in a sentence.</summary>
    public string Finding =>
        Chosen.Count switch
        {
            0 => Texts.T("compare.none"),
            1 => Texts.T("compare.one", Chosen[0].Merchant),
            _ => Compared(),
        };

    /// <summary>What the funnel says, in a sentence.</summary>
    public string FunnelTitle =>
        Texts.T(
            "compare.funnel",
            Say.Count(Points.Count),
            Say.Count(Points.Count(p => p.Place == FunnelPlace.FarBelow)),
            Say.Count(Points.Count(p => p.Place == FunnelPlace.FarAbove))
        );

    /// <summary>The share of the whole list.</summary>
    public string Common => Say.Whole((decimal)common);

    /// <summary>The same for the machine.</summary>
    public string Centre => common.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>The limits as the chart draws them: <c>n lo95 hi95 lo998 hi998</c>, points apart by a comma.</summary>
    public string Curve
    {
        get
        {
            var (least, most) = (Points.Min(p => p.Row.Valid), Points.Max(p => p.Row.Valid));
            var step = Math.Pow((double)most / least, 1.0 / CurveSteps);
            var points = Enumerable
                .Range(0, CurveSteps + 1)
                .Select(i => least * Math.Pow(step, i))
                .Select(n =>
                    (n, Inner: Funnel.Limits(common, n, Funnel.Inner), Outer: Funnel.Limits(common, n, Funnel.Outer))
                )
                .Select(p =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{p.n:0.##} {p.Inner.Lo:0.####} {p.Inner.Hi:0.####} {p.Outer.Lo:0.####} {p.Outer.Hi:0.####}"
                    )
                );
            return string.Join(',', points);
        }
    }

    /// <summary>The numbers of one of the chosen in a month, or null.</summary>
    public RatingRow? In(string month, RatingRow row) =>
        Trend[row.MerchantId].FirstOrDefault(m => m.Month == month)?.Numbers;

    /// <summary>What was decided since that month was published, in words.</summary>
    public string? Since(string month, RatingRow row) =>
        Trend[row.MerchantId].FirstOrDefault(m => m.Month == month)?.Later is { } later
            ? Texts.T("later.row", later.Words())
            : null;

    /// <summary>Number of one of the chosen, as the funnel of a phone marks it; null for all others.</summary>
    public string? KeyOf(RatingRow row) =>
        Chosen.ToList().IndexOf(row) is >= 0 and var at ? (at + 1).ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>What the months say: who led in the last one that has two or more.</summary>
    public string MonthsTitle
    {
        get
        {
            foreach (var month in Months.Reverse())
            {
                var there = Chosen.Where(row => In(month, row) is not null).ToList();
                if (there.Count < 2)
                    continue;
                var best = there.MaxBy(row => In(month, row)!.Index)!;
                var index = In(month, best)!.Index;
                return there.Count(row => In(month, row)!.Index == index) > 1
                    ? Texts.T("compare.months.tied", Design.Periods.Name(month, Now), Say.Three(index))
                    : Texts.T("compare.months.best", Design.Periods.Name(month, Now), best.Merchant, Say.Three(index));
            }
            return Texts.T("compare.months");
        }
    }

    /// <summary>Names those whose months all have too few complaints for a line.</summary>
    public string? Lineless
    {
        get
        {
            var names = Chosen.Where(row => !Trend[row.MerchantId].Any()).Select(row => row.Merchant).ToList();
            return names.Count == 0 ? null : Texts.T("compare.months.none", string.Join(Texts.T("say.list"), names));
        }
    }

    /// <summary>This comparison without one of its merchants.</summary>
    public string Without(Guid merchant) =>
        At("/ratings/compare")
        + string.Concat(Chosen.Where(r => r.MerchantId != merchant).Select(r => "&m=" + r.MerchantId));

    public async Task<IActionResult> OnGet()
    {
        if (!await Read())
            return NotFound();
        Chosen = [.. List!.Rows.Where(row => Asked.Contains(row.MerchantId)).Take(Most)];
        HasLeftOut = Asked.Distinct().Count() > Chosen.Count;
        common = (double)List.Rows.Sum(row => row.Replied) / Math.Max(1, List.Rows.Sum(row => row.Valid));
        Points = [.. List.Rows.Select(Placed)];
        if (Chosen.Count == 0)
            return Page();
        var merchants = await RatedMerchants.Read(Store, sector: null, asOf: null, Ct);
        var chosen = Chosen.Select(row => row.MerchantId).ToList();
        Trend = await SettledMonths.Read(Store, Side, merchants, chosen, MonthsBack, Ct);
        string[] known = [.. Trend.SelectMany(months => months.Select(m => m.Month)).Order(StringComparer.Ordinal)];
        Months = known.Length == 0 ? [] : [.. Design.Periods.Between(known[0], known[^1])];
        return Page();
    }

    private FunnelPoint Placed(RatingRow row)
    {
        var inner = Funnel.Limits(common, row.Valid, Funnel.Inner);
        var outer = Funnel.Limits(common, row.Valid, Funnel.Outer);
        var share = (double)row.Replied / row.Valid;
        var place =
            share < outer.Lo ? FunnelPlace.FarBelow
            : share < inner.Lo ? FunnelPlace.Below
            : share > outer.Hi ? FunnelPlace.FarAbove
            : share > inner.Hi ? FunnelPlace.Above
            : FunnelPlace.Inside;
        return new FunnelPoint(row, inner, place);
    }

    private string Compared()
    {
        var best = Chosen.MaxBy(row => row.Index)!;
        var touching = Chosen.Where(row => row != best && row.Interval[1] >= best.Interval[0]).ToList();
        var name = best.Merchant;
        if (touching.Count == 0)
            return Texts.T("compare.clear", name, Say.Three(best.Index));
        return touching.Count == Chosen.Count - 1
            ? Texts.T("compare.blurred", name, Say.Three(best.Index))
            : Texts.T(
                "compare.partly",
                name,
                Say.Three(best.Index),
                string.Join(Texts.Pick("、", ", "), touching.Select(row => row.Merchant))
            );
    }
}
