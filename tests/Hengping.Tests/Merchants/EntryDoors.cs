using System.Net;
using System.Text.RegularExpressions;
using Hengping.App.Accounts;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Merchants;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Merchants;

/// <summary>/admin/merchants: an admin finds, adds and changes entries; one event each, on what was seen.</summary>
public sealed partial class EntryDoors(Sites sites) : IClassFixture<Sites>
{
    private const string List = "/admin/merchants";
    private const string Code = "91350211M000100Y43";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<HttpClient> Admin(Site site) =>
        await site.Browsing(await site.As(Role.Admin, name: "管理员王敏"));

    /// <summary>Sends a form of an entry's page with the version that page shows.</summary>
    private static async Task<FormAnswer> Do(
        HttpClient admin,
        Guid id,
        string handler,
        params (string Name, string? Value)[] fields
    )
    {
        var page = await admin.GetStringAsync($"{List}/{id:D}", Ct);
        var seen = Seen().Match(page).Groups[1].Value;
        return await admin.Send($"{List}/{id:D}", handler, [.. fields, ("seen", seen)]);
    }

    private static async Task<string> Read(HttpClient who, string path) =>
        WebUtility.HtmlDecode(await who.GetStringAsync(path, Ct));

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_list_finds_by_name_code_and_id_and_narrows_down(Db engine)
    {
        await using var site = await Site.Start(engine);
        var (near, far) = (await site.Merchant("晴川数码"), await site.Merchant("长虹电器", enrolled: false));
        await site.Merchant("大平台", platform: true);
        var admin = await Admin(site);
        await Do(admin, far, "Code", ("uscc", Code));
        await Do(admin, far, "Contact", ("phone", ""), ("email", ""));
        async Task Finds(string query, params string[] names)
        {
            var page = await Read(admin, $"{List}?{query}");
            Names().Matches(page).Select(m => m.Groups[1].Value).ShouldBe(names, ignoreOrder: true, query);
        }
        await Finds("", "晴川数码", "长虹电器", "大平台");
        await Finds("q=晴川", "晴川数码");
        await Finds($"q={Code.ToLowerInvariant()}", "长虹电器");
        await Finds($"q={near}", "晴川数码");
        await Finds("q=%25_'");
        await Finds("show=enrolled", "晴川数码", "大平台");
        await Finds("show=not-enrolled", "长虹电器");
        await Finds("show=platforms", "大平台");
        await Finds("show=unreachable", "长虹电器");
        await Finds("show=claimed");
        await Finds("show=nonsense&cursor=!", "晴川数码", "长虹电器", "大平台");
        var all = await Read(admin, List);
        all.ShouldContain("400****4567 · d***@example.org");
        all.ShouldNotContain("4001234567");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_long_list_goes_on_page_by_page(Db engine)
    {
        await using var site = await Site.Start(engine);
        for (var i = 0; i < MerchantList.PageSize + 3; i++)
            await site.Merchant($"店{i:D3}");
        var admin = await Admin(site);
        var first = await Read(admin, List);
        Names().Count(first).ShouldBe(MerchantList.PageSize);
        var next = WebUtility.HtmlDecode(NextPage().Match(first).Groups[1].Value);
        var second = await Read(admin, next);
        Names().Matches(second).Select(m => m.Groups[1].Value).ShouldBe(["店025", "店026", "店027"]);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_entry_is_added_by_hand_but_not_twice(Db engine)
    {
        await using var site = await Site.Start(engine);
        var admin = await Admin(site);
        (string, string?)[] Form(string name, string? code, bool sure = false) =>
            [
                ("Typed.Name", name),
                ("Typed.Sector", "general-retail"),
                ("Typed.Uscc", code),
                ("Typed.Phone", "400-123-4567"),
                ("Typed.Enrolled", "true"),
                ("Typed.Sure", sure ? "true" : "false"),
            ];
        var added = await site.Appends(
            ["merchant.added", "merchant.enrolled"],
            () => admin.Send(List, "Add", Form("晴川数码有限公司", Code))
        );
        added.Status.ShouldBe(302, added.Body);
        var page = await Read(admin, added.Location!);
        page.ShouldContain("登记：晴川数码有限公司");
        page.ShouldContain("管理员王敏");
        page.ShouldContain("400****4567");

        async Task Refused(string said, params (string, string?)[] form)
        {
            var answer = await site.Appends([], () => admin.Send(List, "Add", form));
            answer.Status.ShouldBe(400);
            WebUtility.HtmlDecode(answer.Body).ShouldContain(said);
        }
        await Refused(Merchant.NameTaken.Zh, Form("晴川数码有限公司", null, sure: true));
        await Refused(Merchant.NameAlike.Zh, Form("晴川 数码", null));
        await Refused(Merchant.CreditCodeTaken.Zh, Form("另一家店", Code));
        await Refused(Merchant.CreditCodeForm.Zh, Form("另一家店", "123"));
        await Refused(Merchant.ContactPhone.Zh, [.. Form("另一家店", null)[..3], ("Typed.Phone", "12345")]);
        await Refused(Merchant.ContactNeeded.Zh, [.. Form("另一家店", null)[..3], ("Typed.Enrolled", "true")]);
        await Refused(Merchant.NameNeeded.Zh, Form(" ", null));
        await site.Appends(
            ["merchant.added", "merchant.enrolled"],
            () => admin.Send(List, "Add", Form("晴川 数码", Code, sure: true))
        );
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Each_change_is_one_event_and_can_be_taken_back_for_ten_minutes(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shop = await site.Merchant("晴川数码");
        var admin = await Admin(site);
        async Task Changes(string kind, string handler, params (string, string?)[] fields) =>
            (await site.Appends([kind], () => Do(admin, shop, handler, fields))).Status.ShouldBe(302);
        async Task<Merchant> Now() => (await site.Store.Load(MerchantBook.Instance, shop, Ct)).State!;

        await Changes("merchant.renamed", "Rename", ("name", "晴川旗舰店"));
        await Changes("merchant.undone", "Undo");
        (await Now()).Name.ShouldBe("晴川数码");
        await site.Merchant("晴川旗舰店");
        await Changes("merchant.sectorChanged", "Sector", ("sector", "travel"));
        await Changes("merchant.platformMarked", "Platform", ("platform", "true"));
        await Changes("merchant.creditCodeSet", "Code", ("uscc", Code.ToLowerInvariant()));
        var before = await MerchantDirectory.ContactOf(site.Store, shop, Ct);
        await Changes("merchant.contactChanged", "Contact", ("phone", "139 1111 2222"), ("email", ""));
        (await MerchantDirectory.ContactOf(site.Store, shop, Ct)).ShouldBe(new AfterSalesContact("13911112222", null));
        await Changes("merchant.undone", "Undo");
        (await MerchantDirectory.ContactOf(site.Store, shop, Ct)).ShouldBe(before);
        (await Do(admin, shop, "Undo")).Status.ShouldBe(409, "nothing is left to take back");

        await Changes("merchant.left", "Leave", ("reason", "停业，请拨 13911112222"));
        var shown = await Read(site.Anyone, $"/merchants/{shop}");
        shown.ShouldContain("起不再参与：停业");
        shown.ShouldNotContain("13911112222");
        (
            await site.Store.First<bool>("select enrolled from merchants where id = @shop", new { shop }, Ct)
        ).ShouldBeFalse();
        await Changes("merchant.undone", "Undo");
        (await Read(site.Anyone, $"/merchants/{shop}")).ShouldNotContain("不再参与");
        var again = await Now();
        (again.Enrolled, again.EnrolledAt).ShouldBe((true, Days.Monday));

        await Changes("merchant.left", "Leave", ("reason", "停业"));
        site.Clock.Turn(Merchant.UndoLives);
        (await Do(admin, shop, "Undo")).Status.ShouldBe(409, "ten minutes are over");
        await Changes("merchant.enrolled", "Enrol");
        (await Now()).EnrolledAt.ShouldBe(site.Clock.GetUtcNow());
        await AtRest.NothingSays(site, "13911112222");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_cannot_be_is_refused_and_writes_nothing(Db engine)
    {
        var site = await sites.On(engine);
        var shop = await site.Merchant("晴川数码");
        await site.Merchant("长虹电器");
        var admin = await Admin(site);
        async Task Refused(int status, string said, string handler, params (string, string?)[] fields)
        {
            var answer = await site.Appends([], () => Do(admin, shop, handler, fields));
            answer.Status.ShouldBe(status, handler);
            WebUtility.HtmlDecode(answer.Body).ShouldContain(said);
        }
        await Refused(400, Merchant.NameTaken.Zh, "Rename", ("name", "长虹电器"));
        await Refused(400, Merchant.NameNeeded.Zh, "Rename", ("name", new string('店', 201)));
        await Refused(400, "没有这个选项", "Sector", ("sector", "no-such"));
        await Refused(400, Merchant.ContactNeeded.Zh, "Contact", ("phone", ""), ("email", ""));
        await Refused(400, "邮箱地址看起来不对", "Contact", ("email", "nobody"));
        await Refused(400, "请写明理由", "Leave", ("reason", ""));
        await Refused(409, Merchant.AlreadyEnrolled.Zh, "Enrol");
        (await site.Appends([], () => Do(admin, shop, "Platform", ("platform", "false")))).Status.ShouldBe(302);
        (await admin.Send($"{List}/{Guid.CreateVersion7()}", "Enrol")).Status.ShouldBe(404);

        // Two admins with the same page open: the second is told, and nothing of the first is lost.
        var seen = Seen().Match(await admin.GetStringAsync($"{List}/{shop}", Ct)).Groups[1].Value;
        await Do(admin, shop, "Rename", ("name", "晴川甲店"));
        var late = await site.Appends(
            [],
            () => admin.Send($"{List}/{shop}", "Rename", ("name", "晴川乙店"), ("seen", seen))
        );
        late.Status.ShouldBe(409);
        WebUtility.HtmlDecode(late.Body).ShouldContain(Problems.Raced.Zh);
        var one = await site.Store.Load(MerchantBook.Instance, shop, Ct);
        var both = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(n =>
                    MerchantUpkeep.Change(site.Store, shop, one.Version, m => m.Rename($"晴川{n}店"), "cli", Ct)
                )
        );
        both.Count(refusal => refusal is null).ShouldBe(1);
        both.Count(refusal => refusal == Problems.Raced).ShouldBe(3);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_first_owner_is_invited_and_nobody_after_that(Db engine)
    {
        var site = await sites.On(engine);
        var shop = await site.Merchant(Sites.OwnName("晴川数码"), enrolled: false);
        var admin = await Admin(site);
        (string, string?)[] owner = [("name", "周晴"), ("phone", "13911112222")];
        (await site.Appends([], () => Do(admin, shop, "Owner", owner))).Status.ShouldBe(409, "not enrolled");
        await Do(admin, shop, "Enrol");
        (await site.Appends([], () => Do(admin, shop, "Owner", ("name", ""), ("phone", "1")))).Status.ShouldBe(400);
        var invited = await site.Appends(
            ["account.opened", "account.teamRoleSet", "account.invited"],
            () => Do(admin, shop, "Owner", owner)
        );
        invited.Status.ShouldBe(200);
        invited.Body.ShouldContain("/join?key=");
        (await Outbox.Newest(site.Store, 5, Ct)).ShouldContain(one =>
            one.Template == "team-invited" && one.To == "13911112222"
        );
        (await site.Appends([], () => Do(admin, shop, "Owner", owner))).Status.ShouldBe(409);
        var account = (await AccountDesk.FindByPhone(site.Store, Role.Merchant, "13911112222", Ct))!.Value;
        var again = await site.Appends(["account.invited"], () => Do(admin, shop, "Link", ("colleague", $"{account}")));
        again.Body.ShouldContain("/join?key=");
        (await Do(admin, shop, "Link", ("colleague", $"{Guid.CreateVersion7()}"))).Status.ShouldBe(404);
        await AtRest.NothingSays(site, "13911112222", "周晴");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Nobody_but_an_admin_gets_in_own_merchant_or_not(Db engine)
    {
        var site = await sites.On(engine);
        var (own, foreign) = (
            await site.Merchant(Sites.OwnName("晴川数码")),
            await site.Merchant(Sites.OwnName("长虹电器"))
        );
        var head = await site.Head();
        string[] verbs = ["Rename", "Sector", "Code", "Contact", "Platform", "Enrol", "Leave", "Undo", "Owner", "Link"];
        foreach (var role in Enum.GetValues<Role>().Where(role => role != Role.Admin))
        {
            var person = await site.Browsing(await site.As(role, role == Role.Merchant ? own : null));
            foreach (var id in new[] { own, foreign })
            {
                (await person.GetAsync($"{List}/{id}", Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{role}");
                foreach (var verb in verbs)
                    (await person.Send($"{List}/{id}", verb, ("seen", "2"), ("name", "别名"))).Status.ShouldBe(403);
            }
            (await person.Send(List, "Add", ("Typed.Name", "新店"))).Status.ShouldBe(403);
        }
        foreach (var verb in verbs)
            (await site.Visitor().Send($"{List}/{own}", verb, ("seen", "2"))).Location!.ShouldContain("/signin");
        (await site.KindsSince(head)).ShouldAllBe(kind => kind.StartsWith("account."));
    }

    [GeneratedRegex("name=\"seen\" value=\"([0-9]+)\"")]
    private static partial Regex Seen();

    [GeneratedRegex("<a href=\"/admin/merchants/[0-9a-f-]{36}\">([^<]+)</a>")]
    private static partial Regex Names();

    [GeneratedRegex("<a class=\"btn\" href=\"([^\"]+cursor=[^\"]+)\"")]
    private static partial Regex NextPage();
}
