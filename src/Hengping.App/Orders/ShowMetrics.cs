using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;
using Hengping.Rules.Orders;

namespace Hengping.App.Orders;

/// <summary>
/// <c>GET /merchants/{id}/metrics?from=&amp;to=</c>: what a shop's orders of these days say. The shop itself and staff
/// see all of it; anyone sees the shares, where there are enough orders, and no counts.
/// </summary>
public static class ShowMetrics
{
    /// <summary>Days that are counted where nothing is said.</summary>
    public const int DaysUsual = 90;

    /// <summary>Days at the most: three years.</summary>
    public const int DaysMax = 1_096;

    /// <summary>What anyone may know.</summary>
    /// <param name="Few">So few orders that no share is shown.</param>
    public sealed record Open(
        bool Few,
        decimal? RefundShare,
        decimal? QualityRefundRate,
        decimal? ReturnRate,
        int? RefundHoursMedian,
        int? RefundHoursP90,
        decimal? ComplaintRate,
        NormStand? ComplaintNorm
    );

    /// <summary>What the shop and staff see beside it.</summary>
    /// <param name="WithoutExcluded">What counts.</param>
    /// <param name="WithExcluded">The same with what is excluded.</param>
    /// <param name="Complaints">Excluded orders and the complaints about them count here.</param>
    /// <param name="ExcludedBy">The reports by which orders are out now, of all days.</param>
    public sealed record Own(
        ShopMetrics WithoutExcluded,
        ShopMetrics WithExcluded,
        long ExcludedOrders,
        ComplaintNorm Complaints,
        ComplaintNorm Category,
        ComplaintNorm Market,
        IReadOnlyList<Month> Months,
        IReadOnlyList<ExcludedBy> ExcludedBy
    );

    /// <summary>One month of ordering.</summary>
    public sealed record Month(string Code, ShopMetrics WithoutExcluded, ShopMetrics WithExcluded);

    /// <summary>The answer.</summary>
    /// <param name="To">The last day, included.</param>
    /// <param name="Own">Null for anyone else.</param>
    public sealed record Shown(Guid Merchant, DateOnly From, DateOnly To, Open Public, Own? Own);

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/merchants/{id:guid}/metrics", Handle).Produces<Shown>().Anyone();

    private static async Task<IResult> Handle(
        Guid id,
        string? from,
        string? to,
        HttpContext http,
        Store store,
        CancellationToken ct
    )
    {
        var caller = Caller.Of(http.User);
        if (await MerchantDirectory.Find(store, id, caller, ct) is not { } merchant)
            return Answers.NotFound;
        var faults = new FieldFaults();
        var days = DaysOf(from, to, store.Now, faults);
        return faults.None
            ? Results.Json(await Read(store, merchant, days, IsOwn(caller, id), ct), Cli.JsonFormat)
            : Problems.Fields(faults.All);
    }

    /// <summary>The days that are asked for.</summary>
    public static (DateOnly From, DateOnly To) DaysOf(string? from, string? to, DateTimeOffset now, FieldFaults faults)
    {
        var last = faults.Date("to", to) ?? Shanghai.DayOf(now);
        var first = faults.Date("from", from) ?? last.AddDays(1 - DaysUsual);
        faults.If(
            first > last || first.AddDays(DaysMax) <= last,
            "from",
            Fault.DayBetween(last.AddDays(1 - DaysMax), last)
        );
        return (first, last);
    }

    /// <summary>Whether a caller sees all of it.</summary>
    public static bool IsOwn(Caller? caller, Guid merchant) =>
        caller is { IsStaff: true }
        || (
            caller is { Role: Role.Merchant }
            && caller.Merchant == merchant
            && caller.Shops?.Contains(merchant) != false
        );

    /// <summary>What is shown of a shop.</summary>
    public static async Task<Shown> Read(
        Store store,
        MerchantRow merchant,
        (DateOnly From, DateOnly To) days,
        bool isOwn,
        CancellationToken ct
    )
    {
        var under = (await RatedMerchants.Read(store, sector: null, asOf: null, ct)).Under(merchant.Id);
        var (counted, norm) = await Count(store, under, days, ct);
        return new Shown(
            merchant.Id,
            days.From,
            days.To,
            OpenOf(ShopMetrics.Of(counted.Kept), norm),
            isOwn ? await OwnOf(store, merchant, under, days, counted, norm, ct) : null
        );
    }

    /// <summary>What anyone may know of a shop, of the last days.</summary>
    /// <param name="under">The entries that count for it.</param>
    public static async Task<Open> ReadOpen(Store store, IReadOnlyList<Guid> under, CancellationToken ct)
    {
        var (counted, norm) = await Count(store, under, DaysOf(null, null, store.Now, new FieldFaults()), ct);
        return OpenOf(ShopMetrics.Of(counted.Kept), norm);
    }

    private static async Task<(ShopOrdersCounted Counted, ComplaintNorm Norm)> Count(
        Store store,
        IReadOnlyList<Guid> under,
        (DateOnly From, DateOnly To) days,
        CancellationToken ct
    )
    {
        var counted = await ShopNumbers.Count(store, under, days.From, days.To, ct);
        var complaints = await ShopNumbers.Complaints(store, under, days.From, days.To, ct);
        return (counted, ComplaintNorm.Judge(complaints, counted.All.Orders));
    }

    private static Open OpenOf(ShopMetrics kept, ComplaintNorm norm) =>
        kept.Orders < ShopMetrics.PublicOrdersMin
            ? new Open(true, null, null, null, null, null, null, null)
            : new Open(
                false,
                kept.RefundShare,
                kept.QualityRefundRate,
                kept.ReturnRate,
                kept.RefundHoursMedian,
                kept.RefundHoursP90,
                norm.Rate,
                norm.Stand
            );

    private static async Task<Own> OwnOf(
        Store store,
        MerchantRow merchant,
        IReadOnlyList<Guid> under,
        (DateOnly From, DateOnly To) days,
        ShopOrdersCounted counted,
        ComplaintNorm norm,
        CancellationToken ct
    )
    {
        var around = await ShopNumbers.Around(store, merchant.Sector, days.From, days.To, ct);
        return new Own(
            ShopMetrics.Of(counted.Kept),
            ShopMetrics.Of(counted.All),
            counted.Excluded.Orders,
            norm,
            around.Category,
            around.Market,
            [
                .. counted.Months.Select(month => new Month(
                    Design.Periods.Month(month.Month),
                    ShopMetrics.Of(month.All - month.Excluded),
                    ShopMetrics.Of(month.All)
                )),
            ],
            await Exclusions.Of(store, under, ct)
        );
    }
}
