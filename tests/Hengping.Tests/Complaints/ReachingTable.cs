using System.Globalization;
using Hengping.App.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>未有效处理 in public: three tries, two ways, five working days.</summary>
public sealed class ReachingTable
{
    [Theory]
    [InlineData("", false)]
    [InlineData("10-12 phone, 10-14 email", false)]
    [InlineData("10-12 phone, 10-14 phone, 10-19 phone", false)]
    [InlineData("10-12 phone, 10-14 email, 10-16 phone", false)]
    [InlineData("10-12 phone, 10-14 email, 10-18 phone", false)]
    [InlineData("10-12 phone, 10-14 email, 10-19 phone", true)]
    [InlineData("10-19 phone, 10-14 email, 10-12 phone", true)]
    [InlineData("10-12 phone, 10-12 phone, 10-19 email", false)]
    [InlineData("09-30 phone, 10-08 email, 10-12 post", false)]
    [InlineData("09-30 phone, 10-08 email, 10-13 post", true)]
    [InlineData("09-30 phone, 10-09 email, 10-10 post, 10-12 phone", false)]
    public void Enough_was_tried(string tries, bool enough) =>
        Reaching.IsEnough(Attempts("2026", tries), Law.Shipped.Calendar).ShouldBe(enough);

    [Fact]
    public void A_year_nobody_knows_yet_proves_nothing() =>
        Reaching
            .IsEnough(Attempts("2031", "03-03 phone, 03-10 email, 03-20 post"), Law.Shipped.Calendar)
            .ShouldBeFalse();

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_public_reads_delivered_until_enough_was_tried(Db db)
    {
        await using var desk = await Desk.Open(db);
        var id = await desk.Delivered();
        var number = (await desk.Claimant.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString();
        desk.Site.Clock.Turn(TimeSpan.FromDays(8));
        object[] tries = [Tried(12, "phone"), Tried(14, "email")];
        await desk.Mediator.PostJson(Desk.At(id, "unreached"), new { attempts = tries }).Json();
        (await Public()).ShouldBe("delivered");
        (await Inside()).ShouldBe("unreached");
        await desk.Mediator.PostJson(Desk.At(id, "deliver")).Json();
        await desk.Mediator.PostJson(Desk.At(id, "unreached"), new { attempts = new[] { Tried(19, "phone") } }).Json();
        (await Public()).ShouldBe("unreached");

        async Task<string?> Public() =>
            (await desk.Site.Anyone.PostJson("/api/v1/progress", new { number, phoneLast4 = "0001" }).Json())
                .GetProperty("status")
                .GetString();

        async Task<string?> Inside() =>
            (await desk.Mediator.GetAsync(Desk.At(id)).Json()).GetProperty("status").GetString();
    }

    private static object Tried(int day, string way) => new { at = $"2026-10-{day}T15:00:00+08:00", way };

    private static IEnumerable<Attempt> Attempts(string year, string tries) =>
        tries
            .Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(t => t.Split(' '))
            .Select(t => new Attempt(
                DateTimeOffset.Parse($"{year}-{t[0]}T10:00:00+08:00", CultureInfo.InvariantCulture),
                t[1]
            ));
}
