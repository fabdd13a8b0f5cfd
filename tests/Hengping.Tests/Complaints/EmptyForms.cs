using System.Net;
using Hengping.App.Demo;
using Hengping.App.Design;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>An empty form says of each field what it misses, in the reader's language.</summary>
public sealed class EmptyForms(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/file", "zh", "respondent", "sector", "problem")]
    [InlineData("/file", "en", "respondent", "sector", "problem")]
    [InlineData("/report", "zh", "how", "respondent", "breach", "story")]
    [InlineData("/report", "en", "how", "respondent", "breach", "story")]
    public async Task Each_field_says_what_to_write_or_choose(string path, string language, params string[] fields)
    {
        var site = await sites.On(Db.Sqlite);
        var answer = await site.Visitor().Send($"{path}?lang={language}", "", ("step", "1"), ("go", "next"));
        answer.Status.ShouldBe(400);
        var said = WebUtility.HtmlDecode(answer.Body);
        foreach (var field in fields)
        {
            var words = Texts.All["need." + field][language == "en" ? 1 : 0];
            // Once in the summary, once beside the field.
            (said.Split(words).Length - 1).ShouldBe(2, $"{field}: {words}");
        }
    }

    [Fact]
    public async Task Without_an_operator_the_papers_are_there_and_say_that_nobody_answers_for_them()
    {
        var site = await sites.On(Db.Sqlite);
        (await site.Anyone.GetStringAsync("/file", Ct)).ShouldContain("/papers/privacy");
        foreach (var paper in new[] { "privacy", "agreement" })
        {
            var text = WebUtility.HtmlDecode(await site.Anyone.GetStringAsync($"/papers/{paper}?lang=zh", Ct));
            text.ShouldContain(Texts.All["paper.draft"][0]);
            text.ShouldContain(Texts.All["paper.draft.name"][0]);
            text.ShouldNotContain("{name}");
            (await site.Anyone.GetAsync($"/papers/{paper}/1", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
        (await site.Anyone.GetAsync("/papers/other", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task In_a_demo_the_papers_one_agrees_to_are_there()
    {
        await using var site = await Site.Start(Db.Sqlite);
        await DemoHouse.Open(site.Store, Ct);
        await DemoHouse.Open(site.Store, Ct);
        foreach (var paper in new[] { "privacy", "agreement" })
        {
            var text = WebUtility.HtmlDecode(await site.Anyone.GetStringAsync($"/papers/{paper}/1?lang=zh", Ct));
            text.ShouldContain("400-000-0000");
            text.ShouldNotContain("{name}");
        }
    }
}
