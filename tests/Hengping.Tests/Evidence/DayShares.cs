using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Evidence;

/// <summary>How much evidence a day takes: of one account, of one address without one, of all of those.</summary>
public sealed class DayShares
{
    private const string Used = "evidence.day";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<Site> Start(Db engine, params (string Name, long Value)[] limits) =>
        Site.Start(
            engine,
            settings: limits.ToDictionary(one => $"Evidence:{one.Name}", one => (string?)$"{one.Value}")
        );

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_account_brings_its_share_of_files_and_bytes_and_more_the_day_after(Db engine)
    {
        var picture = SampleFiles.PictureOf("one");
        await using var site = await Start(engine, ("ItemsPerDay", 3), ("BytesPerDay", picture.Length * 2));
        var (heavy, other) = (await site.As(Role.Claimant), await site.As(Role.Claimant, phone: "13800000002"));
        await heavy.Upload(picture, "a.gif", "image/gif").Json(201);
        await heavy.Upload(picture[..^1].Append((byte)0x3B).ToArray(), "a.gif", "image/gif").Json(201);
        using var no = await site.Appends([], () => heavy.Upload(picture, "a.gif", "image/gif"));
        no.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await no.Content.ReadAsStringAsync(Ct)).ShouldContain(Used);
        // From ten in the morning to midnight in Shanghai.
        no.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromHours(14));
        FilesOf(site).ShouldBe(2, "what does not fit leaves nothing");
        for (var i = 0; i < 2; i++)
            await other.Upload(SampleFiles.PictureOf(""), "a.gif", "image/gif").Json(201);
        site.Clock.Turn(TimeSpan.FromHours(14));
        await heavy.Upload(picture, "a.gif", "image/gif").Json(201);
        (await site.Store.First<long>("select count(*) from evidence_days", null, Ct)).ShouldBe(1, "yesterday's go");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Of_many_at_once_no_more_than_the_share_is_kept(Db engine)
    {
        await using var site = await Start(engine, ("ItemsPerDay", 3));
        var claimant = await site.As(Role.Claimant);
        var all = Enumerable.Range(0, 9).Select(i => claimant.Upload(SampleFiles.PictureOf($"{i}"), "a", "image/gif"));
        var answers = await Task.WhenAll(all);
        answers.Count(one => one.StatusCode == HttpStatusCode.Created).ShouldBe(3);
        answers.Count(one => one.StatusCode == HttpStatusCode.TooManyRequests).ShouldBe(6);
        FilesOf(site).ShouldBe(3);
    }

    [Theory]
    [InlineData(Db.Sqlite, "NamelessItemsPerDay", 2)]
    [InlineData(Db.Postgres, "NamelessItemsPerDay", 2)]
    [InlineData(Db.Sqlite, "NamelessBytesPerDay", 60)]
    [InlineData(Db.Sqlite, "NamelessBytesPerDayInAll", 60)]
    [InlineData(Db.Postgres, "NamelessBytesPerDayInAll", 60)]
    public async Task Who_has_no_account_shares_by_address_and_with_all_others(Db engine, string limit, long value)
    {
        SampleFiles.PictureOf("9").Length.ShouldBe(28);
        await using var site = await Start(engine, (limit, value));
        var shop = await site.Merchant("云上百货");
        var receipt = await site.Anyone.PostJson(Reporting.Where, Reporting.Anonymous(shop)).Json(201);
        for (var i = 0; i < 2; i++)
            await Send(site, receipt, $"{i}").Json();
        await site.Appends(
            [],
            async () =>
            {
                await Send(site, receipt, "9").Refused(429, Used);
                return 0;
            }
        );
        FilesOf(site).ShouldBe(2);
        await (await site.As(Role.Claimant)).Upload(SampleFiles.PictureOf("9"), "a", "image/gif").Json(201);
        // One row of the account, one of all who have none: no address comes into the store.
        (await site.Store.First<long>("select count(*) from evidence_days", null, Ct)).ShouldBe(2);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_few_addresses_never_use_up_what_all_without_an_account_have(Db engine)
    {
        await using var site = await Site.Start(engine);
        var quota = new EvidenceQuota(site.Store, new EvidenceLimits());
        var brought = new List<int>();
        for (var n = 0; n < 20; n++)
            brought.Add(await Fill($"10.{n}.0.1"));
        brought[0].ShouldBe(5, "a thirty-second part of 10 GiB");
        brought.SequenceEqual(brought.OrderDescending()).ShouldBeTrue("the later, the less");
        (await quota.Left(null, "10.99.0.1", Ct)).ShouldBeGreaterThan(128L << 20, "room for who comes after twenty");
        (await Fill("10.99.0.1")).ShouldBeGreaterThan(1);

        var network = 0;
        for (var n = 0; n < 20; n++)
            network += await Fill($"20010DB80077{n:X2}00");
        network.ShouldBeLessThan(3 * 4, "all of a /48 have three times as much as an address");

        async Task<int> Fill(string address)
        {
            for (var n = 0; ; n++)
                try
                {
                    await quota.Take(null, address, 64L << 20, Ct);
                }
                catch (Refused no)
                {
                    no.Refusal.Code.ShouldBe(Used);
                    return n;
                }
        }
    }

    private static Task<HttpResponseMessage> Send(Site site, JsonElement receipt, string content)
    {
        var part = new ByteArrayContent(SampleFiles.PictureOf(content));
        part.Headers.ContentType = new MediaTypeHeaderValue("image/gif");
        var form = new MultipartFormDataContent
        {
            { new StringContent(receipt.GetProperty("number").GetString()!), "number" },
            { new StringContent(receipt.GetProperty("code").GetString()!), "code" },
            { part, "file", "a.gif" },
        };
        return site.Anyone.PostAsync(Reporting.Where + "/follow/evidence", form, Ct);
    }

    private static int FilesOf(Site site) =>
        Directory.GetFiles(Path.Combine(site.Place.Data, "evidence"), "*", SearchOption.AllDirectories).Length;
}
