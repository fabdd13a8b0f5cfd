using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Rules.Orders;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Orders;

/// <summary>A number with and without what is excluded.</summary>
public sealed record MetricLine(string Name, string Without, string With);

/// <summary>店铺指标: what the shop's own orders say, and how it stands beside the norm.</summary>
public sealed class MetricsPage(Store store) : HousePage(store)
{
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    public ShowMetrics.Shown Shown { get; private set; } = null!;
    public ShowMetrics.Own Own => Shown.Own!;

    /// <summary>Each number, both ways.</summary>
    public IReadOnlyList<MetricLine> Lines { get; private set; } = [];

    /// <summary>Rates beside each other: the shop's, its category's, the market's.</summary>
    public IReadOnlyList<(string Whose, ComplaintNorm Norm)> Rates =>
        [
            (Texts.T("metrics.own"), Own.Complaints),
            (Texts.T("metrics.category"), Own.Category),
            (Texts.T("metrics.market"), Own.Market),
        ];

    public string MonthsTitle =>
        Texts.T(
            "metrics.months",
            Periods.Name(Own.Months[0].Code, Now),
            Part(Own.Months[0].WithoutExcluded.RefundShare),
            Periods.Name(Own.Months[^1].Code, Now),
            Part(Own.Months[^1].WithoutExcluded.RefundShare)
        );

    public async Task<IActionResult> OnGet()
    {
        if (Me is null)
            return ToSignIn();
        if (Me is not { Role: Role.Merchant, Merchant: { } id } || !ShowMetrics.IsOwn(Me, id))
            return Forbid();
        if (await MerchantDirectory.Find(Store, id, Ct) is not { } merchant)
            return NotFound();
        var faults = new FieldFaults();
        var days = ShowMetrics.DaysOf(From, To, Now, faults);
        if (!faults.None)
        {
            Fault(faults.All);
            days = ShowMetrics.DaysOf(null, null, Now, new FieldFaults());
        }
        Shown = await ShowMetrics.Read(Store, merchant, days, isOwn: true, Ct);
        Lines = LinesOf(Own.WithoutExcluded, Own.WithExcluded);
        return faults.None ? Page() : Again();
    }

    /// <summary>A share in percent; a dash where there is none.</summary>
    public static string Part(decimal? share) => share is { } some ? Say.Percent(some) : "–";

    /// <summary>Hours in words.</summary>
    public static string HoursOf(int? hours) => hours is { } some ? Say.Many("metrics.hours", some) : "–";

    /// <summary>Where a rate stands.</summary>
    public static string Stand(NormStand stand) => Texts.T("metrics.stand." + Words.Of(stand));

    private static MetricLine[] LinesOf(ShopMetrics without, ShopMetrics with)
    {
        return
        [
            Line("metrics.orders", one => Say.Count(one.Orders)),
            Line("metrics.refundHours", one => HoursOf(one.RefundHoursMedian)),
            Line("metrics.refundHours90", one => HoursOf(one.RefundHoursP90)),
            Line("metrics.refundShare", one => Part(one.RefundShare)),
            Line("metrics.qualityRate", one => Part(one.QualityRefundRate)),
            Line("metrics.returnRate", one => Part(one.ReturnRate)),
            Line("metrics.cancelShare", one => Part(one.CancelShare)),
            Line("metrics.lateShare", one => Part(one.LateShare)),
            Line("metrics.badShare", one => Part(one.BadShare)),
        ];
        MetricLine Line(string key, Func<ShopMetrics, string> of) => new(Texts.T(key), of(without), of(with));
    }
}
