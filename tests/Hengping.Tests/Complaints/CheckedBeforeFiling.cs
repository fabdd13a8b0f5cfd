using System.Globalization;
using System.Net;
using Hengping.App.Design;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>The last page of filing, as a browser without script sends it: all answers, each to be changed.</summary>
public sealed class CheckedBeforeFiling(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static (string, string?)[] Answers(string story, params (string, string?)[] more) =>
        [
            ("respondentName", "青禾茶叶铺"),
            ("sector", "general-retail"),
            ("problem", "other"),
            ("otherProblem", "卡券不能用"),
            ("story", story),
            ("danger", "false"),
            ("amount", "199"),
            ("demands", "refund"),
            ("contactName", "陈晓雨"),
            ("contactPhone", "13900000001"),
            ("passOn", "true"),
            ("liabilityAccepted", "true"),
            .. more,
        ];

    [Fact]
    public async Task All_answers_are_shown_and_a_changed_one_comes_back_to_them()
    {
        const string Story = "买的水壶第三天就不加热了，联系店里三次都没有结果。";
        const string Changed = "买的水壶第四天就不加热了，联系店里三次都没有结果。";
        var site = await sites.On(Db.Sqlite);
        var claimant = await site.Browsing(await site.As(Role.Claimant, phone: Sites.OwnPhone()));

        var page = await Send(Answers(Story, ("step", "4"), ("go", "next")));
        foreach (var said in new[] { "青禾茶叶铺", "其他：卡券不能用", Story, "199", "陈晓雨", "13900000001", "没有" })
            page.ShouldContain(said);
        page.ShouldContain("value=\"change-2|f-story\"");
        page = await Send(Answers(Story, ("step", "5"), ("go", "change-2|f-story"), ("reviewed", "true")));
        page.ShouldContain("name=\"story\"");
        page = await Send(Answers(Changed, ("step", "2"), ("go", "next"), ("reviewed", "true")));
        page.ShouldContain(Changed);
        page.ShouldContain("value=\"file\"");
        var filed = await site.Appends(
            ["merchant.added", "complaint.filed"],
            () => claimant.Send("/file", "", Answers(Changed, ("step", "5"), ("go", "file"), ("key", "k-check")))
        );
        filed.Location!.ShouldContain("/file/done/");

        // All faults of the last questions at once, and no page to check before they are mended.
        var bad = await claimant.Send("/file", "", ("step", "4"), ("go", "next"), ("story", Story));
        bad.Status.ShouldBe(400);
        foreach (var field in new[] { "f-contact-name", "f-contact-phone", "f-consents-passon", "f-liabilityaccepted" })
            bad.Body.ShouldContain($"href=\"#{field}\"");

        // Whoever hears the page hears which field it is, and at once that something is wrong.
        WebUtility.HtmlDecode(bad.Body).ShouldContain("<title>" + Texts.All["form.title.fault"][0]);
        foreach (var field in new[] { "f-contact-name", "f-contact-phone", "f-consents-passon" })
            bad.Body.ShouldMatch($"<input[^>]*id=\"{field}\"[^>]*aria-describedby=\"{field}-fault\"");

        // A day that has not come is refused where it is asked for; what was said is shown in words.
        var soon = Hengping.Rules.Clocks.Shanghai.DayOf(site.Clock.GetUtcNow());
        foreach (var (days, status) in new[] { (1, 400), (0, 200) })
        {
            var day = soon.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var dated = Answers(Changed, ("step", "2"), ("go", "next"), ("orderedAt", day), ("reviewed", "true"));
            var said = await claimant.Send("/file", "", dated);
            said.Status.ShouldBe(status);
            WebUtility.HtmlDecode(said.Body).ShouldContain(days > 0 ? "id=\"f-orderedat-fault\"" : Say.Day(soon));
        }

        // Signed out meanwhile: the number that was given stands there, and can be changed on the way back.
        var visitor = site.Visitor();
        var left = await visitor.Send("/file", "", Answers(Changed, ("step", "5"), ("go", "file")));
        left.Body.ShouldMatch("name=\"signInPhone\" value=\"13900000001\"");
        var to = Answers(Changed, ("step", "4"), ("go", "next"), ("reviewed", "true"), ("signInPhone", "13900000002"));
        var check = await visitor.Send("/file", "", to);
        check.Body.ShouldContain("value=\"file\"");
        check.Body.ShouldMatch("name=\"signInPhone\" value=\"13900000002\"");

        // "Other" alone says nothing.
        foreach (var (step, field, other) in new[] { ("3", "demand", "demands"), ("1", "problem", "problem") })
        {
            var bare = Answers(Changed, ("step", step), ("go", "next"))
                .Where(one => one.Item1 != "otherProblem" && one.Item1 != other);
            var said = await claimant.Send("/file", "", [.. bare, (other, "other")]);
            said.Status.ShouldBe(400);
            said.Body.ShouldContain($"id=\"f-other-{field}-fault\"");
        }

        // Whether anyone was hurt is no question to pass over, nor with a draft of before it was asked.
        foreach (var (step, go) in new[] { ("2", "next"), ("5", "file") })
        {
            var silent = Answers(Changed, ("step", step), ("go", go)).Where(one => one.Item1 != "danger");
            var asked = await site.Appends([], () => claimant.Send("/file?lang=en", "", [.. silent]));
            asked.Status.ShouldBe(400);
            asked.Body.ShouldContain("href=\"#f-danger\">Please say whether anyone was hurt");
            asked.Body.ShouldContain("id=\"f-danger-fault\"");
        }

        async Task<string> Send((string, string?)[] fields) =>
            WebUtility.HtmlDecode((await claimant.Send("/file", "", fields)).Body);
    }
}
