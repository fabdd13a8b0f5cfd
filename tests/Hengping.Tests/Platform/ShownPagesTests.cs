using System.Net;
using System.Text;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>
/// What a form was answered with is there for the browser and the account it was shown to, and for nobody else; a form
/// whose token is not good is shown again, and does nothing.
/// </summary>
public sealed class ShownPagesTests(Sites sites) : IClassFixture<Sites>
{
    private const string Said = "右耳一直没有声音，客服三次都说等通知。";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task It_is_shown_to_its_browser_until_its_time_is_over(Db engine)
    {
        await using var site = await Site.Start(engine);
        var browser = site.Visitor();
        var (address, page) = await Typed(browser);
        page.ShouldContain(Said);
        for (var time = 0; time < 2; time++)
        {
            using var again = await browser.GetAsync(address, Ct);
            again.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            again.Headers.CacheControl!.NoStore.ShouldBeTrue();
            (await again.Content.ReadAsStringAsync(Ct)).ShouldBe(page);
        }
        (await Leads(site.Visitor(), address)).ShouldBe("/file", "another browser");

        var boxes = await site.Store.Query<byte[]>("select box from shown_pages", null, Ct);
        boxes.ShouldNotBeEmpty();
        var clear = Encoding.UTF8.GetBytes("右耳");
        boxes.Where(box => box.AsSpan().IndexOf(clear) >= 0).ShouldBeEmpty();

        site.Clock.Turn(TimeSpan.FromMinutes(41));
        (await Leads(browser, address)).ShouldBe("/file", "its time is over");
        (await site.Of<ShownPages>().Sweep(Ct)).ShouldBe(boxes.Count);
        (await site.Store.First<long>("select count(*) from shown_pages", null, Ct)).ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_browser_has_so_many_and_the_oldest_goes(Db engine)
    {
        var site = await sites.On(engine);
        var browser = site.Visitor();
        var (first, _) = await Typed(browser);
        var last = "";
        for (var n = 0; n < ShownPages.OfBrowserMax; n++)
            (last, _) = await Typed(browser);
        (await Leads(browser, first)).ShouldBe("/file");
        (await Leads(browser, last)).ShouldBeNull();
    }

    [Fact]
    public async Task It_is_shown_to_its_account_alone_and_signing_out_ends_it()
    {
        var site = await sites.On(Db.Sqlite);
        var browser = site.Visitor();
        var (address, _) = await Typed(browser);
        await SignIn(site, browser);
        var own = await browser.GetStringAsync(address, Ct);
        own.ShouldContain(Said, Case.Sensitive, "typed before they signed in");
        own.ShouldContain("action=\"/signout\"");

        var (signedIn, _) = await Typed(browser);
        using (await browser.ByHand("/signout", Form(Forms.TokenOf(own)))) { }
        (await Leads(browser, signedIn)).ShouldBe("/file");
        (await Leads(browser, address)).ShouldBe("/file");

        var (nobodys, _) = await Typed(browser);
        await SignIn(site, browser);
        var (ones, _) = await Typed(browser);
        await SignIn(site, browser);
        (await Leads(browser, ones)).ShouldBe("/file", "somebody else's");
        (await Leads(browser, nobodys)).ShouldBeNull();
    }

    [Fact]
    public async Task In_the_other_language_a_step_stands_where_it_stood()
    {
        var site = await sites.On(Db.Sqlite);
        var browser = site.Visitor();
        var (address, page) = await Typed(browser);
        page.ShouldContain(WebUtility.HtmlEncode(address).Replace("/file?", "") + "&amp;lang=en");
        var english = await browser.GetStringAsync(address + "&lang=en", Ct);
        english.ShouldContain("lang=\"en\"");
        english.ShouldContain(Texts.All["file.step.2.title"][1]);
        english.ShouldContain(Said);
        english.ShouldContain("id=\"f-amount-fault\"");
    }

    [Fact]
    public async Task A_form_without_a_good_token_is_shown_again_with_what_was_typed()
    {
        await using var desk = await Desk.Open(Db.Sqlite);
        var id = await desk.Delivered();
        var number = (await desk.Claimant.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString();
        var (browser, room) = (await desk.Site.Browsing(desk.Claimant), $"/cases/{number}");
        var old = Form("old", ("message", "请尽快退款 & 回复 <我>"));

        using (var far = await browser.ByHand($"{room}?handler=Message", old, "cross-site"))
            far.Headers.Location!.ToString().ShouldBe("/error/400");
        old = Form("old", ("message", "请尽快退款 & 回复 <我>"));
        var again = await desk.Site.Appends([], () => browser.ByHand($"{room}?handler=Message", old));
        var address = again.Headers.Location!.ToString();
        address.ShouldStartWith(room + "?shown=");
        var page = await browser.GetStringAsync(address, Ct);
        page.ShouldContain(Texts.All["form.stale"][0]);
        WebUtility.HtmlDecode(page).ShouldContain(">\n请尽快退款 & 回复 <我></textarea>");

        var form = Form(Forms.TokenOf(page), ("message", "请尽快退款 & 回复 <我>"));
        await desk.Site.Appends(["complaint.messageSent"], () => browser.ByHand($"{room}?handler=Message", form));
    }

    [Fact]
    public async Task What_was_typed_when_the_session_was_over_is_there_after_signing_in()
    {
        var site = await sites.On(Db.Sqlite);
        var visitor = site.Visitor();
        using var answer = await visitor.ByHand(
            "/admin/departments",
            Form("old", ("name", "家电组"), ("password", "x"))
        );
        var next = WebUtility.UrlDecode(answer.Headers.Location!.ToString());
        next.ShouldStartWith("/signin?next=/admin/departments?shown=");
        using var wizard = await visitor.ByHand("/signin?handler=Enter", Form("old", ("phone", "13900000009")));
        var page = await visitor.GetStringAsync(wizard.Headers.Location, Ct);
        // The page it came from is another step: one button sends it as it was.
        page.ShouldContain("action=\"/signin?handler=Enter\"");
        page.ShouldContain("value=\"13900000009\"");
        page.ShouldContain(Texts.All["away.send"][0]);
    }

    private static async Task<string?> Leads(HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(address, Ct);
        return answer.StatusCode == HttpStatusCode.Redirect ? answer.Headers.Location!.ToString() : null;
    }

    // The second step of a filing, with a sum that is none.
    private static async Task<(string Address, string Page)> Typed(HttpClient browser)
    {
        var token = Forms.TokenOf(await browser.GetStringAsync("/file", Ct));
        var form = Form(token, ("step", "2"), ("go", "next"), ("story", Said), ("amount", "many"));
        using var answer = await browser.ByHand("/file", form);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var address = answer.Headers.Location!.ToString();
        address.ShouldStartWith("/file?step=2&shown=");
        using var shown = await browser.Shown(answer);
        shown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        return (address, await shown.Content.ReadAsStringAsync(Ct));
    }

    private static async Task SignIn(Site site, HttpClient browser)
    {
        var phone = Sites.OwnPhone();
        await browser.Send("/signin", "Code", ("phone", phone));
        var letters = await Outbox.Newest(site.Store, 50, Ct);
        var letter = letters.First(one => one.Template == "sign-in-code" && one.To == phone);
        var code = System.Text.RegularExpressions.Regex.Match(site.TextOf(letter), @"\d{6}").Value;
        (await browser.Send("/signin", "Enter", ("phone", phone), ("code", code))).Status.ShouldBe(302);
    }

    private static FormUrlEncodedContent Form(string token, params (string Name, string Value)[] fields) =>
        new(
            fields
                .Select(field => new KeyValuePair<string, string>(field.Name, field.Value))
                .Append(new("__RequestVerificationToken", token))
        );
}
