using Hengping.App.Clocks;
using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Merchants;
using Hengping.Rules.Ratings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;

namespace Hengping.App.MerchantPages;

/// <summary>One of the four numbers, with its interval and n.</summary>
public sealed record Figure(string Name, string Value, string Interval, long N);

/// <summary>The index of one month; null where the month has too few complaints to have one.</summary>
/// <param name="Later">What was decided since it was published, in words.</param>
public sealed record TrendPoint(string Name, decimal? Index, long Valid, string? Later = null);

/// <summary>Complaints of one kind, region or amount.</summary>
public sealed record PartCount(string Name, long Count);

/// <summary>A chart of parts: its title is its finding.</summary>
/// <param name="Head">Head of the first column of its table.</param>
/// <param name="Cases">Of all parts, also those it does not draw.</param>
public sealed record PartChart(string Id, string Title, string Head, IReadOnlyList<PartCount> Parts, long Cases);

/// <summary>商家公开页: grade, four numbers, how cases ended, trend, problems, regions and amounts,
/// each with its n, and what the merchant says itself.</summary>
[OutputCache(PolicyName = PageCache.Name)]
public sealed partial class MerchantPage(Store store, OwnApi ownApi) : HousePage(store)
{
    private const int TrendMonths = 12;
    private const int PartsMax = 8;

    private sealed record Counted(string? Part, long Cases);

    public MerchantRow Merchant { get; private set; } = null!;

    /// <summary>Numbers of the period; null below the minimum.</summary>
    public RatingRow? Row { get; private set; }
    public IReadOnlyList<Figure> Figures { get; private set; } = [];
    public IReadOnlyList<TrendPoint> Trend { get; private set; } = [];

    /// <summary>Kinds of problems, regions and amounts.</summary>
    public IReadOnlyList<PartChart> Charts { get; private set; } = [];

    /// <summary>What is part of a problem, by itself, and of how many complaints; of a platform alone.</summary>
    public PartChart? Shares { get; private set; }
    public ShownEnds Ends { get; private set; } = new(0, 0, 0);

    /// <summary>承诺未履行.</summary>
    public long Broken { get; private set; }
    public MerchantStatement? Statement { get; private set; }

    /// <summary>Since when and why it takes part no more; null for all others.</summary>
    public Withdrawal? Withdrawn { get; private set; }

    /// <summary>The reader is of this merchant.</summary>
    public bool IsOwn => Me?.Role == Role.Merchant && Me.Merchant == Merchant.Id;

    /// <summary>What stands in the form: what was typed, or what is published.</summary>
    public string? Typed => Request.HasFormContentType ? Request.Form["text"] : Statement?.Text;

    /// <summary>The reader may take the statement down.</summary>
    public bool MayRemove => Me is not null && ownApi.May(HttpMethods.Post, MerchantStatements.RemoveDoor, Me.Role);
    public string SectorName => Names.Sector(Merchant.Sector);
    public string PeriodName => Periods.Name(Periods.Year(Now), Now);

    public string Finding =>
        Row is null ? Texts.T("profile.few.text")
        : Row.Scored == 0 ? Texts.T("profile.finding.noscore", Say.Count(Row.Valid), Say.Whole(Row.ReplyRate))
        : Texts.T("profile.finding", Say.Count(Row.Valid), Say.Whole(Row.ReplyRate), Say.One(Row.Satisfaction));

    public string TrendTitle =>
        Texts.T(
            "profile.trend",
            Trend[0].Name,
            Say.Three(Trend[0].Index ?? 0),
            Trend[^1].Name,
            Say.Three(Trend[^1].Index ?? 0)
        );

    public async Task<IActionResult> OnGet(Guid id)
    {
        if (await MerchantDirectory.Find(Store, id, Me, Ct) is not { } merchant)
            return NotFound();
        return merchant.MergedInto is { } into ? Redirect($"/merchants/{into}") : await Show(merchant);
    }

    public Task<IActionResult> OnPostState(Guid id, string? text) => Act(id, MerchantStatements.Door, new { text });

    public Task<IActionResult> OnPostRemove(Guid id, string? reason) =>
        Act(id, MerchantStatements.RemoveDoor, new { reason });

