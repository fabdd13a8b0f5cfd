using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.App.Workbench;
using Hengping.Rules.Accounts;
using Hengping.Rules.Ratings;
using Hengping.Rules.Workbench;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>A merchant's templates, its replies to many, and the sheet whose sum is the published number.</summary>
public sealed partial class WorkbenchDoors(Sites sites) : IClassFixture<Sites>
{
    private const string Templates = "/api/v1/merchant/templates";
    private const string Good = "{buyer}您好，订单{order}的{amount}今天已原路退回，请留意到账。";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Templates_are_a_merchants_own_and_hold_only_known_variables(Db engine)
    {
        await using var desk = await Desk.Open(sites, engine);
        var body = new { name = "退款", text = Good };
        await desk.Site.Appends(["template.kept"], () => desk.Merchant.PostJson(Templates, body).Json());
        await desk.Site.Appends(
            ["template.changed"],
            () => desk.Merchant.PostJson(Templates + "/1", new { name = "已退款", text = Good }).Json()
        );
        var mine = (await desk.Merchant.GetAsync(Templates).Json()).GetProperty("items");
        mine[0].GetProperty("name").GetString().ShouldBe("已退款");
        (await desk.OtherMerchant.GetAsync(Templates).Json()).GetProperty("items").GetArrayLength().ShouldBe(0);
        await desk.OtherMerchant.PostJson(Templates + "/1", body).Refused(404, "template.unknown");
        await desk.OtherMerchant.PostJson(Templates + "/1/drop").Refused(404, "template.unknown");
        foreach (var text in new[] { "", "太短", "您好，{phone} 我们会联系您的，请放心。" })
            await desk.Merchant.PostJson(Templates, new { name = "x", text }).Refused(400, "request.invalid");
        foreach (var who in new[] { desk.Claimant, desk.Mediator })
            await who.PostJson(Templates, body).Refused(403, "forbidden");
        await desk.Site.Appends(["template.dropped"], () => desk.Merchant.PostJson(Templates + "/1/drop").Json());
        await AtRest.NothingSays(desk.Site, "原路退回");
    }

