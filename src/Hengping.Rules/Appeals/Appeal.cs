using System.Collections.Immutable;

namespace Hengping.Rules.Appeals;

/// <summary>申诉: asks that a decision be looked at again, by somebody who did not take it.</summary>
public sealed partial record Appeal : IErasable<AppealEvent>
{
    public required AppealTarget Target { get; init; }
    public Guid? Merchant { get; init; }
    public Guid? Account { get; init; }
    public required bool IsSafety { get; init; }

    /// <summary>When they were told of what they appeal against: the terms count from here.</summary>
    public required DateTimeOffset ToldAt { get; init; }

    /// <summary>Who decided or signed what it is against.</summary>
    public ImmutableList<Guid> DecidedBy { get; init; } = [];
    public required DateTimeOffset BegunAt { get; init; }
    public AppealStatus Status { get; init; }

    /// <summary>The last version; 0 where nothing is written yet.</summary>
    public int Version { get; init; }

    /// <summary>The version that was sent last.</summary>
    public int? Sent { get; init; }

    /// <summary>How many statements the last version has.</summary>
    public int Statements { get; init; }
    public ImmutableList<Guid> Evidence { get; init; } = [];

    /// <summary>A draft, or what was sent back, lapses then.</summary>
    public DateTimeOffset? SendBy { get; init; }
    public DateTimeOffset? SubmittedAt { get; init; }
    public DateTimeOffset? DecideBy { get; init; }

    /// <summary>What an extension counts from.</summary>
    public DateTimeOffset? FirstDecideBy { get; init; }
    public bool IsLate { get; init; }
    public bool IsFront { get; init; }
    public bool IsExtended { get; init; }

    /// <summary>The parts that a refusal named; empty where there was none.</summary>
    public ImmutableList<AppealSection> Missing { get; init; } = [];

