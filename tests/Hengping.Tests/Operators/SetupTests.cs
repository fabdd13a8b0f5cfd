using System.Net;
using System.Text.RegularExpressions;
using Hengping.App.Accounts;
using Hengping.App.Admin;
using Hengping.App.Operators;
using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Operators;

/// <summary>首次设置, as a browser without script does it: one key, one time, on both engines.</summary>
public sealed partial class SetupTests(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal static Dictionary<string, string> Answers(string key) =>
        new(StringComparer.Ordinal)
        {
            ["key"] = key,
            ["kind"] = "thirdParty",
            ["nameZh"] = "江岸消费调解中心",
            ["nameEn"] = "Jiang'an Consumer Mediation",
            ["operatorContact"] = "027-12345678",
            ["icp"] = "鄂ICP备12345678号-1",
            ["publicSecurity"] = "鄂公网安备 42010202000001号",
            ["privacyZh"] = OperatorForm.Fresh().PrivacyZh!,
            ["privacyEn"] = OperatorForm.Fresh().PrivacyEn!,
            ["agreementZh"] = OperatorForm.Fresh().AgreementZh!,
            ["agreementEn"] = OperatorForm.Fresh().AgreementEn!,
            ["adminName"] = "周主任",
            ["login"] = "zhou",
            ["password"] = "four unrelated words",
            ["email"] = "zhou@example.org",
            ["phone"] = "13900000009",
        };

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Before_it_the_front_page_tells_whoever_deploys_what_to_do_and_never_the_key(Db engine)
    {
        await using var site = await Site.Start(engine);
        var key = (await site.Of<SetupKey>().Draw(Ct)).ShouldNotBeNull();
        foreach (var (language, words) in new[] { ("zh", "首次设置的链接"), ("en", "a link for the first set-up") })
        {
            var front = await site.Visitor().GetStringAsync($"/?lang={language}", Ct);
            front.ShouldContain(words);
            front.ShouldContain("docs/operations");
            front.ShouldNotContain(key);
            front.ShouldNotContain(site.Place.Data);
            (await site.Visitor().GetStringAsync($"/ratings?lang={language}", Ct)).ShouldNotContain(words);
        }
        var (admin, form) = await Opened(site, key);
        (await Send(admin, form)).Dispose();
        (await site.Visitor().GetStringAsync("/", Ct)).ShouldNotContain("首次设置的链接");
        (await site.Visitor().GetStringAsync("/?lang=en", Ct)).ShouldNotContain("first set-up");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Set_up_makes_operator_and_admin_at_once_and_the_link_is_used_up(Db engine)
    {
        // The browser lets cookies expire by its own clock.
        await using var site = await Site.Start(engine);
        var key = (await site.Of<SetupKey>().Draw(Ct)).ShouldNotBeNull();
        (await site.Anyone.GetAsync("/readyz", Ct)).EnsureSuccessStatusCode();
        var (admin, form) = await Opened(site, key);
        using var answer = await site.Appends(
            [
                "operator.described",
                "operator.paperIssued",
                "operator.paperIssued",
                "account.opened",
                "account.passwordSet",
            ],
            () => Send(admin, form)
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe("/admin");

        (await site.Visitor().GetAsync("/admin", Ct)).Headers.Location!.ToString().ShouldContain("/signin");
        foreach (var role in Enum.GetValues<Role>())
        {
            var shop = role == Role.Merchant ? await site.Merchant("晴川数码") : (Guid?)null;
            var browsing = await site.Browsing(await site.As(role, shop));
            foreach (var door in new[] { "/admin", "/admin/operator" })
                (await browsing.GetAsync(door, Ct)).StatusCode.ShouldBe(
                    role == Role.Admin ? HttpStatusCode.OK : HttpStatusCode.Forbidden,
                    $"{role} {door}"
                );
        }
        var overview = await admin.GetStringAsync("/admin", Ct);
        overview.ShouldContain("江岸消费调解中心");
        overview.ShouldContain("鄂ICP备12345678号-1");
        var home = await site.Visitor().GetStringAsync("/?lang=en", Ct);
        home.ShouldContain("Jiang&#x27;an Consumer Mediation");
        var paper = await site.Anyone.GetStringAsync("/papers/privacy", Ct);
        paper.ShouldContain("江岸消费调解中心");
        paper.ShouldNotContain("{name}");
        (await site.Anyone.GetAsync("/papers/agreement/1", Ct)).EnsureSuccessStatusCode();
        (await site.Anyone.GetAsync("/papers/agreement/2", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await Get(site, key)).ShouldBe(403);
        (await site.Of<SetupKey>().Draw(Ct)).ShouldBeNull("an existing store is never set up again");
        var entered = await SignIn.WithPassword(site.Store, "Zhou", "four unrelated words", Ct);
        entered.Caller.ShouldNotBeNull().Role.ShouldBe(Role.Admin);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task No_key_and_a_wrong_one_open_nothing(Db engine)
    {
        await using var site = await Site.Start(engine);
        (await Get(site, "")).ShouldBe(403, "before a key was drawn there is none");
        var key = (await site.Of<SetupKey>().Draw(Ct)).ShouldNotBeNull();
        (await Get(site, "")).ShouldBe(403);
        (await Get(site, new string('0', key.Length))).ShouldBe(403);
        var page = await (await site.Visitor().GetAsync("/setup?lang=en", Ct)).Content.ReadAsStringAsync(Ct);
        page.ShouldContain(WebUtility.HtmlEncode(SetupPage.BadLink.En));
        var (anyone, form) = await Opened(site, key);
        form["key"] = key[1..] + "0";
        using var answer = await site.Appends([], () => Send(anyone, form));
        ((int)answer.StatusCode).ShouldBe(403);
        (await Get(site, key)).ShouldBe(200);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_store_with_staff_or_a_newer_key_shuts_the_link(Db engine)
    {
        await using var site = await Site.Start(engine);
        var old = (await site.Of<SetupKey>().Draw(Ct)).ShouldNotBeNull();
        var key = (await site.Of<SetupKey>().Draw(Ct)).ShouldNotBeNull();
        (await Get(site, old)).ShouldBe(403);
        (await Get(site, key)).ShouldBe(200);
        await site.As(Role.Claimant, phone: "13900000001");
        (await Get(site, key)).ShouldBe(200, "a claimant is no staff");
        await site.As(Role.Mediator);
        (await Get(site, key)).ShouldBe(403);
        (await site.Of<SetupKey>().Draw(Ct)).ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Two_at_once_make_one_operator(Db engine)
    {
        await using var site = await Site.Start(engine);
        var key = (await site.Of<SetupKey>().Draw(Ct)).ShouldNotBeNull();
        var (one, first) = await Opened(site, key);
        var (two, second) = await Opened(site, key);
        second["login"] = "wang";
        var answers = await Task.WhenAll(Send(one, first), Send(two, second));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Redirect).ShouldBe(1);
        answers.Count(answer => (int)answer.StatusCode is 403 or 409).ShouldBe(1);
        (await site.Store.Query<Guid>("select id from accounts", null, Ct)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("kind", "", "field.required")]
    [InlineData("kind", "bank", "field.required")]
    [InlineData("nameZh", " ", "field.required")]
    [InlineData("nameEn", "", "field.required")]
    [InlineData("operatorContact", "", "field.required")]
    [InlineData("icp", "12345678", "operator.icp")]
    [InlineData("publicSecurity", "鄂公网安备1号", "operator.public-security")]
    [InlineData("privacyZh", "", "field.required")]
    [InlineData("privacyEn", "short", "field.too-short")]
    [InlineData("agreementZh", "", "field.required")]
    [InlineData("agreementEn", "", "field.required")]
    [InlineData("adminName", "", "field.required")]
    [InlineData("login", "z", "account.login")]
    [InlineData("login", "周 主任", "account.login")]
    [InlineData("password", "too short", "password.length")]
    [InlineData("password", "zhou-zhou-zhou", "password.plain")]
    [InlineData("password", "aaaaaaaaaaaaaaa", "password.plain")]
    [InlineData("email", "zhou", "field.email")]
    [InlineData("phone", "12", "field.phone")]
    public async Task Each_field_is_refused_beside_itself_and_nothing_is_written(
        string field,
        string typed,
        string code
    )
    {
        var site = await sites.On(Db.Sqlite);
        var key = (await site.Of<SetupKey>().Draw(Ct)).ShouldNotBeNull();
        var (anyone, form) = await Opened(site, key);
        form[field] = typed;
        using var answer = await site.Appends([], () => Send(anyone, form));
        ((int)answer.StatusCode).ShouldBe(400);
        var page = await answer.Content.ReadAsStringAsync(Ct);
        page.ShouldContain($"id=\"f-{field.ToLowerInvariant()}-fault\"", customMessage: code);
        if (field != "nameZh")
            page.ShouldContain("value=\"江岸消费调解中心\"", Case.Sensitive, "what was typed stays");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task After_set_up_a_complaint_is_filed_under_the_papers_of_the_day(Db engine)
    {
        await using var site = await Site.Start(engine);
        var key = (await site.Of<SetupKey>().Draw(Ct)).ShouldNotBeNull();
        var (admin, form) = await Opened(site, key);
        (await Send(admin, form)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var shop = await site.Merchant("晴川数码");
        var claimant = await site.As(Role.Claimant, phone: "13900000001");
        var filing = Filing.To(shop, "T1", "耳机右耳没有声音,联系客服三次都没有结果。");
        var filed = await claimant.PostJson("/api/v1/complaints", filing).Json(201);
        var path = $"/api/v1/complaints/{filed.GetProperty("id").GetGuid()}";
        var consents = (await claimant.GetAsync(path, Ct).Json()).GetProperty("consents");
        consents.GetProperty("privacyVersion").GetInt32().ShouldBe(1);
        consents.GetProperty("agreementVersion").GetInt32().ShouldBe(1);

        var changed = new Dictionary<string, string>(form) { ["privacyZh"] = form["privacyZh"] + "\n八、补充说明" };
        changed["__RequestVerificationToken"] = await TokenOf(admin, "/admin/operator");
        using var saved = await site.Appends(
            ["operator.paperIssued"],
            () => admin.PostAsync("/admin/operator", new FormUrlEncodedContent(Concrete(changed)), Ct)
        );
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await CurrentOperator.Load(site.Store, Ct))!.InForce(Paper.Privacy)!.Version.ShouldBe(2);
        (await site.Anyone.GetStringAsync("/papers/privacy/1", Ct)).ShouldContain("第 2 版");

        await claimant.PostJson(path + "/consents", new { passOn = true, publish = true }).Json();
        var after = (await claimant.GetAsync(path, Ct).Json()).GetProperty("consents");
        after.GetProperty("privacyVersion").GetInt32().ShouldBe(2);
    }

    // What set-up kept: the operator's page shows papers with their blanks filled.
    private static Dictionary<string, string> Concrete(Dictionary<string, string> form)
    {
        foreach (var field in new[] { "privacyZh", "privacyEn", "agreementZh", "agreementEn" })
            form[field] = form[field]
                .Replace("{name}", form[field.EndsWith("Zh", StringComparison.Ordinal) ? "nameZh" : "nameEn"])
                .Replace("{contact}", form["operatorContact"]);
        return form;
    }

    private static async Task<int> Get(Site site, string key) =>
        (int)(await site.Anyone.GetAsync("/setup?key=" + key, Ct)).StatusCode;

    private static async Task<(HttpClient Who, Dictionary<string, string> Form)> Opened(Site site, string key)
    {
        var who = site.Visitor();
        var form = Answers(key);
        form["__RequestVerificationToken"] = await TokenOf(who, "/setup?key=" + key);
        return (who, form);
    }

    private static Task<HttpResponseMessage> Send(HttpClient who, Dictionary<string, string> form) =>
        who.PostAsync("/setup", new FormUrlEncodedContent(form), Ct);

    private static async Task<string> TokenOf(HttpClient who, string page) =>
        Token().Match(await who.GetStringAsync(page, Ct)).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]*)\"")]
    private static partial Regex Token();
}
