using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>
/// <c>GET /ratings/{period}</c>, <c>GET /merchants/{id}/ratings</c> and <c>/expect</c>: open to anyone.
/// </summary>
public static class RatingsApi
{
    /// <summary>Months a merchant's page looks back.</summary>
    private const int MonthsBack = 12;

    /// <summary>One period of a merchant.</summary>
    /// <param name="Listed">Enough complaints of enough claimants for a list.</param>
    /// <param name="Frozen">The published list that has these numbers; null where they are live.</param>
    public sealed record MerchantPeriod(string Period, bool Listed, RatingNumbers Numbers, FrozenIn? Frozen = null);

    /// <summary>Which published list numbers are from.</summary>
    /// <param name="Hash">Of the list.</param>
    /// <param name="Later">Cases decided otherwise since, until a correction is published; null for none.</param>
    public sealed record FrozenIn(long Version, string Hash, DateTimeOffset AsOf, LaterDecisions? Later);

    /// <summary>What was decided since a list was published, by merchant.</summary>
    public sealed record DecidedLater(string Period, string? Sector, string Hash, IReadOnlyList<MerchantLater> Rows);

    /// <summary>The same of one merchant.</summary>
    public sealed record MerchantLater(Guid MerchantId, LaterDecisions Cases);

    /// <summary>The numbers of a row, without rank: also below the minimum.</summary>
    public sealed record RatingNumbers(
        long Valid,
        long Pending,
        long Replied,
        long Scored,
        decimal ReplyRate,
        IReadOnlyList<decimal> ReplyRateInterval,
        decimal Timeliness,
        decimal Satisfaction,
        IReadOnlyList<decimal> SatisfactionBounds,
        decimal Index,
        Grade Grade,
        IReadOnlyList<decimal> Interval,
        IReadOnlyList<string> Notes,
        decimal? WithoutScores
    );

    /// <summary>All periods of a merchant, newest first.</summary>
    public sealed record MerchantRatings(Guid MerchantId, string Merchant, IReadOnlyList<MerchantPeriod> Periods);

    /// <summary>Puts the doors on their addresses.</summary>
    public static void MapRatings(this IEndpointRouteBuilder api)
    {
        api.MapGet("/ratings/{period}", List).Anyone();
        api.MapGet("/ratings/{period}/later", Later).Anyone();
        api.MapGet("/merchants/{id:guid}/ratings", OfMerchant).Anyone();
        api.MapGet("/merchants/{id:guid}/expect", Expect).Anyone();
        api.MapCases();
        api.MapListFiles();
        api.MapProgram();
    }

    /// <summary>The frozen list where it is published, the live view otherwise.</summary>
    /// <returns>JSON as <c>publish --json</c> prints it; null members where it is live.</returns>
    public static async Task<(string Json, bool Frozen)> Show(Store store, ListRequest asked, CancellationToken ct)
    {
        if (await PublishList.Find(store, asked, ct) is { } published)
            return (published.Json, true);
        var list = await LiveLists.Read(store, asked, ct);
        return (PublishedList.LiveJson(list, await LiveLists.Position(store, ct)), false);
    }

    /// <summary>Numbers of one merchant: the last months, the year to date and all.</summary>
    public static async Task<MerchantRatings?> Of(Store store, Guid merchant, string? side, CancellationToken ct)
    {
        var merchants = await RatedMerchants.Read(store, sector: null, asOf: null, ct);
        if (!merchants.Knows(merchant))
            return null;
        var root = merchants.Root(merchant);
        var periods = new List<MerchantPeriod>();
        if (ListRequest.Parse("all", null, side, null, Unscored.Zero, store.Now).Event is not { } all)
            return null;
        var frozen = await FrozenPeriods.Read(store, all.Side, Codes(store.Now), ct);
        foreach (var code in Codes(store.Now))
        {
            if (frozen.TryGetValue(code, out var list) && list.Rows.TryGetValue(root, out var row))
            {
                var under = merchants.Under(root);
                var later = await LaterDecisions.Read(store, list.Period, all.Side, list.AsOf, merchants, under, ct);
                var from = new FrozenIn(list.Version, list.Hash, list.AsOf, later.GetValueOrDefault(root));
                periods.Add(new MerchantPeriod(code, Listed: true, NumbersOf(row), from));
                continue;
            }
            var asked = ListRequest.Parse(code, null, side, null, Unscored.Zero, store.Now);
            if (asked.Event is null)
                return null;
            var (tally, claimants) = await LiveLists.OfMerchant(store, asked.Event, merchants, root, ct);
            if (tally.Valid + tally.Pending == 0 && code.Length > 3)
                continue;
            // A published list says who is in it.
            var listed = list is null && tally.Valid >= Policy.MinimumValid && claimants >= Policy.MinimumClaimants;
            periods.Add(new MerchantPeriod(code, listed, NumbersOf(tally, merchants[root], asked.Event.Policy)));
        }
        return new MerchantRatings(root, merchants[root].Name, periods);
    }