    /// <summary>The only one from outside who may decide.</summary>
    public Guid? Second { get; init; }
    public Guid? Decider { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateOnly? PromisedBy { get; init; }

    /// <summary>The stretch that a check of effect looks at begins when this day is over.</summary>
    public DateOnly? CheckFrom { get; init; }
    public DateTimeOffset? CheckAt { get; init; }
    public EffectFound? Effect { get; init; }

    /// <summary>A check says worse, and nobody has looked at it.</summary>
    public bool IsToLookAt { get; init; }
    public bool IsErased { get; init; }
    public bool IsLocked { get; init; }

    /// <summary>Nothing that it says can be read.</summary>
    public bool IsShut => IsErased || IsLocked;

    /// <summary>Something still has to happen before it is decided.</summary>
    public bool IsOpen => AppealLife.IsOpen(Status);

    /// <summary>It was sent back once: the next time it is decided.</summary>
    public bool WasRefused => Missing.Count > 0;

    /// <summary>The sections it can fill.</summary>
    public IReadOnlyList<AppealSection> Sections => PlanOfAction.SectionsOf(Target.Kind, IsSafety);

    /// <summary>Begins one, as a draft.</summary>
    /// <param name="facts">What it is against, as it stands.</param>
    /// <param name="appellant">Whose appeal it is: a shop or a person.</param>
    /// <param name="until">When the last day is over on which it can be sent, even with a reason.</param>
    /// <param name="sendBy">A draft that is not sent lapses then.</param>
    public static Decided<AppealEvent> Begin(
        TargetFacts facts,
        Appellant appellant,
        DateTimeOffset until,
        DateTimeOffset sendBy,
        DateTimeOffset now
    ) =>
        facts.NotOpen is { } no ? no
        : now > until ? TooLate
        : new AppealEvent.Begun(
            facts.Target,
            appellant.Merchant,
            appellant.Account,
            facts.IsSafety,
            facts.ToldAt,
            facts.DecidedBy,
            sendBy < until ? sendBy : until
        );

    /// <summary>Keeps a version.</summary>
    public Decided<AppealEvent> Save(PlanOfAction plan, string? lateReason) =>
        No(AppealVerb.Save) is { } no
            ? no
            : new AppealEvent.Saved(Version + 1, plan.Statements.Count, plan.Files)
            {
                Plan = plan,
                LateReason = lateReason,
            };

    /// <summary>提交: sends the last version.</summary>
    /// <param name="plan">What it says.</param>
    /// <param name="before">What was sent before a refusal; null the first time.</param>
    /// <param name="window">The terms of sending, which counted from the day they were told.</param>
    /// <param name="hasReason">Why it is late was said.</param>
    /// <param name="decideBy">Our own promise, from now.</param>
    public Decided<AppealEvent> Submit(
        PlanOfAction plan,
        PlanOfAction? before,
        AppealWindow window,
        bool hasReason,
        DateTimeOffset? decideBy,
        DateTimeOffset now
    )
    {
        if (No(AppealVerb.Submit) is { } no)
            return no;
        if (plan.Statements.Count == 0)
            return Empty;
        if (WasRefused && before is not null && plan.Since(before).Count == 0)
            return Unchanged;
        // What was sent back has a term of its own: whoever was in time stays so.
        var isLate = WasRefused ? IsLate : now > window.InTime;
        if (!WasRefused && now > window.Until)
            return TooLate;
        if (isLate && !hasReason)
            return NeedsReason;
        var isFront = WasRefused && before is not null && plan.BringsExactly(before, Missing);
        return new AppealEvent.Submitted(Version, decideBy, isLate, isFront);
    }

    /// <summary>退回补充: names what is missing, part by part; once.</summary>
    public Decided<AppealEvent> Refuse(IReadOnlyList<MissingPart> missing, string? note, DateTimeOffset sendBy) =>
        No(AppealVerb.Refuse) is { } no ? no
        : WasRefused ? RefusedBefore
        : missing.Any(part => !Sections.Contains(part.Section)) ? NotAsked
        : new AppealEvent.Refused([.. missing.Select(part => part.Section).Distinct().Order()], sendBy)
        {
            Missing = missing,
            Note = note,
        };

    /// <summary>延长, once, while something is tested.</summary>
    public Decided<AppealEvent> Extend(string reason, DateTimeOffset? until) =>
        No(AppealVerb.Extend) is { } no ? no
        : IsExtended ? ExtendedBefore
        : new AppealEvent.Extended(until) { Reason = reason };

    /// <summary>Names somebody from outside: only where nobody here is free to decide.</summary>
    /// <param name="isFree">Another reviewer could decide.</param>
    public Decided<AppealEvent> NameSecond(Guid account, bool isFree) =>
        No(AppealVerb.Second) is { } no ? no
        : isFree ? NoSecondNeeded
        : DecidedBy.Contains(account) ? OwnDecision
        : new AppealEvent.SecondNamed(account);

    /// <summary>Whether somebody may decide it; why not.</summary>
    /// <param name="isFree">Somebody here could who did not take the decision.</param>
    public Refusal? WhyNotBy(Guid account, bool isFree) =>
        !DecidedBy.Contains(account) ? null
        : isFree ? OwnDecision
        : NeedsSecond;

    /// <summary>决定, with a reason for each statement.</summary>
    /// <param name="plan">The version that was sent.</param>
    /// <param name="today">In Shanghai.</param>
    /// <param name="checkAt">When the effect is checked, for the day from whose end it counts.</param>
    public Decided<AppealEvent> Decide(
        AppealDecision decision,
        PlanOfAction plan,
        Guid by,
        bool isFree,
        DateOnly today,
        Func<DateOnly, DateTimeOffset?> checkAt
    )
    {
        if (No(AppealVerb.Decide) is { } no)
            return no;
        if (WhyNotBy(by, isFree) is { } own)
            return own;
        if (decision.Outcome == AppealStatus.Partly && Target.Kind == AppealTargetKind.Report)
            return NotInPart;
        if (decision is { Outcome: AppealStatus.Partly, Change: null or { IsNone: true } })
            return NothingChanges;
        var accepted = decision.Verdicts.Where(v => v.Accepted).Select(v => v.No).Order().ToList();
        DateOnly? promised =
            decision.Outcome == AppealStatus.Upheld || Target.Kind == AppealTargetKind.Report
                ? null
                : plan.Statements.Where(s => accepted.Contains(s.No)).Max(s => s.By);
        var from = promised is { } last ? CheckedFrom(last, today, decision) : (DateOnly?)null;
        return new AppealEvent.Decided(decision.Outcome, by, accepted, promised, from is { } day ? checkAt(day) : null)
        {
            CheckFrom = from,
            Verdicts = decision.Verdicts,
            Change = decision.Outcome == AppealStatus.Partly ? decision.Change : null,
            Reason = decision.Reason,
        };
    }

    // What was done long ago shows only in what comes after the measure is gone, or has become lighter.
    private static DateOnly CheckedFrom(DateOnly promised, DateOnly today, AppealDecision decision)
    {
        DateOnly[] days =
        [
            today,
            promised,
            decision.Outcome == AppealStatus.Partly ? decision.Change?.EndsOn ?? today : today,
        ];
        var (from, most) = (days.Max(), today.AddYears(PlanOfAction.AheadYearsMax));
        return from < most ? from : most;
    }

    /// <summary>撤回, by whoever made it, while it is open.</summary>
    public Decided<AppealEvent> Withdraw() => No(AppealVerb.Withdraw) is { } no ? no : new AppealEvent.Withdrawn();

    /// <summary>Ends what was not sent in time.</summary>
    public Decided<AppealEvent> Lapse(DateTimeOffset now) =>
        No(AppealVerb.Lapse) is { } no ? no
        : SendBy is { } by && now > by ? new AppealEvent.Lapsed()
        : NotYet;

    /// <summary>效果核对, once, after the day that was promised.</summary>
    public Decided<AppealEvent> Check(EffectFound found, DateTimeOffset now) =>
        No(AppealVerb.Check) is { } no ? no
        : CheckAt is { } at && now >= at && Effect is null ? new AppealEvent.Checked(found)
        : NotYet;

    /// <summary>Somebody looked at a check that says worse.</summary>
    public Decided<AppealEvent> Look(string note) =>
        No(AppealVerb.Look) is { } no ? no
        : IsToLookAt ? new AppealEvent.Looked { Note = note }
        : NothingToLookAt;

    /// <summary>Records that its keys are to be destroyed.</summary>
    /// <param name="because">age, request.</param>
    public Decided<AppealEvent> Erase(string because) => IsErased ? Gone : new AppealEvent.Erased(because);

    /// <summary>Records that its keys open nothing until they are destroyed.</summary>
    public Decided<AppealEvent> Lock() => IsShut ? Gone : new AppealEvent.Locked();

    private Refusal? No(AppealVerb verb) =>
        IsShut ? Gone
        : AppealLife.Allows(Status, verb) ? null
        : AppealLife.WrongState(verb, Status) with { Stood = StoodFor(verb) };
}
