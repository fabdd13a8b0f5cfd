using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;

namespace Hengping.App.Ratings;

/// <summary>消费评级榜: the finding in a sentence, the chart, the table, and how to recompute it.</summary>
[OutputCache(PolicyName = PageCache.Name)]
public sealed class RatingsPage(Store store) : ListPage(store)
{
    /// <summary>Rows the chart draws; the table has them all.</summary>
    public const int ChartRows = 20;

    /// <summary>What the list says, in a sentence.</summary>
    public string Finding { get; private set; } = "";
    public string ChartTitle => Texts.T("ratings.chart", List!.Rows[0].Merchant);

    /// <summary>Where its case file is: that of the list as it stands here, or the root of the frozen ones.</summary>
    public string CasesUrl => Frozen is null ? OpenCases.LiveUrl(Period!, ApiQuery, List!.AsOf) : "/api/v1/open/cases/";

    /// <summary>For the machine.</summary>
    public static string Flag(bool holds) => holds ? "true" : "false";

    public async Task<IActionResult> OnGet()
    {
        if (!await Read())
            return NotFound();
        Finding = Say(List!.Rows);
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