    private static async Task<IResult> List([AsParameters] AskedList list, Store store, CancellationToken ct)
    {
        var asked = list.Parse(store.Now);
        if (asked.Refusal is { } no)
            return no.AsProblem(StatusCodes.Status400BadRequest);
        var (json, _) = await Show(store, asked.Event!, ct);
        return Results.Text(json, "application/json");
    }

    private static async Task<IResult> Later([AsParameters] AskedList list, Store store, CancellationToken ct)
    {
        var asked = list.Parse(store.Now);
        if (asked.Refusal is { } no)
            return no.AsProblem(StatusCodes.Status400BadRequest);
        if (await Published.Find(store, asked.Event!, ct) is not { } frozen)
            return ListHistory.NotPublished.AsProblem(StatusCodes.Status404NotFound);
        var later = await LaterDecisions.Read(store, asked.Event!, frozen.List, ct);
        var rows = later.OrderBy(one => one.Key).Select(one => new MerchantLater(one.Key, one.Value));
        return Results.Ok(new DecidedLater(list.Period, list.Sector, frozen.Hash, [.. rows]));
    }

    private static async Task<IResult> OfMerchant(
        Guid id,
        HttpContext http,
        string? side,
        Store store,
        CancellationToken ct
    ) =>
        await MerchantDirectory.Find(store, id, Caller.Of(http.User), ct) is not null
        && await Of(store, id, side, ct) is { } ratings
            ? Results.Ok(ratings)
            : Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);

    /// <summary>Numbers, and the sentence that a page shows.</summary>
    public sealed record Expected(Expectation Numbers, string Sentence);

    private static async Task<IResult> Expect(
        Guid id,
        HttpContext http,
        string? problem,
        string? side,
        Store store,
        CancellationToken ct
    )
    {
        if (
            await MerchantDirectory.Find(store, id, Caller.Of(http.User), ct) is null
            || await Expectation.Read(store, id, problem ?? "", side ?? "consumer", ct) is not { } expected
        )
            return Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);
        return Results.Ok(new Expected(expected, expected.Sentence()));
    }

    private static IEnumerable<string> Codes(DateTimeOffset now)
    {
        yield return "all";
        yield return "ytd";
        var month = Hengping.Rules.Clocks.Shanghai.DayOf(now);
        for (var back = 0; back < MonthsBack; back++)
            yield return month.AddMonths(-back).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static RatingNumbers NumbersOf(in Tally tally, RatedMerchant merchant, Policy policy)
    {
        var bounds = Uncertainty.SatisfactionBounds(tally);
        return NumbersOf(
            RatingList.RowOf(tally, merchant, policy),
            [RatingIndex.Printed(bounds.Lo, 3), RatingIndex.Printed(bounds.Hi, 3)]
        );
    }

    private static RatingNumbers NumbersOf(RatingRow row)
    {
        var (lo, hi) = row.SatisfactionBounds;
        return NumbersOf(row, [lo, hi]);
    }

    private static RatingNumbers NumbersOf(RatingRow row, IReadOnlyList<decimal> bounds)
    {
        var (lo, hi) = Uncertainty.Wilson(row.Replied, row.Valid);
        return new RatingNumbers(
            row.Valid,
            row.Pending,
            row.Replied,
            row.Scored,
            row.ReplyRate,
            [Rounded(lo), Rounded(hi)],
            row.Timeliness,
            row.Satisfaction,
            bounds,
            row.Index,
            row.Grade,
            row.Interval,
            row.Notes,
            row.IndexWithoutScores
        );
    }

    private static decimal Rounded(double share) =>
        RatingIndex.Printed((long)Math.Round(share * 10_000, MidpointRounding.AwayFromZero), 4);
}
