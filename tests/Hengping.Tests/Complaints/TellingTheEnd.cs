using Hengping.App.Complaints;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>告知终止调解: to whom the house cannot write, a person tells it within 7 working days.</summary>
public sealed class TellingTheEnd
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Whom_the_house_cannot_write_to_a_mediator_tells_and_notes(Db db)
    {
        await using var desk = await Desk.Open(db);
        await Reporting.Run(desk.Site, OperatorKind.Regulator);
        var body = desk.Body();
        body["respondent"] = new { name = "无名小店" };
        var id = await Desk.Then(desk.Filed(body), desk.Mediator, "deliver");
        await desk.Site.Appends(
            ["complaint.terminated"],
            () => desk.Mediator.PostJson(Desk.At(id, "terminate"), new { reason = "party-absent" }).Json()
        );

        var due = (await desk.Mediator.GetAsync(Desk.At(id)).Json()).GetProperty("deadlines")[0];
        due.GetProperty("kind").GetString().ShouldBe("told");
        due.GetProperty("due").GetDateTimeOffset().ShouldBe(Days.At("2026-10-21 23:59:59"));
        due.GetProperty("explanation").GetString()!.ShouldContain("令121）第23条（法定期限）");
        due.TryGetProperty("provisional", out _).ShouldBeFalse();
        var browser = await desk.Site.Browsing(desk.Mediator);
        var queue = await browser.GetStringAsync("/desk?view=told", Ct);
        queue.ShouldContain("告知终止调解");
        queue.ShouldContain("无名小店");

        await desk.Mediator.PostJson(Desk.At(id, "told"), new { party = "respondent", way = "smoke" }).Json(400);
        await desk.Claimant.PostJson(Desk.At(id, "told"), new { party = "respondent", way = "post" }).Json(403);
        await desk
            .Mediator.PostJson(Desk.At(id, "told"), new { party = "claimant", way = "phone" })
            .Refused(409, "complaint.told-before");
        await desk.Site.Appends(
            ["complaint.terminationTold"],
            () => desk.Mediator.PostJson(Desk.At(id, "told"), new { party = "respondent", way = "post" }).Json()
        );
        (await desk.Mediator.GetAsync(Desk.At(id)).Json()).GetProperty("deadlines").GetArrayLength().ShouldBe(0);
        (await browser.GetStringAsync("/desk?view=told", Ct)).ShouldNotContain("无名小店");
        (await browser.GetStringAsync($"/cases/{await Number(desk, id)}", Ct)).ShouldContain("已告知被投诉人终止调解");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Whom_the_house_can_write_to_it_tells_itself_and_no_clock_runs(Db db)
    {
        await using var desk = await Desk.Open(db);
        var id = await Desk.Then(desk.Delivered(), desk.Mediator, "terminate", new { reason = "party-absent" });
        (await desk.Mediator.GetAsync(Desk.At(id)).Json()).GetProperty("deadlines").GetArrayLength().ShouldBe(0);
        await desk
            .Mediator.PostJson(Desk.At(id, "told"), new { party = "respondent", way = "post" })
            .Refused(409, "complaint.told-before");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task For_a_regulator_a_case_nobody_answers_is_terminated_and_not_closed(Db db)
    {
        await using var desk = await Desk.Open(db);
        await Reporting.Run(desk.Site, OperatorKind.Regulator);
        var id = await desk.Delivered();
        var second = await Desk.Then(desk.Delivered(), desk.Mediator, "close");
        (await Status(desk, second)).ShouldBe("terminated");
        desk.Site.Clock.Turn(TimeSpan.FromDays(31));
        await desk.Site.Of<ComplaintTicks>().RunDue(Ct);
        (await Status(desk, id)).ShouldBe("terminated");
        await desk.Claimant.PostJson(Desk.At(id, "score"), new { satisfaction = 0, resolved = "no" }).Json();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task For_a_regulator_a_mediation_is_counted_from_the_acceptance(Db db)
    {
        await using var desk = await Desk.Open(db);
        var promised = await desk.InMediation();
        await Reporting.Run(desk.Site, OperatorKind.Regulator);
        var id = await desk.Delivered();
        desk.Site.Clock.Turn(TimeSpan.FromDays(5));
        await desk.Mediator.PostJson(Desk.At(id, "mediate")).Json();
        var due = (await desk.Mediator.GetAsync(Desk.At(id)).Json()).GetProperty("deadlines")[0];
        due.GetProperty("due").GetDateTimeOffset().ShouldBe(Days.At("2026-12-11 23:59:59"));
        var told = (await desk.Mediator.GetAsync(Desk.At(promised)).Json()).GetProperty("deadlines")[0];
        told.GetProperty("due").GetDateTimeOffset().ShouldBe(Days.At("2026-12-11 23:59:59"));
    }

    private static async Task<string?> Status(Desk desk, string id) =>
        (await desk.Mediator.GetAsync(Desk.At(id)).Json()).GetProperty("status").GetString();

    private static async Task<string> Number(Desk desk, string id) =>
        (await desk.Mediator.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString()!;
}
