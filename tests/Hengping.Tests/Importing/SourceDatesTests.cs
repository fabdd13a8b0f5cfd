using System.Globalization;
using Hengping.App.Importing;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Importing;

public sealed class SourceDatesTests
{
    [Theory]
    [InlineData("2020/3/18", DateOrder.Mdy, "2020-03-18T00:00+08:00")]
    [InlineData("2020-03-18", DateOrder.Ymd, "2020-03-18T00:00+08:00")]
    [InlineData("20200318", DateOrder.Ymd, "2020-03-18T00:00+08:00")]
    [InlineData("2020年3月18日", DateOrder.Ymd, "2020-03-18T00:00+08:00")]
    [InlineData(" 1/5/2015 ", DateOrder.Mdy, "2015-01-05T00:00+08:00")]
    [InlineData("1/5/2015", DateOrder.Dmy, "2015-05-01T00:00+08:00")]
    [InlineData("9/24/19", DateOrder.Mdy, "2019-09-24T00:00+08:00")]
    [InlineData("9/24/26", DateOrder.Mdy, "2026-09-24T00:00+08:00")]
    [InlineData("9/24/27", DateOrder.Mdy, "1927-09-24T00:00+08:00")]
    [InlineData("2019/4/25 9:32:09", DateOrder.Ymd, "2019-04-25T09:32:09+08:00")]
    [InlineData("2019-04-25T09:32", DateOrder.Ymd, "2019-04-25T09:32+08:00")]
    [InlineData("4/25/2019 12:05 AM", DateOrder.Mdy, "2019-04-25T00:05+08:00")]
    [InlineData("4/25/2019 1:05:00 PM", DateOrder.Mdy, "2019-04-25T13:05+08:00")]
    [InlineData("2019-09-09T12:00:00-05:00", DateOrder.Mdy, "2019-09-09T17:00Z")]
    [InlineData("2019-09-09T12:00:00.250Z", DateOrder.Mdy, "2019-09-09T12:00:00.250Z")]
    [InlineData("2019-09-09 12:00:00+0530", DateOrder.Mdy, "2019-09-09T06:30Z")]
    [InlineData("43580", DateOrder.Ymd, "2019-04-25T00:00+08:00")]
    [InlineData("43580.397326389", DateOrder.Ymd, "2019-04-25T09:32:09+08:00")]
    public void Dates_as_people_write_them(string text, DateOrder order, string expected)
    {
        SourceDates.TryRead(text, order, 2026, out var at).ShouldBeTrue();
        at.ShouldBe(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));
        at.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("", DateOrder.Mdy)]
    [InlineData("soon", DateOrder.Mdy)]
    [InlineData("13/5/2015", DateOrder.Mdy)]
    [InlineData("2/30/2015", DateOrder.Mdy)]
    [InlineData("2015-13-01", DateOrder.Ymd)]
    [InlineData("1/5/2015", DateOrder.Ymd)]
    [InlineData("2015-01", DateOrder.Ymd)]
    [InlineData("2015-01-01 25:00", DateOrder.Ymd)]
    [InlineData("2015-01-01 10:00 +99:00", DateOrder.Ymd)]
    [InlineData("2015-01-01 garbage", DateOrder.Ymd)]
    [InlineData("0000-00-00", DateOrder.Ymd)]
    [InlineData("123", DateOrder.Ymd)]
    [InlineData("9999-12-31", DateOrder.Ymd)]
    [InlineData("12/31/9999 23:59:59", DateOrder.Mdy)]
    [InlineData("9999-12-31T23:59:59-12:00", DateOrder.Ymd)]
    [InlineData("2958465", DateOrder.Ymd)]
    [InlineData("2958465.9999", DateOrder.Ymd)]
    [InlineData("99999999999999999999", DateOrder.Ymd)]
    public void What_is_no_date_is_not_read_as_one(string text, DateOrder order) =>
        SourceDates.TryRead(text, order, 2026, out _).ShouldBeFalse();
}
