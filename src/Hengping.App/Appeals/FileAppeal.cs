using Hengping.App.Clocks;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;

namespace Hengping.App.Appeals;

/// <summary>
/// <c>POST /appeals</c>: whoever a measure is addressed to, or whose report was turned down, begins an appeal, as a
/// draft or sent at once.
/// </summary>
public static class FileAppeal
{
    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder appeals) =>
        appeals
            .MapPost("", Handle)
            .Accepts<AppealRequest>("application/json")
            .Produces<AppealView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .For(AppealOpened.Appellants)
            .AnsweredOnce(AppealDoors.Again);

    private static async Task<IResult> Handle(
        HttpContext http,
        Caller caller,
        Store store,
        Law law,
        CancellationToken ct
    )
    {
        var (body, instead) = await Body.Read<AppealRequest>(http, ct);
        if (instead is not null)
            return instead;
        var faults = new FieldFaults();
        var kind = PlanDraft.Parse<AppealTargetKind>(body.Target?.Kind);
        faults.If(kind is null, "target.kind", body.Target?.Kind is null ? Fault.Required : Fault.Unknown);
        faults.If(body.Target?.Id is null, "target.id", Fault.Required);
        if (!faults.None)
            return Problems.Fields(faults.All);
        var target = new AppealTarget(kind!.Value, body.Target!.Id!.Value);
        if (await AppealTargets.Find(store, target, caller, ct) is not { } found)
            return Answers.NotFound;
        var plan = PlanDraft.Check(
            body.Statements,
            PlanOfAction.SectionsOf(target.Kind, found.Facts.IsSafety),
            Shanghai.DayOf(store.Now),
            faults
        );
        var late = faults.Text("lateReason", body.LateReason, 0, AppealDoors.NoteMax);
        await AppealDoors.CheckFiles(store, caller, plan, [], faults, ct);
        if (!faults.None)
            return Problems.Fields(faults.All);
        if (await AppealBook.Against(store, found.Facts, ct) is not null)
            return Appeal.Exists.AsProblem();

        var now = store.Now;
        var window = AppealOpened.WindowOf(law, found.Facts.ToldAt);
        var sendBy = law.Count(Appeal.DraftRule, now)?.Due ?? window.Until;
        var begun = Appeal.Begin(found.Facts, found.Appellant, window.Until, sendBy, now);
        if (begun.Refusal is { } no)
            return no.AsProblem();
        var (events, appeal) = (new List<AppealEvent> { begun.Event! }, Appeal.Fold(null, begun.Event!, now));
        if (plan.Statements.Count > 0 || late.Length > 0)
        {
            events.Add(appeal.Save(plan, late.Length > 0 ? late : null).Event!);
            appeal = Appeal.Fold(appeal, events[^1], now);
        }
        if (body.Draft != true)
        {
            var decideBy = law.Count(appeal.DecideBook, now)?.Due;
            var sent = appeal.Submit(plan, before: null, window, late.Length > 0, decideBy, now);
            if (sent.Refusal is { } notSent)
                return notSent.AsProblem();
            events.Add(AppealLint.Noted(sent.Event!, plan, appeal, Shanghai.DayOf(now)));
        }
        return await AppealDoors.Append(
            http,
            new Loaded<Appeal>(Guid.CreateVersion7(now), 0, 0, null),
            target,
            events,
            StatusCodes.Status201Created
        );
    }
}
