using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;

namespace Hengping.App.Ratings;

/// <summary>消费评级榜: the finding in a sentence, the chart, the table, and how to recompute it.</summary>
[OutputCache(PolicyName = PageCache.Name)]
public sealed class RatingsPage(Store store) : HousePage(store)
{
    /// <summary>Rows the chart draws; the table has them all.</summary>
    public const int ChartRows = 20;

    [BindProperty(SupportsGet = true)]
    public string? Period { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sector { get; set; }

    [BindProperty(SupportsGet = true, Name = "side")]
    public string? SideWord { get; set; }

    public Side Side { get; private set; }
    public RatingList? List { get; private set; }

    /// <summary>The published list, when this one is.</summary>
    public ShownFrozen? Frozen { get; private set; }
    public IReadOnlyList<PeriodChoice> Periods { get; private set; } = [];
    public IReadOnlyList<Option> Sectors { get; private set; } = [];
    public string PeriodName => Design.Periods.Name(Period!, Now);
    public string? SectorName => Sector is null ? null : Names.Sector(Sector);

    /// <summary>What the list says, in a sentence.</summary>
    public string Finding { get; private set; } = "";
    public string ChartTitle => Texts.T("ratings.chart", List!.Rows[0].Merchant);

    /// <summary>The address of the same list as JSON.</summary>
    public string ApiQuery
    {
        get
        {
            var parts = new List<string>();
            if (Sector is not null)
                parts.Add("sector=" + Sector);
            if (Side == Side.Merchant)
                parts.Add("side=merchant");
            return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
        }
    }

    /// <summary>The list's period, for whoever recomputes it.</summary>
    public Period? Span { get; private set; }

    /// <summary>Where its case file is: that of the list as it stands here, or the root of the frozen ones.</summary>
    public string CasesUrl => Frozen is null ? OpenCases.LiveUrl(Period!, ApiQuery, List!.AsOf) : "/api/v1/open/cases/";

    /// <summary>For the machine.</summary>
    public static string Flag(bool holds) => holds ? "true" : "false";

    public async Task<IActionResult> OnGet()
    {
        Sector = string.IsNullOrEmpty(Sector) ? null : Sector;
        Side = SideWord == "merchant" ? Side.Merchant : Side.Consumer;
        Period ??= await Published.LatestPeriod(Store, Ct) ?? "ytd";
        var asked = ListRequest.Parse(Period, Sector, Words.Of(Side), policy: null, Unscored.Zero, Now);
        if (asked.Refusal is not null)
            return NotFound();
        Periods = Design.Periods.Offered(Now);
        if (Periods.All(p => p.Code != Period))
            Periods = [new PeriodChoice(Period, "now", PeriodName), .. Periods];
        Sectors = [.. Taxonomies.Taxonomies.Current.Sectors.Select(s => new Option(s.Code, Names.Of(s), s.Parent))];
        Span = asked.Event!.Period;
        Frozen = await Published.Find(Store, asked.Event!, Ct);
        List = Frozen?.List ?? await Standing.Now(Store, asked.Event!, Ct);
        Finding = Say(List.Rows);
        return Page();
    }

    /// <summary>Colour token of a grade.</summary>
    public static string Tone(Grade grade) =>
        grade switch
        {
            Grade.Recommended => "good",
            Grade.Cautious => "careful",
            Grade.NotRecommended => "bad",
            _ => "none",
        };

    private static string Say(IReadOnlyList<RatingRow> rows)
    {
        if (rows.Count == 0)
            return Texts.T("ratings.finding.none");
        long Of(Grade grade) => rows.LongCount(r => r.Grade == grade);
        var finding = Texts.T(
            "ratings.finding",
            Design.Say.Count(rows.Count),
            Design.Say.Count(Of(Grade.Recommended)),
            Design.Say.Count(Of(Grade.Cautious)),
            Design.Say.Count(Of(Grade.NotRecommended))
        );
        return rows[0].Rank is null
            ? finding
            : finding
                + Texts.Pick("", " ")
                + Texts.T("ratings.finding.best", rows[0].Merchant, Design.Say.Three(rows[0].Index));
    }
}