    private async Task<IActionResult> Act(Guid id, string door, object body)
    {
        if (Me is null)
            return ToSignIn();
        var answer = await ownApi.Post(HttpContext, door, new { id }, body);
        if (answer.Ok)
            return Redirect($"/merchants/{id}#statement");
        if (answer.Status == StatusCodes.Status403Forbidden)
            return Forbid();
        if (
            answer.Status == StatusCodes.Status404NotFound
            || await MerchantDirectory.Find(Store, id, Me, Ct) is not { } here
        )
            return NotFound();
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        await Show(here);
        return Again();
    }

    private async Task<IActionResult> Show(MerchantRow merchant)
    {
        Merchant = merchant;
        var merchants = await RatedMerchants.Read(Store, sector: null, asOf: null, Ct);
        var year = Periods.Year(Now);
        // In January the year before may be published: then it has its published numbers here too.
        if ((await FrozenPeriods.Read(Store, Side.Consumer, [year], Ct)).TryGetValue(year, out var closed))
        {
            Row = closed.Rows.GetValueOrDefault(merchant.Id);
            Figures = Row is null ? [] : FiguresOf(Row, timeliness: null);
        }
        else if (await TallyOf(year, merchants) is { Valid: >= Policy.MinimumValid } tally)
        {
            Row = RatingList.RowOf(tally, merchants[merchant.Id], Policy.At(Now));
            Figures = FiguresOf(Row, Uncertainty.TimelinessInterval(tally));
        }
        await Follow(merchants);
        var under = merchants.Under(merchant.Id);
        Charts = [.. (await ChartsOf(under)).Where(chart => chart.Parts.Count > 0)];
        Ends = await LiveLists.Ends(Store, under, from: long.MinValue, Ct);
        Broken = await BrokenPromises.Of(Store, under, Ct);
        await LookAtMetrics(under);
        await LookAtMeasures(merchant.Id);
        Statement = await MerchantStatements.Read(Store, merchant.Id, Ct);
        if (!merchant.Enrolled)
            Withdrawn = (await Store.Load(MerchantBook.Instance, merchant.Id, Ct)).State?.Withdrawn;
        return Page();
    }

    private async Task<Tally> TallyOf(string period, RatedMerchants merchants)
    {
        var asked = ListRequest.Parse(period, sector: null, side: null, policy: null, Unscored.Zero, Now).Event!;
        return (await LiveLists.OfMerchant(Store, asked, merchants, Merchant.Id, Ct)).Tally;
    }

    private async Task Follow(RatedMerchants merchants)
    {
        var months = await SettledMonths.Read(Store, Side.Consumer, merchants, [Merchant.Id], TrendMonths, Ct);
        var known = months[Merchant.Id].ToDictionary(m => m.Month, StringComparer.Ordinal);
        if (known.Count == 0)
            return;
        Trend =
        [
            .. Periods
                .Between(known.Keys.Min(StringComparer.Ordinal)!, known.Keys.Max(StringComparer.Ordinal)!)
                .Select(month =>
                    known.TryGetValue(month, out var row)
                        ? new TrendPoint(
                            Periods.Name(month, Now),
                            row.Numbers.Index,
                            row.Numbers.Valid,
                            row.Later?.Words()
                        )
                        : new TrendPoint(Periods.Name(month, Now), null, 0)
                ),
        ];
    }

    private static Figure[] FiguresOf(RatingRow row, (long Lo, long Hi)? timeliness)
    {
        var (lo, hi) = Uncertainty.Wilson(row.Replied, row.Valid);
        var (worst, best) = row.SatisfactionBounds;
        return
        [
            new(
                Texts.T("profile.index"),
                Say.Three(row.Index),
                $"{Say.Three(row.Interval[0])}–{Say.Three(row.Interval[1])}"
                    + (
                        row.IndexWithoutScores is { } without
                            ? Texts.T("say.sep") + Texts.T("ratings.without", Say.Three(without))
                            : ""
                    ),
                row.Valid
            ),
            new(
                Texts.T("ratings.reply"),
                Say.Whole(row.ReplyRate),
                $"{Say.Whole((decimal)lo)}–{Say.Whole((decimal)hi)}",
                row.Valid
            ),
            new(
                Texts.T("ratings.time"),
                Say.Three(row.Timeliness),
                timeliness is var (slow, fast) ? $"{Say.Three(slow / 1000m)}–{Say.Three(fast / 1000m)}" : "",
                row.Valid
            ),
            new(
                Texts.T("ratings.score"),
                Say.One(row.Satisfaction),
                Texts.T("profile.bounds", Say.One(worst), Say.One(best)),
                row.Scored
            ),
        ];
    }

