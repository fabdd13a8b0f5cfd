using Hengping.Rules.Fields;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Rules.Fields;

/// <summary>Numbers of goods: 14 digits or none.</summary>
public sealed class Gtins
{
    [Theory]
    [InlineData("96385074", "00000096385074", true)]
    [InlineData("036000291452", "00036000291452", true)]
    [InlineData("6901234567892", "06901234567892", true)]
    [InlineData("16901234567899", "16901234567899", true)]
    [InlineData("6 901234 567892", "06901234567892", true)]
    [InlineData("978-0-306-40615-7", "09780306406157", true)]
    [InlineData("6901234567893", "06901234567893", false)]
    [InlineData("6901234567829", "06901234567829", false)]
    [InlineData("0000000000000", "00000000000000", false)]
    public void Read(string typed, string fourteen, bool isChecked)
    {
        Gtin.Fourteen(typed).ShouldBe(fourteen);
        Gtin.IsChecked(fourteen).ShouldBe(isChecked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("690123456789")]
    [InlineData("69012345678")]
    [InlineData("690123456")]
    [InlineData("016901234567892")]
    [InlineData("６９０１２３４５６７８９２")]
    [InlineData("6.90123E+12")]
    [InlineData("-6901234567892")]
    [InlineData("code6901234567892")]
    public void What_is_no_number_of_goods(string typed) =>
        (Gtin.Fourteen(typed) is { } fourteen && Gtin.IsChecked(fourteen)).ShouldBeFalse();

    /// <summary>A carton is not what it holds, and no number is found in a longer one.</summary>
    [Fact]
    public void A_part_is_another_number()
    {
        Gtin.Fourteen("16901234567899").ShouldNotBe(Gtin.Fourteen("6901234567892"));
        Gtin.Fourteen("0036000291452").ShouldBe(Gtin.Fourteen("036000291452"));
    }

    /// <summary>One digit mistyped is always noticed; two neighbours swapped nearly always.</summary>
    [Fact]
    public void Every_single_error_is_noticed()
    {
        const string Right = "06901234567892";
        for (var i = 0; i < Right.Length; i++)
        for (var digit = '0'; digit <= '9'; digit++)
        {
            var typed = Right[..i] + digit + Right[(i + 1)..];
            Gtin.IsChecked(typed).ShouldBe(typed == Right);
        }
    }
}
