using System.Net;
using System.Text.Json;
using Hengping.Rules.Fields;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>POST /complaints over real HTTP.</summary>
public sealed class FilingDoor(Sites sites) : IClassFixture<Sites>
{
    private const string Complaints = "/api/v1/complaints";

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_consumer_files_and_gets_a_receipt(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var receipt = await desk.Site.Appends(
            ["complaint.filed"],
            () => desk.Claimant.PostJson(Complaints, desk.Body()).Json(201)
        );
        receipt.GetProperty("status").GetString().ShouldBe("filed");
        CaseNumber.Parse(receipt.GetProperty("number").GetString()).ShouldNotBeNull();
        // Seven working days from Monday 2026-10-12 end on Wednesday 10-21.
        receipt.GetProperty("due").GetDateTimeOffset().UtcDateTime.ShouldBe(new DateTime(2026, 10, 21, 15, 59, 59));
        var shown = await desk.Claimant.GetAsync(Desk.At(receipt.GetProperty("id").GetString()!)).Json();
        shown.GetProperty("story").GetString()!.ShouldContain("水壶");
        shown.GetProperty("claimant").GetProperty("phone").GetString().ShouldBe("13800000001");
        shown.GetProperty("province").GetString().ShouldBe("33");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_name_nobody_knows_becomes_a_merchant_in_the_same_commit(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var body = desk.Body("respondent", new { name = " 从没见过的店 " });
        await desk.Site.Appends(
            ["merchant.added", "complaint.filed"],
            () => desk.Claimant.PostJson(Complaints, body).Json(201)
        );
        await desk.Site.Appends(["complaint.filed"], () => desk.Stranger.PostJson(Complaints, body).Json(201));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_same_open_order_is_a_duplicate_until_it_is_over(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var body = desk.Body("orderNo", "DD-2026-0001");
        var first = await desk.Claimant.PostJson(Complaints, body).Json(201);
        await desk.Site.Appends(
            [],
            async () =>
            {
                await desk.Claimant.PostJson(Complaints, body).Refused(409, "complaint.duplicate");
                return 0;
            }
        );
        var no = await desk.Claimant.PostJson(Complaints, desk.Body("orderNo", " dd-2026-0001 ")).Json(409);
        no.GetProperty("title").GetString()!.ShouldContain(first.GetProperty("number").GetString()!);
        await desk.Stranger.PostJson(Complaints, body).Json(201);
        await desk.Claimant.PostJson(Desk.At(first.GetProperty("id").GetString()!, "withdraw")).Json();
        await desk.Claimant.PostJson(Complaints, body).Json(201);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_merchant_files_against_a_platform_and_is_delivered_at_once(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var receipt = await desk.Site.Appends(
            ["complaint.filed", "complaint.delivered"],
            () => desk.Merchant.PostJson(Complaints, desk.MerchantBody()).Json(201)
        );
        receipt.GetProperty("status").GetString().ShouldBe("delivered");
        var id = receipt.GetProperty("id").GetString()!;
        await desk.PlatformDesk.GetAsync(Desk.At(id)).Json();
        await desk.OtherMerchant.GetAsync(Desk.At(id)).Refused(404, "not-found");
        var against = desk.MerchantBody();
        against["respondent"] = new { id = desk.OtherShop };
        var no = await desk.Merchant.PostJson(Complaints, against).Json(400);
        no.GetProperty("errors").TryGetProperty("respondent.id", out _).ShouldBeTrue();
        await desk.Merchant.PostJson(Complaints, desk.Body()).Refused(403, "forbidden");
        await desk.Claimant.PostJson(Complaints, desk.MerchantBody()).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Wrong_fields_are_named_in_the_language_asked_for()
    {
        await using var desk = await Desk.Open(sites, Db.Sqlite);
        var body = desk.Body("story", "短");
        body["contact"] = new { name = "王", phone = "12345" };
        body["respondent"] = new { id = Guid.NewGuid() };
        body["evidence"] = new[] { Guid.NewGuid() };
        body.Remove("demands");
        var no = await desk.Site.Appends([], () => desk.Claimant.PostJson(Complaints, body).Json(400));
        var errors = no.GetProperty("errors").EnumerateObject().ToDictionary(e => e.Name, e => e.Value[0].GetString()!);
        errors.Keys.Order().ShouldBe(["contact.name", "contact.phone", "demands", "respondent.id", "story"]);
        errors["contact.phone"].ShouldContain("手机号");
        desk.Claimant.DefaultRequestHeaders.AcceptLanguage.Clear();
        desk.Claimant.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var english = await desk.Claimant.PostJson(Complaints, body).Json(400);
        english.GetProperty("errors").GetProperty("contact.phone")[0].GetString()!.ShouldContain("mainland mobile");
        body = desk.Body("evidence", new[] { Guid.NewGuid() });
        var evidence = await desk.Claimant.PostJson(Complaints, body).Json(400);
        evidence.GetProperty("errors").TryGetProperty("evidence", out _).ShouldBeTrue();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_same_key_and_body_gets_the_first_answer_again(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        Task<HttpResponseMessage> File(object body)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, Complaints)
            {
                Content = new StringContent(
                    JsonSerializer.Serialize(body),
                    System.Text.Encoding.UTF8,
                    "application/json"
                ),
            };
            request.Headers.Add("Idempotency-Key", "k-1");
            return desk.Claimant.SendAsync(request);
        }
        var first = await File(desk.Body()).Json(201);
        var again = await desk.Site.Appends([], () => File(desk.Body()).Json(201));
        again.GetRawText().ShouldBe(first.GetRawText());
        await File(desk.Body("amount", "1")).Refused(422, "idempotency.mismatch");
    }

    [Fact]
    public async Task Nobody_files_without_a_token_or_for_another_role()
    {
        await using var desk = await Desk.Open(sites, Db.Sqlite);
        await desk.Site.Anyone.PostJson(Complaints, desk.Body()).Refused(401, "unauthorized");
        await desk.Mediator.PostJson(Complaints, desk.Body()).Refused(403, "forbidden");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData("{\"respondent\":5}")]
    [InlineData("{\"respondent\":{\"id\":\"not-a-guid\"}}")]
    [InlineData("{\"demands\":\"refund\"}")]
    [InlineData("{\"amount\":\"1e999\"}")]
    [InlineData("{\"story\":\"\\ud800\"}")]
    [InlineData("{\"evidence\":[null]}")]
    [InlineData("{\"demands\":[null],\"consents\":null,\"contact\":{}}")]
    public async Task Malformed_bodies_are_400(string text)
    {
        await using var desk = await Desk.Open(sites, Db.Sqlite);
        var content = new StringContent(text, System.Text.Encoding.UTF8, "application/json");
        (await desk.Claimant.PostAsync(Complaints, content)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var form = new StringContent("a=b", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        await desk.Claimant.PostAsync(Complaints, form).Refused(415, "request.media-type");
    }
}
