using System.Net.Http.Json;
using System.Text.Json;
using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.Reports.Reporting;

namespace Hengping.Tests.Reports;

/// <summary>
/// 令121 arts. 31–35: the same facts reported again are not handled again, new facts are handled with the first, and
/// who is not competent names who is.
/// </summary>
public sealed class RepeatedReportDoors
{
    private const string More = "又买了两罐，批号还是查不到，附上厂家的书面答复。";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Without_new_facts_it_is_not_handled_again_and_with_them_the_first_runs_anew(Db db)
    {
        await using var site = await Site.Start(db);
        var shop = await site.Merchant("云上百货");
        var staff = await site.As(Role.Mediator);
        var her = await site.As(Role.Claimant, phone: "13800000001", name: "王小明");
        var first = await site.Appends(["report.filed"], () => Send(her, Named(shop), "k1", 201));
        var number = Text(first, "number");
        var again = await site.Appends([], () => Send(her, Named(shop), "k1", 201));
        Text(again, "number").ShouldBe(number, "sent again under its key it is no repeat");

        site.Clock.Turn(TimeSpan.FromDays(3));
        await site.Appends([], () => her.PostJson(Where, Named(shop)).Refusal(409, "report.repeated"));
        var refused = await her.PostJson(Where, Named(shop)).Json(409);
        refused.GetProperty("title").GetString()!.ShouldContain(number);
        await her.PostJson(Where, With(shop, "again", "soon")).Refused(400, "request.invalid");
        // Somebody else, without a name, of another respondent or for another breach: no repeat.
        await her.PostJson(Where, Anonymous(shop)).Json(201);
        await her.PostJson(Where, Named(await site.Merchant("海风电器"))).Json(201);
        await her.PostJson(Where, With(shop, "breach", "false-advertising")).Json(201);
        var other = await site.As(Role.Claimant, phone: "13800000002");
        await other.PostJson(Where, Named(shop)).Json(201);

        var facts = With(shop, "again", "newFacts");
        facts["text"] = More;
        var id = await IdOf(site, first);
        await staff.PostJson(At(id, "accept")).Json();
        await staff.PostJson(At(id, "extend"), new { reason = "需要厂家鉴定" }).Json();
        var merged = await site.Appends(["report.merged"], () => Send(her, facts, "k2", 200));
        (Text(merged, "number"), Text(merged, "code")).ShouldBe((number, Text(first, "code")));
        merged.GetProperty("merged").GetBoolean().ShouldBeTrue();
        // 12 October + 15 working days; three days later, + 15 from there.
        Day(first, "due").ShouldBe("2026-11-02");
        Day(merged, "due").ShouldBe("2026-11-05");
        await site.Appends([], () => Send(her, facts, "k2", 200));
        var seen = await staff.GetAsync(At(id), Ct).Json();
        (Text(seen, "status"), seen.GetProperty("extended").GetBoolean()).ShouldBe(("accepted", false));
        seen.GetProperty("events").GetRawText().ShouldContain(More);

        var conclusion = new { outcome = "not-found", text = "核查了批次和进货单据，没有发现违法。" };
        await staff.PostJson(At(id, "conclude"), conclusion).Json();
        await site.Appends([], () => her.PostJson(Where, Named(shop)).Refusal(409, "report.repeated"));
        var later = await site.Appends(["report.filed"], () => Send(her, facts, "k3", 201));
        Text(later, "number").ShouldNotBe(number);
        var linked = await staff.GetAsync(At(await IdOf(site, later)), Ct).Json();
        Text(linked, "earlier").ShouldBe(number);
        await her.PostJson(Where, With(shop, "again", "otherMatter")).Json(201);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Who_is_not_signed_in_is_answered_as_for_the_first_and_the_desk_sees_the_same_phone(Db db)
    {
        await using var site = await Site.Start(db);
        var shop = await site.Merchant("云上百货");
        var staff = await site.As(Role.Mediator);
        var her = await site.As(Role.Claimant, phone: "13800000001", name: "王小明");
        var signed = await IdOf(site, await her.PostJson(Where, Named(shop)).Json(201));
        // The same phone, typed by anybody: the same answer as to a phone that nobody ever gave.
        var fresh = With(shop, "contact", new { name = "李先生", phone = "13800000009" });
        var stranger = await site.Appends(["report.filed"], () => site.Anyone.PostJson(Where, Named(shop)).Json(201));
        var other = await site.Appends(["report.filed"], () => site.Anyone.PostJson(Where, fresh).Json(201));
        Fields(stranger).ShouldBe(Fields(other));
        var (again, alone) = (await IdOf(site, stranger), await IdOf(site, other));
        // What is about something else, withdrawn or anonymous is none of the same.
        await site.Anyone.PostJson(Where, With(shop, "breach", "false-advertising")).Json(201);
        await site.Anyone.PostJson(Where, Named(await site.Merchant("海风电器"))).Json(201);
        await site.Anyone.PostJson(Where, Anonymous(shop)).Json(201);

        var seen = await staff.GetAsync(At(again), Ct).Json();
        seen.GetProperty("perhapsSame").EnumerateArray().Select(one => Text(one, "id")).ShouldBe([signed]);
        (await staff.GetAsync(At(alone), Ct).Json()).TryGetProperty("perhapsSame", out _).ShouldBeFalse();
        (await (await site.Browsing(staff)).GetStringAsync($"/desk/reports/{again}", Ct)).ShouldContain(signed);
        var said = new { number = Text(stranger, "number"), code = Text(stranger, "code") };
        var followed = await site.Anyone.PostJson(Where + "/follow", said).Json();
        followed.TryGetProperty("perhapsSame", out _).ShouldBeFalse();

        // A name that no entry stands for is compared as it is written.
        static Dictionary<string, object?> Unlisted(string name) =>
            new(Named(Guid.Empty)) { ["respondent"] = new { name } };
        await site.Anyone.PostJson(Where, Unlisted("无名小店")).Json(201);
        var unlisted = await IdOf(site, await site.Anyone.PostJson(Where, Unlisted("无名　小店")).Json(201));
        (await staff.GetAsync(At(unlisted), Ct).Json()).GetProperty("perhapsSame").GetArrayLength().ShouldBe(1);
        var third = await IdOf(site, await site.Anyone.PostJson(Where, Unlisted("另一家小店")).Json(201));
        (await staff.GetAsync(At(third), Ct).Json()).TryGetProperty("perhapsSame", out _).ShouldBeFalse();

        // An authority reads what was referred to it, and not who else was told of.
        var authority = await site.As(Role.Regulator, name: "某县市场监管局");
        await staff.PostJson(At(again, "accept")).Json();
        var referred = new
        {
            outcome = "referred",
            authority = "某县市场监管局",
            text = "移送贵局依法处理此事。",
        };
        await staff.PostJson(At(again, "conclude"), referred).Json();
        (await authority.GetAsync(At(again), Ct).Json()).TryGetProperty("perhapsSame", out _).ShouldBeFalse();
    }

    private static string Fields(JsonElement receipt) =>
        string.Join(' ', receipt.EnumerateObject().Select(field => field.Name)) + Day(receipt, "due");

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_page_asks_what_is_new_and_adds_it_to_the_first_once(Db db)
    {
        await using var site = await Site.Start(db);
        await site.Merchant("云上百货");
        var her = await site.Browsing(await site.As(Role.Claimant, phone: "13800000001", name: "王小明"));
        (string, string?)[] form =
        [
            ("how", "named"),
            ("respondentName", "云上百货"),
            ("breach", "counterfeit"),
            ("contactName", "王小明"),
            ("contactPhone", "13800000001"),
            ("go", "send"),
        ];
        var sent = await her.Send("/report", "", [.. form, ("story", More), ("key", "a")]);
        sent.Location.ShouldBe("/report/done");
        (string, string?)[] anew = [.. form, ("story", More + "第三罐也是。"), ("key", "b")];
        var asked = await site.Appends([], () => her.Send("/report", "", anew));
        asked.Body.ShouldContain("这是另一件事");
        var added = await site.Appends(
            ["report.merged"],
            () => her.Send("/report", "", [.. anew, ("said", "newFacts")])
        );
        added.Location.ShouldBe("/report/done?merged=true");
        (await her.GetStringAsync(added.Location, Ct)).ShouldContain("并入");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Who_is_not_competent_names_who_is_and_a_conflict_is_settled_in_seven_working_days(Db db)
    {
        await using var site = await Site.Start(db);
        var shop = await site.Merchant("云上百货");
        var platform = await site.Merchant("大集平台", platform: true);
        var staff = await site.As(Role.Mediator);
        var (id, pair) = await Filed(site, site.Anyone, Anonymous(shop));
        var (about, _) = await Filed(site, site.Anyone, Anonymous(platform));
        Place(await staff.GetAsync(At(id), Ct).Json()).ShouldBe("actual-place");
        Place(await staff.GetAsync(At(about), Ct).Json()).ShouldBe("platform-domicile");
        await staff.PostJson(At(id, "dispute"), new { with = "某县市场监管局" }).Refused(409, "report.no-dispute");

        await Run(site, OperatorKind.Regulator);
        await site.Appends([], () => staff.PostJson(At(id, "dispute")).Refusal(400, "request.invalid"));
        var disputed = await site.Appends(
            ["report.disputed"],
            () => staff.PostJson(At(id, "dispute"), new { with = "某县市场监管局" }).Json()
        );
        var due = disputed.GetProperty("deadlines")[0];
        (Text(due, "kind"), Day(due, "due")).ShouldBe(("competence", "2026-10-21"));
        Text(due, "explanation").ShouldContain("第33条");
        await staff.PostJson(At(id, "dispute"), new { with = "另一局" }).Refused(409, "report.disputed");
        (await (await site.Browsing(staff)).GetStringAsync($"/desk/reports/{id}", Ct)).ShouldContain("第31条第2款");

        var no = new { reason = "report-not-competent", note = "经协商，由经营地处理。" };
        await site.Appends([], () => staff.PostJson(At(id, "decline"), no).Refusal(400, "request.invalid"));
        var yes = new
        {
            no.reason,
            no.note,
            goTo = "某县市场监管局",
        };
        await site.Appends(["report.declined"], () => staff.PostJson(At(id, "decline"), yes).Json());
        var seen = await site.Anyone.PostJson(Where + "/follow", pair).Json();
        (Text(seen, "goTo"), seen.GetProperty("deadlines").GetArrayLength()).ShouldBe(("某县市场监管局", 0));
        // Naming where to go is no referral: an authority of that name reads nothing by it.
        var authority = await site.As(Role.Regulator, name: "某县市场监管局");
        await authority.GetAsync(At(id), Ct).Refused(404, "not-found");
    }

    private static string Place(JsonElement report) => Text(report.GetProperty("competence"), "code");

    private static Dictionary<string, object?> With(Guid shop, string field, object value)
    {
        var body = Named(shop);
        body[field] = value;
        return body;
    }

    private static async Task<JsonElement> Send(HttpClient who, object body, string key, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Where) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        return await who.SendAsync(request, Ct).Json(status);
    }

    private static string Text(JsonElement of, string field) => of.GetProperty(field).GetString()!;

    private static string Day(JsonElement of, string field) =>
        of.GetProperty(field).GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", null);
}
