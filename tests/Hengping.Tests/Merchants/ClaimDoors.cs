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

/// <summary>认领: from the form over the code at the contact on file to the desk's decision and first sign-in.</summary>
public sealed partial class ClaimDoors
{
    private const string Uscc = "91330110MA2H0WHM1W";
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_proven_and_approved_claim_enrols_the_merchant_and_opens_its_account(Db db)
    {
        await using var site = await Site.Start(db);
        var merchant = await site.Merchant("街角小店", enrolled: false);
        (await site.Anyone.GetStringAsync($"/merchants/{merchant}", Ct)).ShouldContain("claim");
        var claim = await Asked(site, merchant);
        var page = $"/merchants/{merchant}/claim?claim={claim}";
        var letter = (await Outbox.Newest(site.Store, 10, Ct)).Single(l => l.Template == "claim-code");
        letter.To.ShouldBe("desk@example.org", "the contact on file, never the number that was typed");

        (await site.Appends([], () => Send(site, page, "Code", ("code", "x")))).Status.ShouldBe(400);
        var desk = await site.As(Role.Mediator);
        var decide = $"/api/v1/claims/{claim}/decide";
        var yes = new { approve = true, reason = "执照与名称一致" };
        await desk.PostJson(decide, yes).Refused(409, "claim.not-open");
        var code = letter.Values["code"];
        await site.Appends(["merchant.claimProven"], () => Send(site, page, "Code", ("code", code)));
        (await Send(site, page, "Code", ("code", code))).Status.ShouldBe(400, "a code works once");

        await site.Anyone.PostJson(decide, yes).Refused(401, "unauthorized");
        await (await site.As(Role.Merchant, merchant)).PostJson(decide, yes).Refused(403, "forbidden");
        await desk.PostJson($"/api/v1/claims/{Guid.NewGuid()}/decide", yes).Refused(404, "not-found");
        await desk.PostJson(decide, new { approve = true, reason = "" }).Json(400);
        await site.Appends(
            ["merchant.claimApproved", "merchant.enrolled", "account.opened", "account.passwordSet"],
            () => desk.PostJson(decide, yes).Json()
        );
        (await site.Store.ReadStory(MerchantBook.Instance, merchant, Ct))
            .Select(one => one.Event)
            .OfType<MerchantEvent.ClaimApproved>()
            .Single()
            .Reason.ShouldBe("执照与名称一致", "why it was approved is kept");
        await desk.PostJson(decide, yes).Refused(409, "merchant.enrolled");
        var (caller, _, _) = await SignIn.WithPassword(site.Store, "13911112222", "long-enough-words", Ct);
        caller!.Merchant.ShouldBe(merchant);
        caller.Role.ShouldBe(Role.Merchant);
        (await site.Anyone.GetStringAsync(page, Ct)).ShouldContain("认领已通过");
        (await site.Anyone.GetStringAsync($"/merchants/{merchant}/claim", Ct)).ShouldContain("该商家已入驻");
        site.Log.All.ShouldAllBe(line => !line.Contains(code) && !line.Contains("13911112222"));

        (await MerchantClaims.Find(site.Store, claim, Ct))!.Applicant.ShouldNotBeNull();
        (await Erasure.Erase(site.Store, caller.Account, "request", "cli", Ct)).Refusal.ShouldBeNull();
        var erased = await MerchantClaims.Find(site.Store, claim, Ct);
        erased!.Applicant.ShouldBeNull("what they said of themselves goes with their account");
        (await Outbox.Newest(site.Store, 10, Ct)).ShouldAllBe(l => l.To != "13911112222");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_refused_claim_is_told_and_only_staff_open_its_licence(Db db)
    {
        await using var site = await Site.Start(db);
        var merchant = await site.Merchant("街角小店", enrolled: false);
        var claim = await Asked(site, merchant);
        var page = $"/merchants/{merchant}/claim?claim={claim}";
        var code = (await Outbox.Newest(site.Store, 10, Ct)).Single(l => l.Template == "claim-code").Values["code"];
        await Send(site, page, "Code", ("code", code));
        var staff = await site.As(Role.Mediator);
        var desk = await site.Browsing(staff);
        var licence = Licence().Match(await desk.GetStringAsync("/desk/claims", Ct)).Groups[1].Value;
        (await desk.GetByteArrayAsync(licence, Ct)).ShouldBe(Png);
        var other = await site.Browsing(await site.As(Role.Merchant, await site.Merchant("别家")));
        foreach (var (who, path, status) in new[] { (other, licence, 404), (other, "/desk/claims", 403) })
        {
            using var answer = await who.GetAsync(path, Ct);
            ((int)answer.StatusCode).ShouldBe(status, path);
        }
        (string, string)[] no = [("claim", $"{claim}"), ("approve", "false"), ("reason", "执照与商家名称不一致")];
        (await site.Appends([], () => Send(other, "/desk/claims", null, no))).Status.ShouldBe(403);
        (await site.Appends(["merchant.claimRefused"], () => Send(desk, "/desk/claims", null, no))).Status.ShouldBe(
            302
        );
        (await site.Anyone.GetStringAsync(page, Ct)).ShouldContain("执照与商家名称不一致");
        (await Outbox.Newest(site.Store, 10, Ct)).ShouldContain(l =>
            l.Template == "claim-refused" && l.To == "13911112222"
        );
        (await site.Anyone.GetStringAsync($"/merchants/{merchant}/claim", Ct)).ShouldContain("name=\"uscc\"");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_claim_is_refused_field_by_field_and_where_nothing_can_be_proven(Db db)
    {
        await using var site = await Site.Start(db);
        var merchant = await site.Merchant("街角小店", enrolled: false);
        var page = $"/merchants/{merchant}/claim";
        var bad = await site.Appends(
            [],
            () => Send(site, page, null, ("name", "a"), ("uscc", "123"), ("phone", "1"), ("password", "short"))
        );
        bad.Status.ShouldBe(400);
        bad.Text.ShouldContain("18 位");
        var enrolled = $"/merchants/{await site.Merchant("已入驻的店")}/claim";
        var late = await site.Appends([], () => Send(site, enrolled, null, [.. Good]));
        late.Status.ShouldBe(409);
        for (var n = 0; n < 5; n++)
            await Asked(site, merchant);
        (await Send(site, page, null, [.. Good])).Status.ShouldBe(409);
        var old = await Asked(site, await site.Merchant("另一家", enrolled: false));
        site.Clock.Turn(TimeSpan.FromMinutes(31));
        var letters = await Outbox.Newest(site.Store, 1, Ct);
        var other = (
            await site.Store.First<Guid>("select merchant from merchant_claims where id = @old", new { old }, Ct)
        );
        var expired = await Send(
            site,
            $"/merchants/{other}/claim?claim={old}",
            "Code",
            ("code", letters[0].Values["code"])
        );
        expired.Status.ShouldBe(400);
    }

    private static readonly (string, string)[] Good =
    [
        ("name", "陈店主"),
        ("uscc", Uscc),
        ("phone", "13911112222"),
        ("password", "long-enough-words"),
    ];

    private static async Task<Guid> Asked(Site site, Guid merchant)
    {
        var sent = await site.Appends(
            ["evidence.uploaded", "merchant.claimAsked"],
            () => Send(site, $"/merchants/{merchant}/claim", null, [.. Good])
        );
        sent.Status.ShouldBe(302);
        return Guid.Parse(sent.To.Split("claim=")[1]);
    }

    private static Task<(int Status, string Text, string To)> Send(
        Site site,
        string page,
        string? handler,
        params (string, string)[] fields
    ) => Send(site.Anyone, page, handler, fields);

    private static async Task<(int Status, string Text, string To)> Send(
        HttpClient who,
        string page,
        string? handler,
        params (string, string)[] fields
    )
    {
        var token = FormToken().Match(await who.GetStringAsync("/progress", Ct)).Groups[1].Value;
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" } };
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        if (fields.Length == Good.Length)
            form.Add(new ByteArrayContent(Png), "licence", "a.png");
        var at = handler is null ? page : page + (page.Contains('?') ? "&" : "?") + "handler=" + handler;
        using var answer = await who.PostAsync(at, form, Ct);
        var to = answer.Headers.Location?.ToString() ?? "";
        return ((int)answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct)), to);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]*)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("href=\"(/evidence/[^\"]*)\"")]
    private static partial Regex Licence();
}
