using System.Globalization;
using Hengping.Rules.Fields;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>Sums as people write them, at their own doors and in others' files.</summary>
public sealed class SumsAsWritten
{
    private static decimal? Number(string? text) =>
        text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(null, null)]
    [InlineData(" ", null)]
    [InlineData("元", null)]
    [InlineData("199", "199")]
    [InlineData("199.5", "199.5")]
    [InlineData("0.01", "0.01")]
    [InlineData("199.500", "199.5")]
    [InlineData("199.999", "199.999")]
    [InlineData("￥199", "199")]
    [InlineData("¥ 1,299.00 元", "1299")]
    [InlineData("１９９．５０", "199.5")]
    [InlineData("1,234,567.89", "1234567.89")]
    [InlineData("人民币 200 元", "200")]
    [InlineData("199\u200b", "199")]
    public void A_sum_that_is_typed_is_read(string? typed, string? sum) =>
        Sums.Typed(typed).ShouldBe((Number(sum), null));

    [Theory]
    [InlineData("199,50", "field.sum-comma")]
    [InlineData("1,2,3", "field.sum-comma")]
    [InlineData("1234,567", "field.sum-comma")]
    [InlineData("1.234,50", "field.sum-comma")]
    [InlineData("１９９，５", "field.sum-comma")]
    [InlineData("-5", "field.number")]
    [InlineData("1e3", "field.number")]
    [InlineData("1.2.3", "field.number")]
    [InlineData("约200", "field.number")]
    [InlineData("99999999999999999999999999999999", "field.number")]
    public void What_could_be_another_sum_is_asked_back(string typed, string code)
    {
        var (sum, refusal) = Sums.Typed(typed);
        sum.ShouldBeNull();
        refusal!.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("", null, false)]
    [InlineData("199,90", "199.90", false)]
    [InlineData("49,5", "49.5", false)]
    [InlineData("1.234,50", "1234.5", false)]
    [InlineData("1,234", "1234", false)]
    [InlineData("￥１９９", "199", false)]
    [InlineData("199.995", "200", true)]
    [InlineData("0.125", "0.13", true)]
    public void A_sum_in_a_file_is_read(string cell, string? sum, bool isRounded)
    {
        Sums.IsRead(cell, out var read, out var rounded).ShouldBeTrue();
        (read, rounded).ShouldBe((Number(sum), isRounded));
    }

    [Theory]
    [InlineData("1,2,3")]
    [InlineData("12,3456")]
    [InlineData("2.3E+18")]
    [InlineData("-1")]
    [InlineData("详见附件")]
    public void What_is_no_sum_rejects_its_row(string cell) => Sums.IsRead(cell, out _, out _).ShouldBeFalse();
}
