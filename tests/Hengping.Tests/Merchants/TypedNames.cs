using Dapper;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Merchants;

/// <summary>Merchants while their name is typed: as written, as it sounds, by initials, with one sign wrong.</summary>
public sealed class TypedNames
{
    private static readonly string[] Names =
    [
        "淘宝",
        "京东",
        "唯品会",
        "广州唯品会信息科技有限公司",
        "小红书",
        "重庆乐百家超市",
        "AliExpress",
        "晴川数码（官方）旗舰店",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_is_typed_finds_whom_it_means_and_rebuilding_changes_nothing(Db engine)
    {
        await using var site = await Site.Start(engine);
        foreach (var name in Names)
            await site.Merchant(name, "general-retail", platform: name == "淘宝");
        var listener = new MerchantKeysListener();
        await Listening.CatchUp(site.Store, [listener], Ct);
        (string Typed, string? First, string Why)[] wanted =
        [
            ("唯品", "唯品会", "as it begins, before who only holds it"),
            ("信息科技", "广州唯品会信息科技有限公司", "inside"),
            ("官方旗舰", "晴川数码（官方）旗舰店", "inside, brackets or not"),
            ("taobao", "淘宝", "pinyin"),
            ("weipin", "唯品会", "pinyin begun"),
            ("shuma", "晴川数码（官方）旗舰店", "pinyin from a sign inside"),
            ("xhs", "小红书", "initials"),
            ("chongqing", "重庆乐百家超市", "a sign that is read in two ways"),
            ("yuebaijia", "重庆乐百家超市", "and by its other reading"),
            ("京冬", "京东", "another sign of the same sound"),
            ("唯品汇", "唯品会", "the same"),
            ("唯晶会", "唯品会", "one sign wrong"),
            ("晴川数吗官方旗舰", "晴川数码（官方）旗舰店", "one sign wrong within a long one"),
            ("小书红", "小红书", "two swapped"),
            ("weipinhuj", "唯品会", "one letter wrong"),
            ("wepinhui", "唯品会", "one letter missing"),
            ("alixpress", "AliExpress", "one letter missing in a name of letters"),
            ("aliexxpress", "AliExpress", "one too many"),
            ("拼多多", null, "nobody"),
            ("淘狗", null, "with one of two signs wrong it is any name"),
            ("", null, "nothing"),
            ("（）", null, "no letter"),
        ];
        foreach (var (typed, first, why) in wanted)
        {
            var found = await MerchantSearch.WhileTyped(site.Store, typed, 6, caller: null, Ct);
            (found.Count == 0 ? null : found[0].Name).ShouldBe(first, $"{typed}: {why}");
        }
        var heard = await Keys(site);
        heard.ShouldNotBeEmpty();
        await site.Store.Write(
            async (db, transaction) =>
            {
                await listener.Forget(db, transaction);
                return await db.ExecuteAsync("delete from checkpoints where name = 'merchant-keys'", null, transaction);
            },
            Ct
        );
        await Listening.CatchUp(site.Store, [listener], Ct);
        (await Keys(site)).ShouldBe(heard);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_whole_name_is_found_before_its_keys_are_there(Db engine)
    {
        await using var site = await Site.Start(engine);
        await site.Merchant("长虹电器12");
        await Listening.CatchUp(site.Store, [new MerchantKeysListener()], Ct);
        await site.Merchant("长虹电器13");
        var found = await MerchantSearch.WhileTyped(site.Store, "长虹电器13", 6, caller: null, Ct);
        found[0].Name.ShouldBe("长虹电器13");
    }

    private static Task<IReadOnlyList<string>> Keys(Site site) =>
        site.Store.Query<string>("select key from merchant_keys order by key, merchant", null, Ct);

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_door_says_the_share_that_was_answered_and_nothing_of_whom_nobody_may_know(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        await desk.Filed(desk.Body("respondent", new { name = "静海茶行" }));
        await Listening.CatchUp(desk.Site.Store, [new MerchantKeysListener()], Ct);

        var found = await desk.Site.Anyone.GetAsync("/api/v1/merchants/suggest?q=jinghai", Ct).Json();
        found.GetProperty("items").GetArrayLength().ShouldBe(0, "a filing that was not delivered tells nobody");
        var own = await desk.Claimant.GetAsync("/api/v1/merchants/suggest?q=jinghai", Ct).Json();
        var shown = own.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        shown.GetProperty("name").GetString().ShouldBe("静海茶行");
        shown.GetProperty("said").GetString().ShouldBe("数据不足，暂无评级");
        var side = await desk.Claimant.GetAsync("/api/v1/merchants/suggest?q=jinghai&side=merchant", Ct).Json();
        side.GetProperty("items").GetArrayLength().ShouldBe(0, "merchants complain of platforms");
    }
}
