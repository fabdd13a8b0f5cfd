using Dapper;
using Hengping.App.Platform;
using Hengping.App.RuleRegister;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.RuleRegister.Ruling;

namespace Hengping.Tests.RuleRegister;

/// <summary>Who trades here is told what changes in the rules; a text that only reads differently is told to nobody.
/// </summary>
public sealed class RuleTold
{
    private static readonly DateOnly Today = Shanghai.DayOf(Days.Monday);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Day(int from) => ClausesInForce.Day(Today.AddDays(from));

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Changes_are_gathered_told_to_each_merchant_once_and_shown_on_the_first_page(Db db)
    {
        await using var site = await Site.Start(db);
        var (admin, reviewer) = (await site.As(Role.Admin), await site.As(Role.Reviewer));
        await site.Merchant("云上百货");
        var english = await site.Merchant("Harbour Trading");
        await site.Merchant("未入驻的店", enrolled: false);
        await site.Store.Write(
            (open, transaction) =>
                open.ExecuteAsync(
                    "insert into reader_languages (reader, language) values (@english, 'en')",
                    new { english },
                    transaction
                ),
            Ct
        );
        var (id, other) = (await Begun(site), await Begun(site));
        await Home(site, holds: null);
        await admin.PostJson(At(id, "versions"), Body("**1.** 七日内可以退货。\n**2.** 运费由商家承担。")).Json();
        await admin.PostJson(At(id, "technical")).Json();
        await reviewer.PostJson(At(id, "technical")).Json();
        await admin.PostJson(At(id, "versions"), Body("1. 八日内可以退货。\n2. 运费由商家承担。")).Json();
        await Home(site, holds: null);
        await admin.PostJson(At(id, "consult"), new { until = Day(9) }).Json();
        await admin.PostJson(At(other, "versions"), Body("1. 九日内可以退货。\n2. 运费由商家承担。")).Json();
        await admin.PostJson(At(other, "publish"), new { inForceOn = Day(20), asked = "在站内信中征求" }).Json();
        await Heard(site, 2);
        (await Due(site)).ShouldBe(0, "more may come within the half hour");
        site.Clock.Turn(TimeSpan.FromMinutes(31));
        (await Due(site)).ShouldBe(2);
        (await Due(site)).ShouldBe(0, "told once");
        var letters = await Letters(site);
        letters.Count.ShouldBe(2);
        var zh = letters.Single(text => text.Contains("平台规则有变动", StringComparison.Ordinal));
        zh.ShouldContain("最晚2026年10月21日（含当天）可以提意见");
        zh.ShouldContain("从2026年11月1日起按第2版办理。改了什么：首次制定（第1条）。为什么：此前没有规定。");
        zh.ShouldContain("2026年11月1日起的事按第2版，之前的事仍按第1版");
        zh.ShouldContain("最晚2026年10月31日（含当天）告诉我们退出平台（不再在这里经营），未了结的按第1版结清");
        zh.ShouldContain($"/rules/{id}/changes?to=3");
        zh.ShouldContain($"/rules/{other}?version=2");
        letters.ShouldContain(text =>
            text.Contains("until and including 31 Oct 2026 that you leave", StringComparison.Ordinal)
        );
        var home = await Home(site, holds: $"/rules/{other}/changes?to=2");
        home.ShouldContain($"/rules/{id}/changes?to=3");

        await admin.PostJson(At(other, "withdraw"), new { reason = "条款有误" }).Json();
        await Heard(site, 3);
        site.Clock.Turn(TimeSpan.FromMinutes(31));
        (await Due(site)).ShouldBe(2);
        (await Letters(site)).ShouldContain(text => text.Contains("不会施行：条款有误", StringComparison.Ordinal));
        (await site.Anyone.GetStringAsync("/", Ct)).ShouldNotContain($"/rules/{other}/");
    }

    private static Task<long> Due(Site site) => site.Of<RuleNotices>().RunDue(Ct);

    private static Task Heard(Site site, long many) =>
        Eventually.Holds(
            async () => await site.Store.First<long>("select count(*) from rule_news", null, Ct) == many,
            "the register's news are noted"
        );

    private static async Task<IReadOnlyList<string>> Letters(Site site) =>
        [
            .. (await Outbox.Newest(site.Store, 20, Ct))
                .Where(letter => letter.Template == RuleNotices.Told.Key)
                .Select(site.TextOf),
        ];

    private static async Task<string> Home(Site site, string? holds)
    {
        var page = "";
        await Eventually.Holds(
            async () =>
                (page = await site.Anyone.GetStringAsync("/", Ct)).Contains("/rules/", StringComparison.Ordinal)
                == holds is not null,
            "the first page says what comes"
        );
        if (holds is not null)
            page.ShouldContain(holds);
        return page;
    }
}
