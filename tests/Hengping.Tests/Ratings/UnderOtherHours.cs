using System.Text.Json;
using System.Text.RegularExpressions;
using Hengping.App;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Ratings;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>
/// A policy of 70 and 110 hours moves the whole house: what is due, when a silent merchant is chased, what pages and
/// messages say, what a list counts, and how anybody recomputes it.
/// </summary>
public sealed partial class UnderOtherHours
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private sealed record Row(string Number, long DueAt, string DueKind, long NextTick);

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_case_is_due_chased_and_called_unsolved_by_them(Db engine)
    {
        await using var desk = await Desk.Open(engine, OtherHours.Morning);
        var (site, start) = (desk.Site, OtherHours.Morning);
        var id = await desk.Delivered();
        var row = (
            await site.Store.First<Row>(
                "select number as Number, due_at as DueAt, due_kind as DueKind, next_tick as NextTick from complaints",
                null,
                Ct
            )
        )!;
        (row.DueAt, row.DueKind).ShouldBe((Ms(start.AddHours(70)), "reply"));
        row.NextTick.ShouldBe(Ms(start.AddHours(48)));
        foreach (var reader in new[] { desk.Claimant, desk.Merchant, desk.Mediator })
        {
            var dues = (await reader.GetAsync(Desk.At(id)).Json()).GetProperty("deadlines").EnumerateArray();
            dues.Select(due => (Said(due, "kind"), due.GetProperty("due").GetDateTimeOffset()))
                .Take(2)
                .ShouldBe([("reply", start.AddHours(70)), ("reply-late", start.AddHours(110))]);
        }
        // The merchant's workbench and the desk, each by the hours of the case.
        (await Page(desk.Merchant, site, "/merchant")).ShouldContain($"datetime='{Say.Iso(start.AddHours(70))}'");
        (await Page(desk.Mediator, site, "/desk?view=silent")).ShouldContain(Say.Iso(start.AddHours(70)));

        var ticks = site.Of<ComplaintTicks>();
        Task<int> RunDue() => ticks.RunDue(Ct);
        site.Clock.Turn(TimeSpan.FromHours(48));
        await site.Appends(["complaint.chased"], RunDue);
        site.Clock.Turn(TimeSpan.FromHours(22) - TimeSpan.FromSeconds(1));
        var early = await desk.Claimant.PostJson(Desk.At(id, "not-solved")).Json(409);
        Said(early, "code").ShouldBe("complaint.not-solved-too-early");
        Said(early, "title").ShouldContain("70小时");
        (await Page(desk.Claimant, site, $"/cases/{row.Number}")).ShouldNotContain("act=notSolved");
        site.Clock.Turn(TimeSpan.FromSeconds(1));
        (await Page(desk.Claimant, site, $"/cases/{row.Number}")).ShouldContain("NotSolved");
        (await Page(desk.Merchant, site, "/merchant")).ShouldContain($"datetime='{Say.Iso(start.AddHours(110))}'");
        site.Clock.Turn(TimeSpan.FromHours(40) - TimeSpan.FromSeconds(1));
        await site.Appends([], RunDue);
        site.Clock.Turn(TimeSpan.FromSeconds(1));
        await site.Appends(["complaint.chased"], RunDue);
        await desk.Claimant.PostJson(Desk.At(id, "not-solved")).Json();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Every_page_and_message_says_them_in_both_languages(Db engine)
    {
        await using var desk = await Desk.Open(engine, OtherHours.Morning);
        var site = desk.Site;
        var receipt = await desk.Claimant.PostJson("/api/v1/complaints", desk.Body()).Json(201);
        var number = Said(receipt, "number");
        await desk.Mediator.PostJson(Desk.At(Said(receipt, "id"), "deliver")).Json();
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);

        var room = $"/cases/{number}";
        await Says(desk.Claimant, room, "70 小时内回复对它的评级最有利", "Answering within 70 hours is best");
        await Says(
            desk.Merchant,
            room,
            "之后至递交后110小时内回复，评级按 0.6 计",
            "up to 110 hours after the delivery, it counts 60%"
        );
        await Says(
            desk.Merchant,
            "/merchant",
            "满 70 小时前有效回复计 1.0，到 110 小时",
            "before 70 hours, 0.6 up to 110"
        );
        await Says(null, "/", "商家 70 小时内回复计满分，超过 110 小时", "within 70 hours counts in full, after 110");
        await Says(null, "/ratings/method", "70 至 110 小时（含两端）", "0.6 from 70 to 110 hours inclusive");
        await Says(null, "/ratings/method", "递交后 110 小时内未获回复", "withdrawn unanswered within 110 hours");
        await Says(null, "/ratings/method", "期满 110 小时后冻结", "110 hours after the period");

        var letters = (await Outbox.Newest(site.Store, 9, Ct)).Select(site.TextOf).ToList();
        letters.ShouldContain(text => text.Contains("请在 70 小时内回复", StringComparison.Ordinal));
        letters.ShouldAllBe(text => !Before().IsMatch(text));

        async Task Says(HttpClient? who, string path, string zh, string en)
        {
            foreach (var (language, words) in new[] { ("zh", zh), ("en", en) })
            {
                var text = await Page(who, site, path, language);
                text.ShouldContain(words, customMessage: $"{path} {language}");
                Before().Matches(text).Select(match => match.Value).ShouldBeEmpty($"{path} {language}");
            }
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_list_counts_by_them_and_is_verified_by_its_policys_name(Db engine)
    {
        await using var site = await Site.Start(engine, OtherHoursList.FreezesAt.AddSeconds(-1));
        await OtherHoursList.Fill(site);
        var open = await Page(null, site, $"/ratings?period={OtherHoursList.Month}");
        open.ShouldContain("另有 5 件还在 110 小时回复期内");
        open.ShouldContain("期满 110 小时后冻结发布");
        Before()
            .IsMatch(open + await Page(null, site, $"/ratings?period={OtherHoursList.Month}", "en"))
            .ShouldBeFalse();
        var early = (await OtherHoursList.Publish(site)).Refusal!;
        (early.Code, early.En).ShouldBe(("list.too-early", "A list may be published 110 hours after its period's end"));
        site.Clock.Turn(TimeSpan.FromSeconds(1));
        var published = (await OtherHoursList.Publish(site)).Event!;
        published.Policy.ShouldBe(OtherHours.Policy);
        OpenData.Verify(site.Place.Data, published).ShouldBeNull();

        var json = await site.Anyone.GetAsync($"/api/v1/ratings/{OtherHoursList.Month}").Json();
        Said(json, "policy").ShouldBe(OtherHours.Policy);
        var row = json.GetProperty("rows")[0];
        row.GetProperty("valid").GetInt32().ShouldBe(11);
        row.GetProperty("timeliness").GetDecimal().ShouldBe(OtherHoursList.Timeliness);
        // Days, months and single cases alike, also in a list that reaches over the turn of the year.
        var all = ListRequest.Parse("all", null, null, null, Unscored.Zero, site.Store.Now).Event!;
        var now = await ExactLists.Now(site.Store, all, Ct);
        (now.Basis.Base, now.Basis.Pending, now.Basis.Excluded).ShouldBe((11, 0, 0));
        now.Rows.Single().Timeliness.ShouldBe(OtherHoursList.Timeliness);
        // A live view speaks of the day's beginning, when those who are silent still had their time.
        var live = await LiveLists.Read(site.Store, all, Ct);
        (live.Basis.Base, live.Basis.Pending, live.Rows.Single().Timeliness).ShouldBe((6, 5, 0.467m));

        // By another policy's name it is another list, and one that nobody may ask for.
        var renamed = published with
        {
            Json = published.Json.Replace(
                $"\"{OtherHours.Policy}\",\"uns",
                "\"2025-01\",\"uns",
                StringComparison.Ordinal
            ),
        };
        renamed.Json.ShouldNotBe(published.Json);
        OpenData.Verify(site.Place.Data, renamed)!.Where.ShouldBe("asOf");
        foreach (var (period, policy) in new[] { (OtherHoursList.Month, "2025-01"), ("2026-10", OtherHours.Policy) })
            await site.Anyone.GetAsync($"/api/v1/ratings/{period}?policy={policy}").Refused(400, "policy.hours");

        var page = await site.Visitor().GetStringAsync($"/ratings?period={OtherHoursList.Month}", Ct);
        page.ShouldContain("data-hours=\"70 110\"");
    }

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private static string Said(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static async Task<string> Page(HttpClient? who, Site site, string path, string language = "zh")
    {
        var browsing = who is null ? site.Visitor() : await site.Browsing(who);
        browsing.DefaultRequestHeaders.AcceptLanguage.Clear();
        browsing.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return await browsing.GetStringAsync(path, Ct);
    }

    [GeneratedRegex(@"(?<!\d)(72|120) ?(小时|hours)")]
    private static partial Regex Before();
}
