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
    public sealed record MerchantPeriod(string Period, bool Listed, RatingNumbers Numbers);

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
        IReadOnlyList<string> Notes
    );

    /// <summary>All periods of a merchant, newest first.</summary>
    public sealed record MerchantRatings(Guid MerchantId, string Merchant, IReadOnlyList<MerchantPeriod> Periods);

    /// <summary>Puts the doors on their addresses.</summary>
    public static void MapRatings(this IEndpointRouteBuilder api)
    {
        api.MapGet("/ratings/{period}", List).Anyone();
        api.MapGet("/merchants/{id:guid}/ratings", OfMerchant).Anyone();
        api.MapGet("/merchants/{id:guid}/expect", Expect).Anyone();
        api.MapCases();
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
        foreach (var code in Codes(store.Now))
        {
            var asked = ListRequest.Parse(code, null, side, null, Unscored.Zero, store.Now);
            if (asked.Event is null)
                return null;
            var (tally, claimants) = await LiveLists.OfMerchant(store, asked.Event, merchants, root, ct);
            if (tally.Valid + tally.Pending == 0 && code.Length > 3)
                continue;
            var listed = tally.Valid >= Policy.MinimumValid && claimants >= Policy.MinimumClaimants;
            periods.Add(new MerchantPeriod(code, listed, NumbersOf(tally, merchants[root])));
        }
        return new MerchantRatings(root, merchants[root].Name, periods);
    }

    private static async Task<IResult> List(
        string period,
        string? sector,
        string? side,
        string? policy,
        Store store,
        CancellationToken ct
    )
    {
        var asked = ListRequest.Parse(period, sector, side, policy, Unscored.Zero, store.Now);
        if (asked.Refusal is { } no)
            return no.AsProblem(StatusCodes.Status400BadRequest);
        var (json, _) = await Show(store, asked.Event!, ct);
        return Results.Text(json, "application/json");
    }

    private static async Task<IResult> OfMerchant(Guid id, string? side, Store store, CancellationToken ct) =>
        await Of(store, id, side, ct) is { } ratings
            ? Results.Ok(ratings)
            : Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);

    /// <summary>Numbers, and the sentence that a page shows.</summary>
    public sealed record Expected(Expectation Numbers, string Sentence);

    private static async Task<IResult> Expect(Guid id, string? problem, string? side, Store store, CancellationToken ct)
    {
        if (await Expectation.Read(store, id, problem ?? "", side ?? "consumer", ct) is not { } expected)
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

    private static RatingNumbers NumbersOf(in Tally tally, RatedMerchant merchant)
    {
        var row = RatingList.RowOf(tally, merchant, Policy.Current);
        var (lo, hi) = Uncertainty.Wilson(tally.Replied, tally.Valid);
        var bounds = Uncertainty.SatisfactionBounds(tally);
        return new RatingNumbers(
            row.Valid,
            row.Pending,
            row.Replied,
            row.Scored,
            row.ReplyRate,
            [Rounded(lo), Rounded(hi)],
            row.Timeliness,
            row.Satisfaction,
            [RatingIndex.Printed(bounds.Lo, 3), RatingIndex.Printed(bounds.Hi, 3)],
            row.Index,
            row.Grade,
            row.Interval,
            row.Notes
        );
    }

    private static decimal Rounded(double share) =>
        RatingIndex.Printed((long)Math.Round(share * 10_000, MidpointRounding.AwayFromZero), 4);
}
