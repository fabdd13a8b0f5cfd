using Hengping.Rules.Risk;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Rules.Risk;

/// <summary>Many things tested at once.</summary>
public sealed class ManyTests
{
    private static readonly double[] Published =
    [
        .0001,
        .0004,
        .0019,
        .0095,
        .0201,
        .0278,
        .0298,
        .0344,
        .0459,
        .3240,
        .4262,
        .5719,
        .6528,
        .7590,
        1,
    ];

    [Fact]
    public void The_published_fifteen_give_four()
    {
        var adjusted = BenjaminiHochberg.Adjusted(Published);
        adjusted.Count(p => BenjaminiHochberg.IsRejected(p, 0.05)).ShouldBe(4);
        Published.Count(p => p * Published.Length <= 0.05).ShouldBe(3);
        adjusted[0].ShouldBe(0.0015, 1e-12);
        adjusted[4].ShouldBe(0.0603, 1e-12);
        adjusted[5].ShouldBe(0.0298 * 15 / 7, 1e-12);
        adjusted[^1].ShouldBe(1);
        adjusted.ShouldBe(adjusted.Order());
        // The order they are given in does not matter.
        BenjaminiHochberg.Adjusted([.. Published.Reverse()]).ShouldBe(adjusted.Reverse());
    }

    [Theory]
    [InlineData(0.01, 5)]
    [InlineData(0.03, 15)]
    [InlineData(0.07, 10)]
    public void A_value_right_at_the_edge_is_rejected(double p, int m)
    {
        var ps = Enumerable.Repeat(1.0, m).ToArray();
        ps[0] = p;
        BenjaminiHochberg.IsRejected(BenjaminiHochberg.Adjusted(ps)[0], p * m).ShouldBeTrue();
        BenjaminiHochberg.IsRejected(BenjaminiHochberg.Adjusted(ps)[0], p * m * 0.999999).ShouldBeFalse();
    }

    [Fact]
    public void Nothing_gives_nothing_and_what_is_no_share_is_no_p()
    {
        BenjaminiHochberg.Adjusted([]).ShouldBeEmpty();
        BenjaminiHochberg.Adjusted([0.04, 0.04, 0.04]).ShouldBe([0.04, 0.04, 0.04]);
        Should.Throw<ArgumentOutOfRangeException>(() => BenjaminiHochberg.Adjusted([double.NaN]));
        Should.Throw<ArgumentOutOfRangeException>(() => BenjaminiHochberg.Adjusted([1.1]));
    }
}
