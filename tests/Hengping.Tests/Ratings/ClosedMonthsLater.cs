using System.Text.Json;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>What is decided after publishing, ground by ground: the list stays, and a correction has it.</summary>
public sealed partial class ClosedMonths
{
    /// <summary>What a row says, and after a correction.</summary>
    private sealed record Numbers(int Valid, int Replied, string ReplyRate, string Index);

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_inclusion_after_publishing_stands_beside_the_list_until_it_is_corrected(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shops = await Filled(site);
        var reviewer = await site.As(Role.Reviewer);
        await Exclude(site, reviewer);
        var (then, corrected) = (new Numbers(5, 5, "1.0000", "0.800"), new Numbers(6, 6, "1.0000", "1.000"));
        await Stands(site, shops, shops.First, then, corrected, "inclusion", 1, "：恢复 1 件", Include);

        async Task Include()
        {
            var door = $"/api/v1/complaints/{await IdOf(site, "A30-0")}/include";
            var why = new { reason = "查实应当计入" };
            await site.Appends(["complaint.included"], () => reviewer.PostJson(door, why).Json());
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_reply_judged_after_publishing_stands_beside_the_list_until_it_is_corrected(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shops = await Filled(site);
        var mediator = await site.As(Role.Mediator);
        var (then, corrected) = (new Numbers(6, 6, "1.0000", "1.000"), new Numbers(6, 5, "0.8333", "0.867"));
        await Stands(site, shops, shops.First, then, corrected, "validity", 1, "：改判回复是否有效 1 件", Judge);

        async Task Judge()
        {
            await On("A30-0", valid: false);
            // What two decisions undo is none.
            await On("A30-1", valid: false);
            await On("A30-1", valid: true);
        }

        async Task On(string number, bool valid)
        {
            var door = $"/api/v1/complaints/{await IdOf(site, number)}/validity";
            var judged = new
            {
                reply = 3,
                valid,
                reason = "没有答复诉求",
            };
            await site.Appends(["complaint.validityDecided"], () => mediator.PostJson(door, judged).Json());
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_contest_decided_after_publishing_stands_beside_the_list_until_it_is_corrected(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shops = await Filled(site);
        await DeliveredCase.Add(site.Store, shops.Silent, "b30-6", Days.Monday.AddDays(-30), answered: false);
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);
        var (mediator, merchant) = (await site.As(Role.Mediator), await site.As(Role.Merchant, shops.Silent));
        var (then, corrected) = (new Numbers(7, 0, "0.0000", "0.000"), new Numbers(5, 0, "0.0000", "0.000"));
        await Stands(site, shops, shops.Silent, then, corrected, "contest", 2, "：异议成立 2 件", Decide);
        // Redirected, it counts for the other from its new delivery, which is of another month.
        (await Row(site, shops.First)).Valid.ShouldBe(6);

        async Task Decide()
        {
            await Contest("b30-0", new { decision = "exclude", reason = "不是该店订单" });
            await Contest(
                "b30-1",
                new
                {
                    decision = "redirect",
                    reason = "另一家的订单",
                    respondent = shops.First,
                }
            );
            await Contest("b30-2", new { decision = "reject", reason = "订单属实" });
        }

        async Task Contest(string number, object decided)
        {
            var door = $"/api/v1/complaints/{await IdOf(site, number)}/contest";
            var ground = new { ground = "not-our-order", note = "查无此单" };
            await site.Appends(["complaint.contested"], () => merchant.PostJson(door, ground).Json());
            await site.Appends(["complaint.contestDecided"], () => mediator.PostJson(door + "/decide", decided).Json());
        }
    }

    private static async Task Stands(
        Site site,
        Shops shops,
        Guid shop,
        Numbers then,
        Numbers corrected,
        string ground,
        int cases,
        string words,
        Func<Task> decide
    )
    {
        (await PublishList.Run(site.Store, Asked(site), null, "cli", Ct)).Refusal.ShouldBeNull();
        var list = await site.Anyone.GetStringAsync("/api/v1/ratings/2026-09", Ct);
        site.Clock.Turn(TimeSpan.FromHours(1));
        await decide();
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);

        (await site.Anyone.GetStringAsync("/api/v1/ratings/2026-09", Ct)).ShouldBe(list);
        (await Row(site, shop)).ShouldBe(then);
        Of(await MonthOf(site, shop), "numbers").GetProperty("valid").GetInt32().ShouldBe(then.Valid);
        (await ValidIn(site, shop)).ShouldBe(then.Valid);
        var later = Of(await Json(site, "/api/v1/ratings/2026-09/later"), "rows")
            .EnumerateArray()
            .ShouldHaveSingleItem();
        later.GetProperty("merchantId").GetGuid().ShouldBe(shop);
        IsSaid(later.GetProperty("cases"));
        IsSaid(Of(Of(await MonthOf(site, shop), "frozen"), "later"));
        string[] pages = ["/ratings?period=2026-09", "/ratings?period=2026-09&sector=brand", $"/merchants/{shop:D}"];
        foreach (var page in pages)
            (await site.Anyone.GetStringAsync(page, Ct)).ShouldContain(words, customMessage: page);

        (await PublishList.Run(site.Store, Asked(site), "裁定", "cli", Ct)).Event!.Version.ShouldBe(2);
        (await Row(site, shop)).ShouldBe(corrected);
        Of(await Json(site, "/api/v1/ratings/2026-09/later"), "rows").GetArrayLength().ShouldBe(0);
        foreach (var page in pages)
            (await site.Anyone.GetStringAsync(page, Ct)).ShouldNotContain(words, customMessage: page);

        void IsSaid(JsonElement said) =>
            said.EnumerateObject()
                .Select(one => (one.Name, one.Value.GetInt32()))
                .ShouldBe(
                    new[] { "exclusion", "inclusion", "validity", "contest" }.Select(one =>
                        (one, one == ground ? cases : 0)
                    )
                );
    }

    private static async Task<Numbers> Row(Site site, Guid shop)
    {
        var rows = (await Json(site, "/api/v1/ratings/2026-09")).GetProperty("rows").EnumerateArray();
        var row = rows.Single(r => r.GetProperty("merchantId").GetGuid() == shop);
        return new Numbers(
            row.GetProperty("valid").GetInt32(),
            row.GetProperty("replied").GetInt32(),
            row.GetProperty("replyRate").GetRawText(),
            row.GetProperty("index").GetRawText()
        );
    }

    private static Task<Guid> IdOf(Site site, string number) =>
        site.Store.First<Guid>("select complaint from rating_cases where public_id = @number", new { number }, Ct);
}
