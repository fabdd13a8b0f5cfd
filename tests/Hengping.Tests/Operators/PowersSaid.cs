using Hengping.App.Design;
using Hengping.Rules.Measures;
using Hengping.Rules.Operators;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Operators;

/// <summary>What is said to whoever chooses the kind of operator is what that kind may do.</summary>
public sealed class PowersSaid
{
    [Fact]
    public void A_regulator_is_told_what_it_orders_and_what_it_leaves()
    {
        MeasurePower.FormOf(OperatorKind.Regulator).ShouldBe(MeasureForm.Order);
        var said = Texts.All["operator.kind.regulator.text"];
        (MeasureKind Kind, string Zh, string En)[] orders =
        [
            (MeasureKind.ListingDown, "下架", "listing down"),
            (MeasureKind.SaleForbidden, "禁售", "off sale"),
            (MeasureKind.Warning, "警示", "warns"),
        ];
        foreach (var (kind, zh, en) in orders)
        {
            MeasurePower.Why(OperatorKind.Regulator, kind, isUrgent: false).ShouldBeNull();
            said[0].ShouldContain(zh);
            said[1].ShouldContain(en);
        }
        MeasurePower.Why(OperatorKind.Regulator, MeasureKind.ShopClosed, isUrgent: false).ShouldNotBeNull();
        said[0].ShouldContain("不能限制店铺");
    }
}
