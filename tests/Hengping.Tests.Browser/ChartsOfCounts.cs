using Hengping.App;
using Hengping.App.Platform;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>A chart of counts has no half steps, however few there are.</summary>
public sealed class ChartsOfCounts
{
    // Charts are drawn on a canvas, whose words nobody can read afterwards.
    private const string Listen = """
        window.written = [];
        const write = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
          window.written.push(String(text));
          return write.call(this, text, ...at);
        };
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Few_cases_have_whole_steps()
    {
        await using var desk = await Desk.Open(Db.Sqlite);
        for (var n = 0; n < 6; n++)
        {
            // No kind of problem has more than two.
            var body = desk.Body("orderNo", $"C{n}");
            body["problem"] = new[] { "refund", "quality", "other" }[n / 2];
            await desk.Mediator.PostJson(Desk.At(await desk.Filed(body), "deliver")).Json();
        }
        desk.Site.Clock.Turn(TimeSpan.FromDays(6));
        await Listening.CatchUp(desk.Site.Store, Rooms.House.Listeners(desk.Site.Store, ""), Ct);
        await using var person = await Person.At(desk.Site);
        await person.Page.AddInitScriptAsync(Listen);
        await person.Page.GotoAsync($"/merchants/{desk.Shop:D}");
        await Assertions.Expect(person.Page.Locator("#problems canvas")).ToBeVisibleAsync(new() { Timeout = 10_000 });
        var written = await person.Page.EvaluateAsync<string[]>("window.written");
        var steps = written.Where(text => text.All(c => char.IsAsciiDigit(c) || c == '.')).ToList();
        steps.ShouldContain("1", "of two the half is one");
        steps.ShouldAllBe(step => !step.Contains('.'));
    }
}
