using Hengping.App.Clocks;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Appeals;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;
using Hengping.Rules.Measures;

namespace Hengping.App.Appeals;

/// <summary>The decision, with a reason for each statement.</summary>
public static partial class AppealDoors
{
    private static Decided<AppealEvent> Decide(AppealOpened opened, DecideRequest body)
    {
        var faults = opened.Faults;
        var outcome = faults.Word(
            "outcome",
            body.Outcome,
            ("upheld", AppealStatus.Upheld),
            ("partly", AppealStatus.Partly),
            ("overturned", AppealStatus.Overturned)
        );
        var plan = opened.SentPlan ?? PlanOfAction.Empty;
        var verdicts = new List<StatementVerdict>();
        foreach (var statement in plan.Statements)
        {
            var at = $"statements[{statement.No - 1}]";
            var said = body.Statements?.FirstOrDefault(one => one?.No == statement.No);
            faults.If(said?.Accepted is null, at + ".accepted", Fault.Required);
            var why = faults.Text(at + ".why", said?.Why, WhyMin, WhyMax);
            verdicts.Add(new StatementVerdict(statement.No, said?.Accepted == true, why));
        }
        var reason = faults.Text("reason", body.Reason, ReasonMin, NoteMax);
        var decision = new AppealDecision(outcome, verdicts, reason, ChangeOf(body.Change, faults, opened.Now));
        var decided = opened.Appeal.Decide(
            decision,
            plan,
            opened.Caller.Account,
            opened.IsFree,
            Shanghai.DayOf(opened.Now),
            day => opened.Law.Count(Appeal.CheckRule, Shanghai.StartOf(day))?.Due
        );
        return body.AsksFirst == true && faults.None && decided.Event is not null ? Appeal.LookFirst : decided;
    }

    private static ChangedMeasure? ChangeOf(DecideRequest.Changing? change, FieldFaults faults, DateTimeOffset now)
    {
        if (change is null)
            return null;
        if (change.EndsOn is { } day && Measure.WhyNotDay(day, now) is { } never)
            faults.Add("change.endsOn", never);
        faults.Money("change.amount", change.Amount, Measure.AmountMax);
        faults.If(change.Amount == 0, "change.amount", Measure.NothingLeft);
        var scope = faults.Text("change.scope", change.Scope, 0, NoteMax);
        return new ChangedMeasure(change.EndsOn, change.Amount, scope.Length > 0 ? scope : null);
    }

    // With what is to be said of the terms they set: provisional, or lawful until later.
    private static IReadOnlyList<AppealEvent> Noted(
        Appeal? appeal,
        IReadOnlyList<AppealEvent> events,
        DateTimeOffset now,
        Law law
    )
    {
        var noted = new List<AppealEvent>();
        foreach (var happened in events)
        {
            appeal = Appeal.Fold(appeal, happened, now);
            noted.Add(
                happened switch
                {
                    AppealEvent.Submitted e => e with { TermNote = appeal.NoteFor(law.Count) },
                    AppealEvent.Extended e => e with { TermNote = appeal.NoteFor(law.Count) },
                    _ => happened,
                }
            );
        }
        return noted;
    }
}
