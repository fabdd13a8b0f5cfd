using System.Text.Json;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>A returned case asks for each thing by itself, and goes back when each is brought or spoken of.</summary>
public sealed class WhatWasAskedFor(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Has_a_field_each_and_is_sent_when_none_is_left_out(Db engine)
    {
        var desk = await sites.DeskOn(engine);
        var id = await desk.Filed();
        var missing = new { missing = new[] { "payment", "facts" }, note = "" };
        await desk.Mediator.PostJson(Desk.At(id) + "/return", missing).Json(200);
        var number = (await desk.Claimant.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString();
        var (here, browser) = ($"/cases/{number}", await desk.Site.Browsing(desk.Claimant));

        var shown = await (await browser.GetAsync(here, Ct)).Content.ReadAsStringAsync(Ct);
        shown.ShouldContain("href=\"#f-said-0\"");
        shown.ShouldContain("name=\"files-0\"");
        shown.ShouldNotContain("name=\"files-1\"", customMessage: "what happened is told in words");
        shown.ShouldNotContain("name=\"files\"");

        var half = await browser.Send(here, "Resubmit", ("said-0", "当时付的现金，没有凭证。"), ("said-1", " "));
        half.Body.ShouldContain("id=\"f-said-1-fault\"");
        half.Body.ShouldNotContain("id=\"f-said-0-fault\"");
        half.Body.ShouldContain("当时付的现金，没有凭证。");

        await browser.Send(
            here,
            "Resubmit",
            ("said-0", "当时付的现金，没有凭证。"),
            ("said-1", "第三天不加热，联系过三次。"),
            ("supplement", "谢谢。")
        );
        var now = await desk.Claimant.GetAsync(Desk.At(id), Ct).Json();
        now.GetProperty("status").GetString().ShouldBe("filed");
        var events = await desk.Claimant.GetAsync(Desk.At(id) + "/events", Ct).Json();
        JsonSerializer
            .Serialize(events, Cli)
            .ShouldContain("付款凭证：当时付的现金，没有凭证。\\n更具体的经过：第三天不加热，联系过三次。\\n谢谢。");
    }

    private static readonly JsonSerializerOptions Cli = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
