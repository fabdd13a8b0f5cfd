using System.Net;
using System.Text.RegularExpressions;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Merchants;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Merchants;

/// <summary>合并: two entries of one merchant become one in what counts, and part again.</summary>
public sealed partial class MergeDoors(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<HttpClient> Admin(Site site) => await site.Browsing(await site.As(Role.Admin));

    private static string At(Guid id) => $"/admin/merchants/{id:D}";

    private static async Task<string> Read(HttpClient who, string path) =>
        WebUtility.HtmlDecode(await who.GetStringAsync(path, Ct));

    /// <summary>Confirms what the page of both shows.</summary>
    private static async Task<FormAnswer> Merge(HttpClient admin, Guid id, Guid into, string reason = "同一个信用代码")
    {
        var page = await admin.GetStringAsync($"{At(id)}/merge?into={into}", Ct);
        var seen = Seen().Match(page) is { Success: true } shown ? shown.Groups[1].Value : "1";
        return await admin.Send($"{At(id)}/merge", "", ("into", $"{into}"), ("reason", reason), ("seen", seen));
    }

    private static async Task<FormAnswer> Part(HttpClient admin, Guid id, string reason)
    {
        var seen = Seen().Match(await admin.GetStringAsync(At(id), Ct)).Groups[1].Value;
        return await admin.Send(At(id), "Part", ("reason", reason), ("seen", seen));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_entry_is_found_looked_at_merged_and_parted_again(Db engine)
    {
        var site = await sites.On(engine);
        var (kept, twin) = (await site.Merchant("晴川数码"), await site.Merchant("晴川 数码有限公司", enrolled: false));
        await site.Merchant("长虹电器");
        var claimant = await site.As(Role.Claimant);
        const string story = "买的水壶第三天就不加热了，联系店里三次都没有结果。";
        await claimant.PostJson("/api/v1/complaints", Filing.To(twin, "M1", story)).Json(201);
        var admin = await Admin(site);
        (await Read(admin, At(twin))).ShouldContain($"href=\"{At(twin)}/merge\"");
        var likely = await Read(admin, $"{At(twin)}/merge");
        likely.ShouldContain($"?into={kept}");
        likely.ShouldNotContain("长虹电器");
        (await Read(admin, $"{At(twin)}/merge?q=长虹")).ShouldContain("长虹电器");
        (await Read(admin, $"{At(twin)}/merge?q=没有这家")).ShouldContain("没有相近的商家");
        var both = await Read(admin, $"{At(twin)}/merge?into={kept}");
        both.ShouldContain("晴川 数码有限公司的 1 件投诉计入晴川数码");
        both.ShouldContain("其中 1 件还没办结");

        var merged = await site.Appends(
            ["merchant.merged"],
            () => Merge(admin, twin, kept, "同一家，详询 13911112222")
        );
        (merged.Status, merged.Location).ShouldBe((302, $"{At(twin)}?did=merged"));
        var shown = await Read(admin, At(twin));
        shown.ShouldContain("合并到另一家：同一家");
        shown.ShouldNotContain("13911112222");
        (await Read(admin, At(kept))).ShouldContain($"href=\"{At(twin)}\"");
        using var led = await site.Anyone.GetAsync($"/merchants/{twin}", Ct);
        led.Headers.Location!.OriginalString.ShouldBe($"/merchants/{kept}");
        // Who names the twin from now on reaches the one that stays.
        var next = await claimant
            .PostJson("/api/v1/complaints", Filing.To(twin, "M2", story + "第二单也一样。"))
            .Json(201);
        var respondent = await site.Store.First<Guid>(
            "select respondent from complaints where id = @id",
            new { id = next.GetProperty("id").GetGuid() },
            Ct
        );
        respondent.ShouldBe(kept);

        (await site.Appends([], () => Part(admin, twin, ""))).Status.ShouldBe(400);
        (await site.Appends(["merchant.unmerged"], () => Part(admin, twin, "误并"))).Status.ShouldBe(302);
        (await Read(site.Anyone, $"/merchants/{twin}")).ShouldContain("晴川 数码有限公司");
        (await Read(admin, At(twin))).ShouldContain("取消合并：误并");
        var again = await site.Appends([], () => Part(admin, twin, "再来一次"));
        again.Status.ShouldBe(409);
        again.Body.ShouldContain(WebUtility.HtmlEncode(Merchant.NotMerged.Zh));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Who_names_the_first_of_a_chain_reaches_its_end(Db engine)
    {
        await using var site = await Site.Start(engine);
        var first = await site.Merchant("甲", enrolled: false);
        var (middle, last) = (await site.Merchant("甲店", enrolled: false), await site.Merchant("甲旗舰店"));
        foreach (var (from, to) in new[] { (first, middle), (middle, last) })
        {
            var seen = (await site.Store.Load(MerchantBook.Instance, from, Ct)).Version;
            (await MerchantUpkeep.Merge(site.Store, from, seen, to, "同一家", "cli", Ct)).ShouldBeNull();
        }
        var claimant = await site.As(Role.Claimant);
        const string story = "买的水壶第三天就不加热了，联系店里三次都没有结果。";
        await claimant.PostJson("/api/v1/complaints", Filing.To(first, "M1", story)).Json(201);
        await site
            .Anyone.PostJson(
                "/api/v1/reports",
                new
                {
                    respondent = new { name = "甲" },
                    breach = "counterfeit",
                    text = story,
                    anonymous = true,
                }
            )
            .Json(201);
        foreach (var table in new[] { "complaints", "reports" })
        {
            var named = await site.Store.Query<Guid>($"select respondent from {table}", null, Ct);
            named.ShouldHaveSingleItem().ShouldBe(last, table);
        }
    }

    [Fact]
    public void A_claim_on_its_way_does_not_enrol_what_was_merged_meanwhile()
    {
        var now = new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
        var claim = Guid.CreateVersion7();
        MerchantEvent[] story =
        [
            new MerchantEvent.Added("甲店", "general-retail", null, Platform: false, "staff") { HasContact = true },
            new MerchantEvent.ClaimAsked(claim, "91350211M000100Y43", UsccChecked: true, Guid.CreateVersion7()),
        ];
        var asked = story.Aggregate((Merchant?)null, (state, e) => Merchant.Apply(state, e, now))!;
        asked.ProveClaim(claim, now).Refusal.ShouldBeNull();
        var merged = Merchant.Apply(asked, new MerchantEvent.Merged(Guid.CreateVersion7(), "同一家"), now);
        merged.ProveClaim(claim, now).Refusal.ShouldBe(Merchant.ClaimNotOpen);
        var proven = Merchant.Apply(asked, new MerchantEvent.ClaimProven(claim), now);
        proven.ApproveClaim(claim, Guid.CreateVersion7(), "执照相符").Refusal.ShouldBeNull();
        (proven with { MergedInto = Guid.CreateVersion7() })
            .ApproveClaim(claim, Guid.CreateVersion7(), "执照相符")
            .Refusal.ShouldBe(Merchant.IsMerged);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_must_not_count_as_one_is_refused_and_writes_nothing(Db engine)
    {
        var site = await sites.On(engine);
        var admin = await Admin(site);
        var (one, two) = (await site.Merchant("甲店", enrolled: false), await site.Merchant("乙店", enrolled: false));
        var (open, platform) = (await site.Merchant("丙店"), await site.Merchant("大平台", platform: true));
        async Task Refused(Guid id, Guid into, Rules.Refusal said)
        {
            var before = await Read(admin, $"{At(id)}/merge?into={into}");
            before.ShouldContain(said.Zh, customMessage: "said before anybody types a reason");
            var answer = await site.Appends([], () => Merge(admin, id, into));
            answer.Status.ShouldBe(409);
            WebUtility.HtmlDecode(answer.Body).ShouldContain(said.Zh);
        }
        await Refused(one, one, Merchant.CannotMerge);
        await Refused(open, one, Merchant.MergeEnrolled);
        await Refused(one, platform, Merchant.MergeKinds);
        (await site.Appends([], () => Merge(admin, one, two, " "))).Status.ShouldBe(400);
        (await admin.Send($"{At(one)}/merge", "", ("into", $"{Guid.CreateVersion7()}"))).Status.ShouldBe(404);
        (await admin.Send($"{At(one)}/merge", "", ("into", "x"), ("reason", "同一家"))).Status.ShouldBe(404);
        (await admin.Send($"{At(Guid.CreateVersion7())}/merge", "", ("into", $"{one}"))).Status.ShouldBe(404);

        // Each into the other at once: a ring would count nowhere.
        var (first, second) = (
            await site.Store.Load(MerchantBook.Instance, one, Ct),
            await site.Store.Load(MerchantBook.Instance, two, Ct)
        );
        var crossed = await Task.WhenAll(
            MerchantUpkeep.Merge(site.Store, one, first.Version, two, "同一家", "cli", Ct),
            MerchantUpkeep.Merge(site.Store, two, second.Version, one, "同一家", "cli", Ct)
        );
        crossed.Count(refusal => refusal is null).ShouldBe(1);
        var gone = crossed[0] is null ? one : two;
        await Refused(gone, open, Merchant.CannotMerge);
        var third = await site.Merchant("丁店", enrolled: false);
        await Refused(third, gone, Merchant.CannotMerge);
        var stale = await site.Appends(
            [],
            () => admin.Send($"{At(third)}/merge", "", ("into", $"{open}"), ("reason", "同一家"), ("seen", "7"))
        );
        stale.Status.ShouldBe(409);
        WebUtility.HtmlDecode(stale.Body).ShouldContain(Problems.Raced.Zh);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Nobody_but_an_admin_merges_own_merchant_or_not(Db engine)
    {
        var site = await sites.On(engine);
        var (own, foreign) = (
            await site.Merchant(Sites.OwnName("甲店"), enrolled: false),
            await site.Merchant(Sites.OwnName("乙店"), enrolled: false)
        );
        var head = await site.Head();
        (string, string?)[] form = [("into", $"{foreign}"), ("reason", "同一家"), ("seen", "1")];
        foreach (var role in Enum.GetValues<Role>().Where(role => role != Role.Admin))
        {
            var person = await site.Browsing(await site.As(role, role == Role.Merchant ? own : null));
            foreach (var id in new[] { own, foreign })
            {
                (await person.GetAsync($"{At(id)}/merge", Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{role}");
                (await person.Send($"{At(id)}/merge", "", form)).Status.ShouldBe(403, $"{role}");
                (await person.Send(At(id), "Part", ("reason", "误并"), ("seen", "1"))).Status.ShouldBe(403, $"{role}");
            }
        }
        (await site.Visitor().Send($"{At(own)}/merge", "", form)).Location!.ShouldContain("/signin");
        (await site.KindsSince(head)).ShouldAllBe(kind => kind.StartsWith("account."));
    }

    [GeneratedRegex("name=\"seen\" value=\"([0-9]+)\"")]
    private static partial Regex Seen();
}