    private async Task<PartChart[]> ChartsOf(IReadOnlyList<Guid> merchants)
    {
        string Said(string? code, Func<string, string> name) => code is null ? Texts.T("profile.unsaid") : name(code);
        var counted = await Counts(merchants, "problem");
        var problems = Named(counted, code => Names.Problem(code ?? "other"));
        if (Merchant.Platform)
            Shares = SharesOf(counted);
        var regions = Named(await Counts(merchants, "province"), code => Said(code, Names.Region));
        var amounts = Named(await Counts(merchants, "amount_band"), code => Said(code, Names.AmountBand));
        // Amounts have an order of their own; what was not given comes last.
        var byAmount = ChartOf("amounts", Texts.T("profile.amount"), amounts);
        string[] bands = [.. Taxonomies.Taxonomies.Current.AmountBands.Select(band => Names.AmountBand(band.Code))];
        return
        [
            ChartOf("problems", Texts.T("case.problem"), problems),
            ChartOf("regions", Texts.T("profile.region"), regions),
            byAmount with
            {
                Parts = [.. byAmount.Parts.OrderBy(part => (uint)Array.IndexOf(bands, part.Name))],
            },
        ];
    }

    private static PartChart ChartOf(string id, string head, (IReadOnlyList<PartCount> Parts, long All) counted)
    {
        var said = counted.Parts.FirstOrDefault(p => p.Name != Texts.T("profile.unsaid"));
        return said is null
            ? new PartChart(id, "", head, [], counted.All)
            : new PartChart(
                id,
                Texts.T("profile." + id, said.Name, Say.Whole((decimal)said.Count / counted.All)),
                head,
                counted.Parts,
                counted.All
            );
    }

    // Which problems have a share of their own is data: those that are part of another.
    private static PartChart? SharesOf(IReadOnlyList<Counted> problems)
    {
        var parts = Taxonomies
            .Taxonomies.Current.Problems.Where(problem => problem.Parent is not null)
            .Select(problem => new PartCount(
                Names.Of(problem),
                problems.FirstOrDefault(one => one.Part == problem.Code)?.Cases ?? 0
            ));
        var all = problems.Sum(one => one.Cases);
        return all == 0 ? null : new PartChart("shares", "", Texts.T("case.problem"), [.. parts], all);
    }

    private static (IReadOnlyList<PartCount> Parts, long All) Named(
        IReadOnlyList<Counted> rows,
        Func<string?, string> name
    ) => ([.. rows.Take(PartsMax).Select(r => new PartCount(name(r.Part), r.Cases))], rows.Sum(r => r.Cases));

    // The base is that of the four numbers. The column is one of ours, never what a reader typed.
    private Task<IReadOnlyList<Counted>> Counts(IReadOnlyList<Guid> merchants, string column)
    {
        var year = Period.Parse(Periods.Year(Now), Now).Event!;
        return KeptForDay.Read(
            Store,
            $"{column} {string.Join(' ', merchants)}",
            () =>
                Store.Query<Counted>(
                    $"""
                    select {column} as Part, count(*) as Cases from rating_cases
                    where merchant in @merchants and side = @side and excluded is null and day >= @from and day < @until
                      and (valid_reply = @yes or delivered_at + {HoursSql.Part("delivered_at")} < @now)
                    group by {column} order by count(*) desc, {column}
                    """,
                    new
                    {
                        merchants,
                        side = Words.Of(Side.Consumer),
                        from = Cells.DayOf(year.From),
                        until = Cells.DayOf(year.Until),
                        yes = true,
                        now = Now.ToUnixTimeMilliseconds(),
                    },
                    Ct
                ),
            counted => counted.Sum(one => one.Cases)
        );
    }
}
