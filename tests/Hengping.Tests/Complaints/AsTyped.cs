using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>What people type and programs send is read as it was meant, at every door, or asked back.</summary>
public sealed class AsTyped(Sites sites) : IClassFixture<Sites>
{
    private const string Story = "买的水壶第三天就不加热了，联系店里三次都没有结果。";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static JsonObject Body(Guid merchant, string orderNo, params (string Field, JsonNode? Value)[] changes)
    {
        var body = JsonSerializer.SerializeToNode(Filing.To(merchant, orderNo, Story), Cli.JsonFormat)!.AsObject();
        foreach (var (field, value) in changes)
        {
            var parts = field.Split('.');
            (parts.Length == 1 ? body : body[parts[0]]!.AsObject())[parts[^1]] = value;
        }
        return body;
    }

    private static string FaultOf(JsonElement answer, string field) =>
        answer.GetProperty("errors").GetProperty(field)[0].GetString()!;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_sum_is_what_was_meant_or_asked_back(Db engine)
    {
        var site = await sites.On(engine);
        var merchant = await site.Merchant(Sites.OwnName("晴川数码"));
        var claimant = await site.As(Role.Claimant, phone: Sites.OwnPhone());
        foreach (var wrong in new[] { "199,50", "1,2,3", "１９９，５" })
        {
            var no = await claimant.PostJson("/api/v1/complaints", Body(merchant, wrong, ("amount", wrong))).Json(400);
            FaultOf(no, "amount").ShouldContain("199.50", customMessage: wrong);
        }
        foreach (var (typed, sum) in new[] { ("￥1,299.00", "1299.00"), ("１９９", "199.00"), ("88.5元", "88.50") })
        {
            var filed = await claimant
                .PostJson("/api/v1/complaints", Body(merchant, typed, ("amount", typed)))
                .Json(201);
            var id = filed.GetProperty("id").GetGuid();
            var shown = await claimant.GetAsync($"/api/v1/complaints/{id}", Ct).Json();
            shown.GetProperty("amount").GetString().ShouldBe(sum);
        }
        var visitor = site.Visitor();
        var page = await visitor.Send(
            "/file",
            "",
            ("step", "2"),
            ("go", "next"),
            ("story", Story),
            ("amount", "199,50")
        );
        page.Body.ShouldContain("199.50");
        page.Body.ShouldContain("value=\"199,50\"");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_nobody_sees_makes_no_other_merchant_order_or_phone(Db engine)
    {
        var site = await sites.On(engine);
        var claimant = await site.As(Role.Claimant, phone: Sites.OwnPhone());
        var name = Sites.OwnName("测试商城");
        var ids = new List<Guid>();
        foreach (var typed in new[] { name, name + "\u200b", name[..2] + "\u00ad" + name[2..], "\u2060" + name })
        {
            var body = Body(Guid.Empty, $"N{ids.Count}", ("respondent", new JsonObject { ["name"] = typed }));
            var filed = await claimant.PostJson("/api/v1/complaints", body).Json(201);
            var shown = await claimant.GetAsync($"/api/v1/complaints/{filed.GetProperty("id").GetGuid()}", Ct).Json();
            ids.Add(shown.GetProperty("respondent").GetProperty("id").GetGuid());
        }
        ids.Distinct().ShouldHaveSingleItem();

        var merchant = await site.Merchant(Sites.OwnName("长虹电器"));
        await claimant.PostJson("/api/v1/complaints", Body(merchant, "2301234567890123456")).Json(201);
        foreach (var same in new[] { "2301234567890123456\u200e", "\u20602301234567890123456" })
            await claimant.PostJson("/api/v1/complaints", Body(merchant, same)).Refused(409, "complaint.duplicate");
        var empty = Body(merchant, "E1", ("story", string.Concat(Enumerable.Repeat("\u200b", 20))));
        FaultOf(await claimant.PostJson("/api/v1/complaints", empty).Json(400), "story").ShouldNotBeEmpty();
        var abroad = Body(merchant, "E2", ("contact.phone", "+1 415 555 2671"));
        FaultOf(await claimant.PostJson("/api/v1/complaints", abroad).Json(400), "contact.phone")
            .ShouldContain("港澳台");
        var landline = Body(merchant, "E3", ("contact.phone", "+86 21 5206 6273"), ("contact.province", "440000"));
        await claimant.PostJson("/api/v1/complaints", landline).Json(201);
    }

    [Theory]
    [InlineData("138 0000 0077")]
    [InlineData("+86 13800000078")]
    [InlineData("138-0000-0079")]
    [InlineData("１３８００００００８０")]
    public async Task A_phone_signs_in_however_it_is_written(string typed)
    {
        var site = await sites.On(Db.Sqlite);
        var visitor = site.Visitor();
        var sent = await visitor.Send("/signin", "Code", ("phone", typed));
        sent.Body.ShouldContain("name=\"code\"");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Another_name_than_the_one_chosen_for_is_asked_about_again(Db engine)
    {
        var site = await sites.On(engine);
        var (first, second) = (Sites.OwnName("晴川数码"), Sites.OwnName("长虹电器"));
        var (one, other) = (await site.Merchant(first), await site.Merchant(second));
        var visitor = site.Visitor();
        (string, string?)[] rest = [("step", "1"), ("go", "next"), ("problem", "refund"), ("sector", "general-retail")];

        var kept = await visitor.Send(
            "/file",
            "",
            [.. rest, ("respondentName", first), ("respondentId", $"{one}"), ("shownFor", first)]
        );
        kept.Body.ShouldContain($"name=\"RespondentId\" value=\"{one}\"");

        // Another name typed over a choice: its own exact entry, or the question again; never the one of before.
        var exact = await visitor.Send(
            "/file",
            "",
            [.. rest, ("respondentName", second), ("respondentId", $"{one}"), ("shownFor", first)]
        );
        exact.Body.ShouldContain($"name=\"RespondentId\" value=\"{other}\"");
        exact.Body.ShouldNotContain($"{one}");
        // The beginning of a name is found by its keys, which come a moment after it.
        await Listening.CatchUp(site.Store, [new MerchantKeysListener()], Ct);
        var asked = await visitor.Send(
            "/file",
            "",
            [.. rest, ("respondentName", second[..4]), ("respondentId", $"{one}"), ("shownFor", first)]
        );
        asked.Body.ShouldContain($"value=\"{other}\"");
        asked.Body.ShouldNotContain($"{one}");
        asked.Body.ShouldContain("name=\"shownFor\"");
        var nobody = await visitor.Send(
            "/file",
            "",
            [.. rest, ("respondentName", Sites.OwnName("没有这家")), ("respondentId", $"{one}"), ("shownFor", first)]
        );
        nobody.Body.ShouldNotContain($"{one}");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Programs_are_answered_as_the_standard_says(Db engine)
    {
        var site = await sites.On(engine);
        foreach (var path in new[] { "/api/v1/merchants", "/healthz", "/openapi/v1.json", "/api/v1/nothing" })
        {
            using var get = await site.Anyone.GetAsync(path, Ct);
            using var head = await site.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Ct);
            head.StatusCode.ShouldBe(get.StatusCode, path);
            head.Content.Headers.ContentType.ShouldBe(get.Content.Headers.ContentType, path);
            (await head.Content.ReadAsByteArrayAsync(Ct)).ShouldBeEmpty(path);
        }
        await site.Anyone.GetAsync("/api/v1/merchants?cursor=nothing-of-ours!", Ct).Json(400);

        var claimant = await site.As(Role.Claimant, phone: Sites.OwnPhone());
        var merchant = await site.Merchant(Sites.OwnName("晴川数码"));
        using var packed = new ByteArrayContent([0x1f, 0x8b, 8, 0]);
        packed.Headers.ContentType = new("application/json");
        packed.Headers.ContentEncoding.Add("gzip");
        await claimant.PostAsync("/api/v1/complaints", packed, Ct).Refused(415, "request.encoding");

        // Without an offset it is the time on the wall here.
        await claimant.PostJson("/api/v1/complaints", Body(merchant, "I1")).Json(201);
        var here = site.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime;
        foreach (var (minutes, found) in new[] { (-1, 1), (1, 0) })
        {
            var from = here.AddMinutes(minutes).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
            var list = await claimant.GetAsync($"/api/v1/complaints?from={from}", Ct).Json();
            list.GetProperty("items").GetArrayLength().ShouldBe(found, from);
        }
    }
}
