using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;

namespace Hengping.App.Ratings;

/// <summary>消费评级榜: the finding in a sentence, the chart, the table, and how to recompute it.</summary>
[OutputCache(PolicyName = PageCache.Name, VaryByQueryKeys = ["period", "sector", "side", "sort"])]
public sealed class RatingsPage(Store store, SiteAddress site, CurrentOperator house) : ListPage(store)
{
    /// <summary>Rows the chart draws; the table has them all.</summary>
    public const int ChartRows = 20;

    private const int LeadersNamed = 3;
    private const string Near = "notDistinguishable";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Sorts => RowOrder.Words;

    /// <summary>Rows in the order that was chosen; chart and words keep that of the list.</summary>
    public IReadOnlyList<RatingRow> Rows => RowOrder.Sorted(List!.Rows, Sort);

    /// <summary>How to name this list: who, what, when, which version, its fingerprint and where.</summary>
    public string? Cite { get; private set; }

    /// <summary>What the list says, in a sentence.</summary>
    public string Finding { get; private set; } = "";

    /// <summary>Whether a row says this note itself. What most rows would say is said once, above the list.</summary>
    public bool IsTelling(string note) => note != Near || !NearIsSaidAbove;

    /// <summary>Most intervals of the list cross a grade limit.</summary>
    public bool NearIsSaidAbove => NearCount > 1 && NearCount * 2 >= List!.Rows.Count;

    private long NearCount => List!.Rows.LongCount(row => row.Notes.Contains(Near));
    public string ChartTitle => Texts.T("ratings.chart", Leaders(List!.Rows));

    /// <summary>Frozen, with open data for everybody: anyone can recompute it.</summary>
    public bool IsOpen => Frozen is { List.Format: > 1 };

    /// <summary>
    /// What a stranger types to do the sum at home: get the program, fetch list and open data, recompute. Where nobody
    /// has said what the site's address is, its place stands empty until the reader's browser fills it in.
    /// </summary>
    public IReadOnlyList<(string Said, string Line)> VerifyLines
    {
        get
        {
            var api = (site.Origin.Length > 0 ? site.Origin : NoOrigin) + "/api/v1";
            var list = $"{api}/ratings/{Period}";
            return
            [
                ("ratings.verify.get", $"curl -fsS {api}/open/{ProgramPack.FileName} | tar -xz"),
                (
                    "ratings.verify.fetch",
                    $"curl -fsS -o list.json '{list}{ApiQuery}' && curl -fsSL -o cases.zip '{list}/cases{ApiQuery}'"
                ),
                ("ratings.verify.run", "dotnet hengping/hengping.dll verify list.json --cases cases.zip"),
            ];
        }
    }

    /// <summary>Stands for the address of the site, where it is not configured.</summary>
    public const string NoOrigin = "https://SITE";

    /// <summary>Cases of a row that people decided, by ground; null where there are none.</summary>
    public static string? TouchedOf(RatingRow row)
    {
        if (row.Touched is not { All: > 0 } touched)
            return null;
        var grounds = new[]
        {
            ("touched.validity", touched.Validity),
            ("touched.exclusion", touched.Exclusion),
            ("touched.contest", touched.Contest),
        }
            .Where(ground => ground.Item2 > 0)
            .Select(ground => Texts.T(ground.Item1, Design.Say.Count(ground.Item2)));
        return Texts.T("ratings.touched.row", string.Join(Texts.T("say.list"), grounds));
    }

    /// <summary>For the machine.</summary>
    public static string Flag(bool holds) => holds ? "true" : "false";

    public async Task<IActionResult> OnGet()
    {
        if (!await Read())
            return NotFound();
        if (Frozen is { } frozen)
            Cite = Texts.T(
                "ratings.cite.line",
                (await house.Now(Ct))?.Sign is { } sign ? Texts.Pick(sign.NameZh, sign.NameEn) : Texts.T("site.name"),
                Texts.T("ratings.title.frozen", PeriodName),
                Design.Say.Date(frozen.List.AsOf),
                frozen.Version,
                frozen.List.Policy.Version,
                frozen.Hash,
                (site.Origin.Length > 0 ? site.Origin : NoOrigin) + At("/ratings")
            );
        Finding = Say(List!.Rows);
        if (NearIsSaidAbove)
            Finding +=
                Texts.Pick("", " ")
                + Texts.T(
                    NearCount == List.Rows.Count ? "ratings.near.all" : "ratings.near",
                    Design.Say.Count(NearCount)
                );
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
        if (Of(Grade.Unrated) is > 0 and var unrated)
            finding += Texts.Pick("", " ") + Texts.T("ratings.finding.unrated", Design.Say.Count(unrated));
        var best = rows.Count > 1 && rows[1].Rank == rows[0].Rank ? "ratings.finding.tied" : "ratings.finding.best";
        return rows[0].Rank is null
            ? finding
            : finding + Texts.Pick("", " ") + Texts.T(best, Leaders(rows), Design.Say.Three(rows[0].Index));
    }

    // All who share the first rank: to name one of them would prefer it.
    private static string Leaders(IReadOnlyList<RatingRow> rows)
    {
        var first = rows.TakeWhile(row => row.Rank == rows[0].Rank).Select(row => row.Merchant).ToList();
        var named = string.Join(Texts.T("say.list"), first.Take(LeadersNamed));
        return first.Count > LeadersNamed ? Texts.T("ratings.leaders", named, first.Count) : named;
    }
}
