using Hengping.Rules.Publishing;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Importing;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("电话13812345678,谢谢", "电话138****5678,谢谢")]
    [InlineData("138 1234 5678", "138 **** 5678")]
    [InlineData("138-1234-5678", "138-****-5678")]
    [InlineData("+8613812345678", "+861******5678")]
    [InlineData("身份证44030519900307123X。", "身份证440***********123X。")]
    [InlineData("440305199003071234", "440***********1234")]
    [InlineData("440305900307123", "440********7123")]
    [InlineData("卡号6222021234567890123", "卡号622************0123")]
    [InlineData("0755-12345678", "075*-****5678")]
    [InlineData("\uFF11\uFF13\uFF1812345678", "\uFF11\uFF13\uFF18****5678")]
    [InlineData("a13812345678b13912345678", "a138****5678b139****5678")]
    public void Numbers_of_persons_are_masked(string text, string masked) => Masking.Mask(text).ShouldBe(masked);

    [Theory]
    [InlineData("")]
    [InlineData("2019-04-25 09:32:09 下单, 付了 1299.00 元")]
    [InlineData("20190425")]
    [InlineData("时间20190425093209")]
    [InlineData("201904250932")]
    [InlineData("订单 123456789")]
    [InlineData("2,190元 12 345 678")]
    public void Dates_sums_and_short_numbers_stay(string text) => Masking.Mask(text).ShouldBeSameAs(text);
}
