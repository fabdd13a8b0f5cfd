using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>
/// A store of before an erasure beside the keys of after it: it takes the person for alive, and no key of theirs is
/// left. Everything about them is refused, and nothing fails.
/// </summary>
public sealed class KeysAheadOfStore
{
    private const string Phone = "13800000001";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Whoever_was_erased_is_signed_out_and_their_cases_take_no_more_words(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var id = await desk.Delivered();
        var filed = await desk.Filed(desk.Body("orderNo", "DD-2"));
        var browser = await site.Browsing(desk.Claimant);
        (await browser.GetAsync("/me", Ct)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        var person = await AccountDesk.FindByPhone(site.Store, Role.Claimant, Phone, Ct);
        var keys = await site.Store.Query<long>(
            "select key from streams where stream = @person or stream in "
                + "(select id from complaints where claimant = @person)",
            new { person },
            Ct
        );
        keys.Count.ShouldBe(3);
        foreach (var key in keys)
            site.Store.Keys.Destroy(key);
        site.Of<TokenCallers>().Forget();

        await desk.Claimant.PostJson("/api/v1/complaints", desk.Body("orderNo", "DD-3")).Refused(401, "unauthorized");
        await desk.Claimant.GetAsync("/api/v1/complaints", Ct).Refused(401, "unauthorized");
        ((int)(await browser.GetAsync("/me", Ct)).StatusCode).ShouldBe(302, "to sign in");

        var visitor = site.Visitor();
        (await visitor.Send("/signin", "Code", ("phone", Phone))).Status.ShouldBe(200);
        var letter = (await Outbox.Newest(site.Store, 20, Ct)).First(one => one.Template == "sign-in-code");
        var code = Regex.Match(site.TextOf(letter), @"\d{6}").Value;
        var entered = await site.Appends([], () => visitor.Send("/signin", "Enter", ("phone", Phone), ("code", code)));
        entered.Status.ShouldBe(400);
        System.Net.WebUtility.HtmlDecode(entered.Body).ShouldContain(KeyRing.Destroyed.Zh);

        var reply = new { text = "已为您办理全额退款,3日内原路到账。" };
        await desk.Merchant.PostJson(Desk.At(id, "reply"), reply).Refused(410, "keys.destroyed");
        await site.Appends(
            ["complaint.delivered"],
            async () =>
            {
                (await Once(desk.Mediator, Desk.At(filed, "deliver"))).ShouldBe(200, "it says nothing of anybody");
                return 0;
            }
        );
        (await site.Appends([], () => Once(desk.Mediator, Desk.At(filed, "deliver")))).ShouldBe(200, "the same again");
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
    }

    private static async Task<int> Once(HttpClient who, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { }) };
        request.Headers.Add("Idempotency-Key", "once-and-again");
        using var answer = await who.SendAsync(request, Ct);
        return (int)answer.StatusCode;
    }
}
