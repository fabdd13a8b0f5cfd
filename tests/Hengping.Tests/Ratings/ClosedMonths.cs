using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>A published month has one number everywhere, and what was decided later is said beside it.</summary>
public sealed partial class ClosedMonths
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private sealed record Shops(Guid First, Guid Silent, Guid Unscored);

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_exclusion_after_publishing_moves_no_page_and_is_said_until_it_is_corrected(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shops = await Filled(site);
        (await PublishList.Run(site.Store, Asked(site), null, "cli", Ct)).Refusal.ShouldBeNull();
        site.Clock.Turn(TimeSpan.FromHours(1));
        var reviewer = await site.As(Role.Reviewer);
        (await Room(site, reviewer)).ShouldContain("2026年9月（第 1 版）");
        await Exclude(site, reviewer);

        var month = await MonthOf(site, shops.First);
        Of(month, "numbers").GetProperty("valid").GetInt32().ShouldBe(6);
        Of(month, "frozen").GetProperty("version").GetInt32().ShouldBe(1);
        Of(month, "frozen").GetProperty("later").GetProperty("exclusion").GetInt32().ShouldBe(1);
        Later(await Json(site, "/api/v1/ratings/2026-09/later")).ShouldBe([shops.First]);
        Later(await Json(site, "/api/v1/ratings/2026-09/later?sector=brand")).ShouldBe([shops.First]);
        Later(await Json(site, "/api/v1/ratings/2026-09/later?sector=travel")).ShouldBeEmpty();
        await site.Anyone.GetAsync("/api/v1/ratings/2026-08/later", Ct).Refused(404, "list.not-published");
        (await ValidIn(site, shops.First)).ShouldBe(6);
        foreach (var page in Pages(shops))
            (await site.Anyone.GetStringAsync(page, Ct)).ShouldContain("剔除 1 件", customMessage: page);
        var desk = await site.Browsing(await site.As(Role.Merchant, shops.First));
        var own = await desk.GetStringAsync("/merchant/numbers?period=2026-09", Ct);
        own.ShouldContain("1.000，6 件");
        own.ShouldContain("剔除 1 件");

        (await PublishList.Run(site.Store, Asked(site), "剔除", "cli", Ct)).Event!.Version.ShouldBe(2);
        month = await MonthOf(site, shops.First);
        Of(month, "numbers").GetProperty("valid").GetInt32().ShouldBe(5);
        Of(month, "frozen").TryGetProperty("later", out _).ShouldBeFalse();
        (await ValidIn(site, shops.First)).ShouldBe(5);
        foreach (var page in Pages(shops))
            (await site.Anyone.GetStringAsync(page, Ct)).ShouldNotContain("剔除 1 件", customMessage: page);
        (await Room(site, reviewer)).ShouldContain("2026年9月（第 2 版）");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_row_that_nobody_scored_says_the_index_without_satisfaction(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shops = await Filled(site);
        foreach (var isFrozen in new[] { false, true })
        {
            if (isFrozen)
                (await PublishList.Run(site.Store, Asked(site), null, "cli", Ct)).Refusal.ShouldBeNull();
            var rows = (await Json(site, "/api/v1/ratings/2026-09")).GetProperty("rows").EnumerateArray().ToList();
            var row = rows.Single(r => r.GetProperty("merchantId").GetGuid() == shops.Unscored);
            row.GetProperty("index").GetRawText().ShouldBe("0.800");
            row.GetProperty("withoutScores").GetRawText().ShouldBe("1.000");
            rows.Single(r => r.GetProperty("merchantId").GetGuid() == shops.First)
                .TryGetProperty("withoutScores", out _)
                .ShouldBeFalse();
            var month = await MonthOf(site, shops.Unscored);
            Of(month, "numbers").GetProperty("withoutScores").GetRawText().ShouldBe("1.000");
            foreach (var page in new[] { "/ratings?lang=zh&period=2026-09", $"/merchants/{shops.Unscored:D}" })
                (await site.Anyone.GetStringAsync(page, Ct)).ShouldContain(
                    "不计满意度则指数为 1.000",
                    customMessage: page
                );
            (await site.Anyone.GetStringAsync("/ratings?lang=en&period=2026-09", Ct)).ShouldContain(
                "1.000 without satisfaction"
            );
        }
        (await site.Anyone.GetStringAsync("/ratings/method", Ct)).ShouldContain("÷ 0.8");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_three_lines_of_the_page_recompute_the_list_on_a_machine_that_has_nothing_of_ours(Db engine)
    {
        await using var site = await Site.Start(engine);
        await Filled(site);
        (await PublishList.Run(site.Store, Asked(site), null, "cli", Ct)).Refusal.ShouldBeNull();
        foreach (var query in new[] { "", "&sector=digital-retail" })
        {
            var page = await site.Anyone.GetStringAsync("/ratings?period=2026-09" + query, Ct);
            var lines = Line().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).ToList();
            lines.Count.ShouldBe(3);
            lines[1].ShouldContain("https://odr.example/api/v1/ratings/2026-09");
            var place = Directory.CreateTempSubdirectory("hengping-stranger-");
            try
            {
                foreach (var line in lines)
                {
                    var (status, said) = await Run(place, line.Replace("https://odr.example", Origin(site)));
                    status.ShouldBe(0, said);
                }
                File.ReadAllText(Path.Combine(place.FullName, "list.json"))
                    .ShouldContain(query.Length == 0 ? "\"sector\":null" : "\"sector\":\"digital-retail\"");
                var sector = query.Length == 0 ? "" : " --sector digital-retail";
                var (whole, told) = await Run(
                    place,
                    $"dotnet hengping/hengping.dll verify --period 2026-09{sector} --from {Origin(site)}"
                );
                whole.ShouldBe(0, told);
                told.ShouldContain("holds");
            }
            finally
            {
                place.Delete(recursive: true);
            }
        }
    }

    [Fact]
    public void The_program_is_handed_out_without_what_an_operator_put_beside_it()
    {
        var place = Directory.CreateTempSubdirectory("hengping-pack-");
        try
        {
            ProgramPack.Pack(place.FullName).ShouldBeNull();
            string[] lying = ["hengping.dll", "Used.dll", "hengping.runtimeconfig.json", "appsettings.json", "x.pfx"];
            foreach (var name in lying.Append("licensed-by-others.dll"))
                File.WriteAllText(Path.Combine(place.FullName, name), name);
            ProgramPack.Pack(place.FullName).ShouldBeNull();
            File.WriteAllText(
                Path.Combine(place.FullName, "hengping.deps.json"),
                """
                {"targets":{"net":{"a/1":{"runtime":{"hengping.dll":{}}},"b/1":{"runtime":{"lib/net10.0/Used.dll":{}}},
                "c/1":{"native":{"e.so":{}}}}}}
                """
            );
            place.CreateSubdirectory("keys");
            File.WriteAllText(Path.Combine(place.FullName, "keys", "master.dll"), "");
            using var gzip = new GZipStream(
                new MemoryStream(ProgramPack.Pack(place.FullName)!),
                CompressionMode.Decompress
            );
            using var tar = new TarReader(gzip);
            var names = new List<string>();
            while (tar.GetNextEntry() is { } entry)
                names.Add(entry.Name);
            names.ShouldBe(["hengping/Used.dll", "hengping/hengping.dll", "hengping/hengping.runtimeconfig.json"]);
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    [GeneratedRegex("<code data-line>(.*?)</code>", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();

    private static string Origin(Site site) => site.Address.ToString().TrimEnd('/');

    private static async Task<(int Status, string Said)> Run(DirectoryInfo place, string line)
    {
        var start = new ProcessStartInfo("bash")
        {
            WorkingDirectory = place.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("set -o pipefail; " + line);
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(Ct) + await process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, said);
    }

    private static string[] Pages(Shops shops) =>
        [
            "/",
            "/ratings?period=2026-09",
            "/ratings?period=2026-09&sector=brand",
            $"/ratings/compare?period=2026-09&m={shops.First:D}",
            $"/merchants/{shops.First:D}",
        ];

    private static async Task<Shops> Filled(Site site)
    {
        var shops = new Shops(
            await site.Merchant("甲", "brand"),
            await site.Merchant("乙", "brand"),
            await site.Merchant("丙", "travel")
        );
        foreach (var daysAgo in new[] { 60, 30 })
        {
            for (var i = 0; i < 6; i++)
            {
                var at = Days.Monday.AddDays(-daysAgo).AddHours(i);
                await DeliveredCase.Add(site.Store, shops.First, $"A{daysAgo}-{i}", at);
                await DeliveredCase.Add(site.Store, shops.Silent, $"b{daysAgo}-{i}", at, answered: false);
                await DeliveredCase.Add(site.Store, shops.Unscored, $"c{daysAgo}-{i}", at, scored: false);
            }
        }
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);
        return shops;
    }

    private static ListRequest Asked(Site site) =>
        ListRequest.Parse("2026-09", null, null, null, Unscored.Zero, site.Store.Now).Event!;

    private static async Task Exclude(Site site, HttpClient reviewer)
    {
        var id = await site.Store.First<Guid>("select complaint from rating_cases where public_id = 'A30-0'", null, Ct);
        var body = new { ground = "abuse", reason = "重复滥诉" };
        await site.Appends(
            ["complaint.excluded"],
            () => reviewer.PostJson($"/api/v1/complaints/{id:D}/exclude", body).Json()
        );
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);
    }

    private static async Task<string> Room(Site site, HttpClient reviewer)
    {
        var browser = await site.Browsing(reviewer);
        return WebUtility.HtmlDecode(await browser.GetStringAsync("/cases/A30-0", Ct));
    }

    private static async Task<long> ValidIn(Site site, Guid shop)
    {
        var merchants = await RatedMerchants.Read(site.Store, null, null, Ct);
        var months = await SettledMonths.Read(site.Store, Side.Consumer, merchants, [shop], 12, Ct);
        return months[shop].Single(m => m.Month == "2026-09").Numbers.Valid;
    }

    private static async Task<JsonElement> MonthOf(Site site, Guid shop) =>
        (await Json(site, $"/api/v1/merchants/{shop:D}/ratings"))
            .GetProperty("periods")
            .EnumerateArray()
            .Single(p => p.GetProperty("period").GetString() == "2026-09");

    private static Task<JsonElement> Json(Site site, string path) =>
        site.Anyone.GetFromJsonAsync<JsonElement>(path, Ct)!;

    private static JsonElement Of(JsonElement of, string name) => of.GetProperty(name);

    private static List<Guid> Later(JsonElement said) =>
        [.. said.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("merchantId").GetGuid())];
}
