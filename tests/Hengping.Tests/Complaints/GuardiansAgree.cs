using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>Of 14 to 17 a guardian agrees to what is settled or given up; a withdrawal asks why.</summary>
public sealed class GuardiansAgree(Sites sites) : IClassFixture<Sites>
{
    private static readonly object Mother = new
    {
        name = "周海燕",
        relation = "母亲",
        phone = "13900001234",
        agrees = true,
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_offer_is_accepted_and_a_complaint_withdrawn_with_the_guardian_who_agreed(Db db)
    {
        var desk = await sites.DeskOn(db);
        async Task<string> Minors(string order)
        {
            var body = desk.Body("filedFor", "minor");
            body["orderNo"] = order + Sites.OwnPhone();
            return await Desk.Then(desk.Filed(body), desk.Mediator, "deliver");
        }
        var id = await Desk.Then(Minors("A"), desk.Merchant, "offers", desk.Offer());
        var accept = Desk.At(id, "offers/1/accept");
        var no = await desk.Site.Appends([], () => desk.Claimant.PostJson(accept).Json(400));
        string[] asked = ["guardian.name", "guardian.relation", "guardian.phone", "guardian.agrees"];
        no.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe(asked, ignoreOrder: true);
        await desk.Claimant.PostJson(Desk.At(id, "offers/2/accept")).Refused(404, "offer.unknown");
        var yes = new { guardian = Mother };
        await desk.Site.Appends(["complaint.offerAccepted"], () => desk.Claimant.PostJson(accept, yes).Json());
        (await desk.Claimant.GetStringAsync(Desk.At(id, "events"), Ct)).ShouldContain("周海燕");
        (await desk.Mediator.GetStringAsync(Desk.At(id, "events"), Ct)).ShouldContain("周海燕");
        (await desk.Merchant.GetStringAsync(Desk.At(id, "events"), Ct)).ShouldNotContain("周海燕");

        var other = await Minors("B");
        var withdraw = Desk.At(other, "withdraw");
        await desk.Site.Appends([], () => desk.Claimant.PostJson(withdraw).Refusal(400, "request.invalid"));
        var number = (await desk.Claimant.GetAsync(Desk.At(other)).Json()).GetProperty("number").GetString();
        var browser = await desk.Site.Browsing(desk.Claimant);
        (await browser.GetStringAsync($"/cases/{number}", Ct)).ShouldContain("监护人同意");
        (string, string?)[] form =
        [
            ("reason", "withdrawn-asked"),
            ("guardian.name", "周海燕"),
            ("guardian.relation", "母亲"),
            ("guardian.phone", "13900001234"),
            ("guardian.agrees", "true"),
        ];
        // Who agreed need not be written again for what was forgotten.
        var lacking = await desk.Site.Appends([], () => browser.Send($"/cases/{number}", "Withdraw", form[..3]));
        lacking.Body.ShouldContain("id=\"f-guardian-name\" name=\"guardian.name\" value=\"周海燕\"");
        lacking.Body.ShouldContain("href=\"#f-guardian-agrees\"");
        lacking.Body.Split("id=\"f-guardian-agrees\"").Length.ShouldBe(2);
        await desk.Site.Appends(["complaint.withdrawn"], () => browser.Send($"/cases/{number}", "Withdraw", form));
        (await browser.GetStringAsync($"/cases/{number}", Ct)).ShouldContain("商家要求我撤回");
        (await desk.Merchant.GetStringAsync(Desk.At(other, "events"), Ct)).ShouldNotContainAny([
            "withdrawn-",
            "周海燕",
        ]);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task In_a_joint_complaint_the_guardian_agrees_to_what_binds_the_member(Db db)
    {
        const string Joint = "/api/v1/joint";
        await using var desk = await Desk.Open(db);
        var minors = await Desk.Then(desk.Filed(desk.Body("filedFor", "minor")), desk.Mediator, "deliver");
        var filed = await desk.Stranger.PostJson("/api/v1/complaints", desk.Body()).Json(201);
        var others = filed.GetProperty("id").GetString()!;
        await desk.Mediator.PostJson(Desk.At(others, "deliver")).Json();
        var proposed = await desk.Claimant.PostJson(Joint, new { complaint = minors }).Json(201);
        var id = proposed.GetProperty("id").GetString();
        await desk.Mediator.PostJson($"{Joint}/{id}/confirm").Json();
        await desk.Stranger.PostJson($"{Joint}/{id}/join").Json();
        var terms = new
        {
            terms = "每人全额退款并承担运费",
            amount = "129.90",
            dueBy = desk.Site.Clock.GetUtcNow().AddDays(10),
        };
        var looked = new
        {
            terms.terms,
            terms.amount,
            terms.dueBy,
            asksFirst = true,
        };
        await desk.Site.Appends(
            [],
            () => desk.Merchant.PostJson($"{Joint}/{id}/settle", looked).Refusal(409, "joint.look")
        );
        await desk.Merchant.PostJson($"{Joint}/{id}/settle", terms).Json();
        var agree = $"{Joint}/{id}/matters/1/agree";
        await desk.Site.Appends(["joint.agreed"], () => desk.Stranger.PostJson(agree).Json());
        await desk.Site.Appends([], () => desk.Claimant.PostJson(agree).Refusal(400, "request.invalid"));
        var first = new { guardian = Mother, asksFirst = true };
        await desk.Site.Appends([], () => desk.Claimant.PostJson(agree, first).Refusal(409, "joint.look"));
        var kinds = new[] { "joint.agreed", "joint.carried", "complaint.offerAccepted", "complaint.offerAccepted" };
        var before = await desk.Site.Head();
        await desk.Claimant.PostJson(agree, new { guardian = Mother }).Json();
        (await desk.Site.KindsSince(before)).ShouldBe(kinds, ignoreOrder: true);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_withdrawal_says_why_or_nothing_and_no_guardian_is_asked_of_adults(Db db)
    {
        var desk = await sites.DeskOn(db);
        var (why, silent) = (await desk.Delivered(), await desk.Delivered());
        var at = Desk.At(why, "withdraw");
        await desk.Site.Appends(
            [],
            () => desk.Claimant.PostJson(at, new { reason = "bored" }).Refusal(400, "request.invalid")
        );
        var said = await desk.Claimant.PostJson(at, new { reason = "withdrawn-solved" }).Json();
        said.GetProperty("endReason").GetString().ShouldBe("withdrawn-solved");
        (await desk.Merchant.GetAsync(Desk.At(why)).Json()).TryGetProperty("endReason", out _).ShouldBeFalse();
        var unsaid = await desk.Claimant.PostJson(Desk.At(silent, "withdraw")).Json();
        unsaid.GetProperty("endReason").GetString().ShouldBe("withdrawn");
    }
}
