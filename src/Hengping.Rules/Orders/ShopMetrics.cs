namespace Hengping.Rules.Orders;

/// <summary>What a shop's orders of a period say.</summary>
/// <param name="RefundShare">退款占比: refunded orders of all.</param>
/// <param name="QualityRefundRate">品质退款率: refunded or returned for their quality, of all.</param>
/// <param name="ReturnRate">With goods given back, of all.</param>
/// <param name="CancelShare">Cancelled, of all.</param>
/// <param name="LateShare">After the promised date, of those delivered that had one.</param>
/// <param name="BadShare">With one or two points, of those with a score.</param>
/// <param name="RefundHoursMedian">退款时长: whole hours begun, from asking to the money.</param>
/// <param name="RefundHoursP90">Within which nine of ten refunds were paid.</param>
public sealed record ShopMetrics(
    long Orders,
    decimal? RefundShare,
    decimal? QualityRefundRate,
    decimal? ReturnRate,
    decimal? CancelShare,
    decimal? LateShare,
    decimal? BadShare,
    int? RefundHoursMedian,
    int? RefundHoursP90
)
{
    /// <summary>Below so many orders shares are shown to the shop alone: one buyer more would move them by points.
    /// </summary>
    public const int PublicOrdersMin = 100;

    private const int Decimals = 4;

    /// <summary>Of counted orders.</summary>
    public static ShopMetrics Of(OrderTally tally) =>
        new(
            tally.Orders,
            Share(tally.Refunded, tally.Orders),
            Share(tally.Quality, tally.Orders),
            Share(tally.Returned, tally.Orders),
            Share(tally.Cancelled, tally.Orders),
            Share(tally.Late, tally.Promised),
            Share(tally.Bad, tally.Scored),
            tally.Hours.Within(50),
            tally.Hours.Within(90)
        );

    /// <summary>A share to four decimals; null of nothing.</summary>
    public static decimal? Share(long part, long all) =>
        all == 0 ? null : decimal.Round((decimal)part / all, Decimals, MidpointRounding.AwayFromZero);
}
