using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>期限重新计算: one event moves what must move and says why; everybody reads it.</summary>
public sealed class CountingAgain
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_mediation_told_by_a_law_that_was_no_more_ends_earlier_and_is_late_no_earlier(Db db)
    {
        await using var desk = await Desk.Open(db, Days.At("2026-03-20 10:00:00"));
        var id = await desk.Replied();
        // As the program of then counted it: 45 working days.
        var told = Days.At("2026-05-27 23:59:59");
        var head = await desk.Site.Head();
        var loaded = await desk.Site.Store.Load(ComplaintBook.Instance, Guid.Parse(id), Ct);
        var began = new ComplaintEvent.MediationBegan(told);
        var change = desk.Site.Store.Change(ComplaintBook.Instance, loaded, desk.Site.Store.Now, "staff:x", [began]);
        (await desk.Site.Store.Append(new Commit([change]), Ct)).ShouldBeOfType<Outcome.Done>();

        var law = Law.Shipped with { Operator = "" };
        // Whoever comes first, we or the round after the start: it moves once.
        await CountComplaintTerms.All(desk.Site.Store, law, Ct);
        (await desk.Site.KindsSince(head)).ShouldBe(["complaint.mediationBegan", "complaint.termsCounted"]);
        (await desk.Site.Appends([], () => CountComplaintTerms.All(desk.Site.Store, law, Ct))).ShouldBe(0);

        foreach (var reader in new[] { desk.Claimant, desk.Merchant, desk.Mediator })
        {
            var due = (await reader.GetAsync(Desk.At(id)).Json()).GetProperty("deadlines")[0];
            due.GetProperty("due").GetDateTimeOffset().ShouldBe(Days.At("2026-05-19 23:59:59"));
            due.GetProperty("explanation").GetString()!.ShouldContain("消费者权益保护法实施条例第46条");
            var events = (await reader.GetAsync(Desk.At(id, "events")).Json()).GetProperty("items");
            var line = events.EnumerateArray().Last();
            line.GetProperty("kind").GetString().ShouldBe("termsCounted");
            line.GetProperty("facts").GetProperty("cause").GetString().ShouldBe("law");
            line.GetProperty("facts").GetProperty("terms")[0].GetProperty("before").GetDateTimeOffset().ShouldBe(told);
        }
        desk.Site.Clock.Turn(Days.At("2026-05-22 10:00:00") - desk.Site.Store.Now);
        var browser = await desk.Site.Browsing(desk.Mediator);
        var queue = await browser.GetStringAsync("/desk?view=mediation", Ct);
        queue.ShouldContain("尚未逾期");
        queue.ShouldNotContain("deadline-over");
        desk.Site.Clock.Turn(Days.At("2026-05-28 10:00:00") - desk.Site.Store.Now);
        (await browser.GetStringAsync("/desk?view=mediation", Ct)).ShouldContain("deadline-over");
        var number = (await desk.Mediator.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString();
        (await browser.GetStringAsync($"/cases/{number}", Ct)).ShouldContain(
            "依法重新计算期限：调解由2026年5月27日(周三)改为2026年5月19日(周二)"
        );
    }
}
