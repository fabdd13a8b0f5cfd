using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
using Hengping.Rules.Ratings;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Workbench;

/// <summary>我的数字: which cases count in a period and how, and the months against the sector.</summary>
public sealed class NumbersPage(Store store) : HousePage(store)
{
    /// <summary>Cases shown; the file has all of them.</summary>
    public const int LinesMax = 300;

    private static readonly string[] Kinds = ["month", "quarter", "now"];

    [BindProperty(SupportsGet = true)]
    public string? Period { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Side { get; set; }

    public Sheet Sheet { get; private set; } = null!;

    /// <summary>The row of the list as it was published, where it was and names this merchant.</summary>
    public RatingRow? Published { get; private set; }

    /// <summary>What was decided since it was published, in words.</summary>
    public string? Later { get; private set; }
    public IReadOnlyList<TrendMonth> Months { get; private set; } = [];
    public string SectorName { get; private set; } = "";

    /// <summary>Periods one can look at.</summary>
    public IReadOnlyList<PeriodChoice> Choices => [.. Periods.Offered(Now).Where(c => Kinds.Contains(c.Kind))];

    /// <summary>The finding as a sentence: how the last month stands beside the middle of the sector.</summary>
    public string IndexTitle => Title("numbers.trend.index", Months[^1].Index, Months[^1].IndexMedian);

    /// <summary>The same of timeliness.</summary>
    public string TimelinessTitle => Title("numbers.trend.time", Months[^1].Timeliness, Months[^1].TimelinessMedian);

    public async Task<IActionResult> OnGet()
    {
        if (Turned() is { } away)
            return away;
        if (await Read(LinesMax) is { } wrong)
            return wrong;
        var merchant = await MerchantDirectory.Find(Store, Me!.Merchant!.Value, Ct);
        SectorName = Names.Sector(merchant?.Sector ?? "other");
        Months = await Trend.Read(Store, merchant?.Sector ?? "other", Me.Merchant.Value, Ct);
        return Page();
    }

    /// <summary>All lines as a file.</summary>
    public async Task<IActionResult> OnGetCsv()
    {
        if (Turned() is { } away)
            return away;
        return await Read(int.MaxValue) ?? Handed(Sheet.ToCsv(), "text/csv; charset=utf-8", $"hengping-{Period}.csv");
    }

    /// <summary>1.0, 0.6 or 0.</summary>
    public static string Points(SheetLine line) => MerchantDeskPage.Points(line.Answered);

    private IActionResult? Turned() =>
        Me is null ? ToSignIn()
        : Me is not { Role: Role.Merchant, Merchant: not null } ? Forbid()
        : null;

    private async Task<IActionResult?> Read(int most)
    {
        var isChosen = Period is not null;
        Period ??= Periods.Month(Shanghai.DayOf(Now));
        var asked = ListRequest.Parse(Period, sector: null, Side, policy: null, Unscored.Zero, Now);
        if (asked.Refusal is not null)
            return NotFound();
        var merchants = await RatedMerchants.Read(Store, sector: null, asOf: null, Ct);
        Sheet = await Sheet.Read(Store, asked.Event!, merchants, Me!, most, Ct);
        if (!isChosen && Sheet.Lines.Count == 0)
        {
            // The first days of a month: what a merchant wants to see is the month that is settling.
            Period = Periods.LastMonth(Now);
            asked = ListRequest.Parse(Period, sector: null, Side, policy: null, Unscored.Zero, Now);
            Sheet = await Sheet.Read(Store, asked.Event!, merchants, Me!, most, Ct);
        }
        var frozen = await Ratings.Published.Find(Store, asked.Event!, Ct);
        Published = frozen?.List.Rows.FirstOrDefault(r => r.MerchantId == merchants.Root(Me!.Merchant!.Value));
        if (Published is not null)
        {
            var later = await LaterDecisions.Read(Store, asked.Event!, frozen!.List, Ct);
            Later = later.GetValueOrDefault(Published.MerchantId)?.Words();
        }
        return null;
    }

    private string Title(string key, decimal own, decimal median) =>
        Texts.T(
            key
                + (
                    own > median ? ".above"
                    : own < median ? ".below"
                    : ".same"
                ),
            Months[^1].Name,
            Say.Three(own),
            Say.Three(median)
        );
}
