using System.Text.Json;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Reports;

/// <summary>The log knows the day of a nameless report, and of what its reporter adds, and no more of its time.
/// </summary>
public sealed class CoarseTimes
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private sealed record Times(string Kind, long At, long RecordedAt);

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Neither_time_of_its_events_points_at_an_instant(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shop = await site.Merchant("云上百货");
        site.Clock.Turn(TimeSpan.FromSeconds(12_345));
        var receipt = await site.Anyone.PostJson(Reporting.Where, Reporting.Anonymous(shop)).Json(201);
        site.Clock.Turn(TimeSpan.FromSeconds(1234));
        await site.Anyone.PostJson(Reporting.Where + "/follow/add", Pair(receipt, "补充：批号 20260901")).Json();
        await site.Anyone.PostJson(Reporting.Where + "/follow/withdraw", Pair(receipt, null)).Json();
        var id = Guid.Parse(await Reporting.IdOf(site, receipt));
        var times = await site.Store.Query<Times>(
            "select kind as Kind, at as At, recorded_at as RecordedAt from events where stream = @id order by version",
            new { id },
            Ct
        );
        times.Select(one => one.Kind).ShouldBe(["report.filed", "report.added", "report.withdrawn"]);
        var day = Days.At("2026-10-12 00:00:00").ToUnixTimeMilliseconds();
        times.ShouldAllBe(one => one.At == day && one.RecordedAt == day);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_file_brought_to_it_tells_the_day_and_not_the_instant(Db engine)
    {
        await using var site = await Site.Start(engine);
        site.Clock.Turn(TimeSpan.FromSeconds(12_345));
        var shop = await site.Merchant("云上百货");
        var receipt = await site.Anyone.PostJson(Reporting.Where, Reporting.Anonymous(shop)).Json(201);
        site.Clock.Turn(TimeSpan.FromSeconds(1234));
        using var form = new MultipartFormDataContent("batch")
        {
            { new StringContent(receipt.GetProperty("number").GetString()!), "number" },
            { new StringContent(receipt.GetProperty("code").GetString()!), "code" },
            { new ByteArrayContent([.. "%PDF-1.7 batch"u8]), "file", "批号.pdf" },
        };
        await site.Anyone.PostAsync(Reporting.Where + "/follow/evidence", form, Ct).Json();
        var file = (
            await site.Store.Query<Guid>("select evidence from report_evidence", null, Ct)
        ).ShouldHaveSingleItem();
        file.Version.ShouldBe(4, "drawn by lot");
        var times = await site.Store.Query<Times>(
            "select kind as Kind, at as At, recorded_at as RecordedAt from events where stream = @file",
            new { file },
            Ct
        );
        var day = Days.At("2026-10-12 00:00:00").ToUnixTimeMilliseconds();
        times.ShouldBe([new Times("evidence.uploaded", day, day)]);
        (await site.Store.First<long>("select uploaded_at from evidence where id = @file", new { file }, Ct)).ShouldBe(
            day
        );
    }

    [Fact]
    public async Task Who_follows_a_report_leaves_no_print_of_their_address()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var receipt = await site
            .Anyone.PostJson(Reporting.Where, Reporting.Anonymous(await site.Merchant("云上百货")))
            .Json(201);
        await site.Anyone.PostJson(Reporting.Where + "/follow", Pair(receipt, null)).Json();
        (await site.Store.First<long>("select count(*) from allowances", null, Ct)).ShouldBe(1, "that of the number");
        await site.Anyone.PostJson("/api/v1/progress", new { number = "7K3M-9QXA-2BTC", phoneLast4 = "0001" });
        (await site.Store.First<long>("select count(*) from allowances", null, Ct)).ShouldBe(
            4,
            "number, address, network"
        );
    }

    private static object Pair(JsonElement receipt, string? text) =>
        new
        {
            number = receipt.GetProperty("number").GetString(),
            code = receipt.GetProperty("code").GetString(),
            text,
        };
}
