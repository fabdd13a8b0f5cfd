using Hengping.Rules.Operators;
using Hengping.Rules.Orders;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Rules.Orders;

/// <summary>The 1–2 % norm, and the funnel where orders are few.</summary>
public sealed class NormOfComplaints
{
    [Theory]
    [InlineData(0, 0, NormStand.NoOrders)]
    [InlineData(3, 0, NormStand.NoOrders)]
    [InlineData(0, 1, NormStand.Normal)]
    [InlineData(2, 100, NormStand.Normal)]
    [InlineData(3, 100, NormStand.MayBeChance)]
    // n = 100: the upper 95 % limit is .05645.
    [InlineData(5, 100, NormStand.MayBeChance)]
    [InlineData(6, 100, NormStand.Attention)]
    [InlineData(9, 100, NormStand.FarAbove)]
    [InlineData(1, 1, NormStand.Attention)]
    [InlineData(200, 10_000, NormStand.Normal)]
    [InlineData(201, 10_000, NormStand.MayBeChance)]
    [InlineData(235, 10_000, NormStand.Attention)]
    [InlineData(300, 10_000, NormStand.FarAbove)]
    public void The_funnel_judges_and_not_the_bare_share(long complaints, long orders, NormStand stand) =>
        ComplaintNorm.Judge(complaints, orders).Stand.ShouldBe(stand);

    [Fact]
    public void It_says_from_where_on()
    {
        var norm = ComplaintNorm.Judge(4, 100);
        norm.Rate.ShouldBe(0.04m);
        norm.Attention.ShouldBe(0.0565m);
        (norm.FarAbove > norm.Attention).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, 3, 0.3333)]
    [InlineData(2, 3, 0.6667)]
    [InlineData(0, 7, 0)]
    public void Shares_have_four_decimals(long part, long all, double share) =>
        ShopMetrics.Share(part, all).ShouldBe((decimal)share);

    [Fact]
    public void A_share_of_nothing_is_none() => ShopMetrics.Of(OrderTally.None).RefundShare.ShouldBeNull();

    [Theory]
    [InlineData(OperatorKind.Marketplace, true)]
    [InlineData(OperatorKind.Regulator, false)]
    [InlineData(OperatorKind.Association, false)]
    [InlineData(OperatorKind.ThirdParty, false)]
    [InlineData(null, false)]
    public void Only_a_marketplace_enters_a_shops_orders(OperatorKind? kind, bool may) =>
        (OrderBatch.Why(kind) is null).ShouldBe(may);
}