    [Fact]
    public void A_variable_without_a_value_is_left_to_be_seen_and_named()
    {
        var values = new Dictionary<string, string?> { ["buyer"] = "王先生/女士", ["amount"] = null };
        var (text, missing) = TemplateText.Fill("{buyer}：{amount}，{amount}。", values);
        text.ShouldBe("王先生/女士：{amount}，{amount}。");
        missing.ShouldBe(["amount"]);
        TemplateText.IsSound("没有变量，{number}").ShouldBeTrue();
        TemplateText.IsSound("{Number}").ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Many_are_answered_each_on_its_own_after_a_preview_that_tells_what_will_not_count(Db engine)
    {
        await using var desk = await Desk.Open(sites, engine);
        var numbers = new List<string>();
        for (var n = 1; n <= 6; n++)
        {
            var id = await Desk.Then(desk.Filed(desk.Body("orderNo", $"B{n}")), desk.Mediator, "deliver");
            numbers.Add((await desk.Merchant.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString()!);
        }
        await desk.Merchant.PostJson(Templates, new { name = "退款", text = Good }).Json();
        var same = new { name = "一样", text = "您好，款项今天已原路退回，请留意到账短信。" };
        await desk.Merchant.PostJson(Templates, same).Json();
        var who = await desk.Site.Browsing(desk.Merchant);

        var picks = string.Concat(numbers.Select(n => $"&pick={n}"));
        var preview = await who.GetStringAsync($"/merchant/replies?template=1{picks}", Ct);
        preview.ShouldContain("订单B1的¥129.90今天");
        preview.ShouldNotContain("一字不差");
        var alike = WebUtility.HtmlDecode(
            await who.GetStringAsync($"/merchant/replies?template=2{picks}&pick=NO-SUCH-CASE", Ct)
        );
        alike.ShouldContain("有 6 件的文字一字不差");
        Regex.Count(alike, "这样写还不算有效回复：").ShouldBe(2);
        // What each wins, and all of them together; of those that would not count nothing.
        Regex.Count(alike, "这样写算有效回复。 有效回复现在计 1.0 分").ShouldBe(4);
        alike.ShouldContain("现在有效回复 4 件，共计 4.0 分。");
        alike.ShouldContain("综合指数");
        alike.ShouldContain("NO-SUCH-CASE");

        // One is left out; of five the last has the same words for the fifth time, and is asked once more.
        var sent = await desk.Site.Appends(
            [.. Enumerable.Repeat("complaint.replied", 4)],
            () => Send(who, alike, numbers, numbers.Take(5))
        );
        sent.ShouldContain("5 件中已发送 4 件");
        sent.ShouldContain("这样的回复不算有效回复：10分钟内在5件以上投诉中逐字相同");
        Regex.Count(sent, "照样发出").ShouldBe(1);
        Regex.Count(sent, "计 1.0 分</li>").ShouldBe(4);
        Regex.IsMatch(sent, "<p>有效回复 4 件，共计 4.0 分。</p>\\s*<p>[^<]*综合指数[^<]*</p>").ShouldBeTrue(sent);
        var anyway = await desk.Site.Appends(
            ["complaint.replied"],
            () => Send(who, sent, numbers[4..], [numbers[4]], anyway: numbers[4])
        );
        anyway.ShouldContain("1 件中已发送 1 件");
        Regex.Count(anyway, "但不计为有效回复").ShouldBe(1);
        anyway.ShouldNotContain("共计", customMessage: "it wins nothing");
        var stranger = await desk.Site.Browsing(desk.OtherMerchant);
        var foreign = await stranger.GetStringAsync($"/merchant/replies?pick={numbers[5]}", Ct);
        foreign.ShouldNotContain("水壶");
        foreign.ShouldNotContain("<textarea");
        (await who.GetAsync("/cases/NO-SUCH-CASE", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_sheet_adds_up_to_the_number_of_the_list_and_tells_no_score(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        // Four answered and scored, five never: the day that ends the 120 h of those makes the snapshot.
        for (var n = 1; n <= 9; n++)
        {
            var claimant = await desk.Site.As(Role.Claimant, phone: $"1390000000{n}");
            var filed = await claimant
                .PostJson("/api/v1/complaints", Filing.To(desk.Shop, $"S{n}", "买的水壶第三天就不加热了。"))
                .Json(201);
            var id = filed.GetProperty("id").GetString()!;
            await desk.Mediator.PostJson(Desk.At(id, "deliver")).Json();
            // Of nothing there is no share.
            if (n == 1)
                (
                    await (await desk.Site.Browsing(desk.Merchant)).GetStringAsync("/merchant/numbers", Ct)
                ).ShouldNotMatch("<dd>0[^0-9]*(%|\\.0)");
            if (n > 4)
                continue;
            desk.Site.Clock.Turn(TimeSpan.FromHours(n * 18));
            await desk
                .Merchant.PostJson(Desk.At(id, "reply"), new { text = $"第{n}件已全额退款，三天内到账。" })
                .Json();
            await claimant.PostJson(Desk.At(id, "score"), new { satisfaction = 7, resolved = "yes" }).Json();
        }
        desk.Site.Clock.Turn(TimeSpan.FromHours(121 + 24));
        var list = await List(desk, 9);
        var row = list.GetProperty("rows")[0];
        var who = await desk.Site.Browsing(desk.Merchant);
        var page = await who.GetStringAsync("/merchant/numbers?period=2026-10", Ct);
        page.ShouldContain(row.GetProperty("index").GetDecimal().ToString("0.000", CultureInfo.InvariantCulture));
        var csv = await who.GetStringAsync("/merchant/numbers?period=2026-10&handler=Csv", Ct);
        var lines = csv.Trim('\uFEFF', '\n').Split('\n').Skip(1).Select(l => l.Split(',')).ToList();
        lines.Count.ShouldBe(9);
        var valid = row.GetProperty("valid").GetInt32();
        lines.Count(l => l[6] == "true").ShouldBe(valid);
        var timely = lines.Where(l => l[6] == "true").Sum(l => decimal.Parse(l[4], CultureInfo.InvariantCulture));
        decimal.Round(timely / valid, 3).ShouldBe(row.GetProperty("timeliness").GetDecimal());
        csv.ShouldNotContain("score");
        // A page shows the last ones, and the sums of all.
        var asked = ListRequest.Parse("2026-10", null, null, null, Unscored.Zero, desk.Site.Store.Now).Event!;
        var merchants = await RatedMerchants.Read(desk.Site.Store, sector: null, asOf: null, Ct);
        var reader = new Caller(Guid.Empty, Role.Merchant, desk.Shop, "");
        var whole = await Sheet.Read(desk.Site.Store, asked, merchants, reader, int.MaxValue, Ct);
        var part = await Sheet.Read(desk.Site.Store, asked, merchants, reader, 2, Ct);
        part.Lines.ShouldBe(whole.Lines.Take(2));
        (part.Tally, part.All, part.Row.Index).ShouldBe((whole.Tally, 9, whole.Row.Index));
        (whole.Lines.Count(line => line.Counts), whole.Lines.Sum(line => line.Counts ? line.Tenths : 0)).ShouldBe(
            ((int)part.Tally.Valid, (int)part.Tally.Tenths)
        );
        (await who.GetAsync("/merchant/numbers?period=nonsense", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var mediator = await desk.Site.Browsing(desk.Mediator);
        (await mediator.GetAsync("/merchant/numbers", Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public void The_median_is_the_middle_or_the_mean_of_both()
    {
        Trend.Median([0.3m, 0.1m, 0.2m]).ShouldBe(0.2m);
        Trend.Median([0.1m, 0.2m, 0.3m, 0.401m]).ShouldBe(0.25m);
        Trend.Median([]).ShouldBe(0);
    }

    // The list hears of a case a moment after its commit.
    private static async Task<System.Text.Json.JsonElement> List(Desk desk, int cases)
    {
        var list = default(System.Text.Json.JsonElement);
        await Eventually.Holds(
            async () =>
            {
                list = await desk.Site.Anyone.GetAsync("/api/v1/ratings/2026-10", Ct).Json();
                var rows = list.GetProperty("rows");
                return rows.GetArrayLength() == 1 && rows[0].GetProperty("valid").GetInt32() == cases;
            },
            $"the list counts {cases}"
        );
        return list;
    }

    private static async Task<string> Send(
        HttpClient who,
        string page,
        List<string> numbers,
        IEnumerable<string> included,
        string anyway = ""
    )
    {
        var fields = new List<KeyValuePair<string, string>>
        {
            new("__RequestVerificationToken", Token().Match(page).Groups[1].Value),
            new("key", Guid.NewGuid().ToString("N")),
            new("anyway", anyway),
        };
        foreach (var number in numbers)
        {
            fields.Add(new("number", number));
            fields.Add(new("text", "您好，款项今天已原路退回，请留意到账短信。"));
        }
        fields.AddRange(included.Select(n => new KeyValuePair<string, string>("include", n)));
        using var answer = await who.PostAsync("/merchant/replies?handler=Send", new FormUrlEncodedContent(fields), Ct);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]*)\"")]
    private static partial Regex Token();
}
