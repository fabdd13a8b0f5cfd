namespace Hengping.Rules.Measures;

/// <summary>Who may do what to a measure, and what comes of it.</summary>
public sealed partial record Measure
{
    /// <summary>The clock's ground to lift an IP measure.</summary>
    public const string NoSuit = "ip-no-suit";

    /// <summary>
    /// Why not: the one statement by which doors answer, pages show, and <c>can</c> is computed. Null where it may be
    /// done now.
    /// </summary>
    /// <param name="who">The account that wants to; of <see cref="MeasureSide.Appeals"/> whoever decides.</param>
    public Refusal? Why(MeasureVerb verb, MeasureSide side, Guid who, DateTimeOffset now) =>
        !MeasureLife.IsOf(verb, side) ? NotYours
        : IsShut ? Gone
        : !MeasureLife.Allows(Status, verb) ? MeasureLife.WrongState(verb, Status) with { Stood = StoodFor(verb) }
        : verb switch
        {
            MeasureVerb.Sign => WhyNotSign(side, who, now),
            MeasureVerb.Drop => IsForAdmin(side) ? ForTheAdmin : null,
            MeasureVerb.Answer => AnsweredAt is not null ? AlreadyAnswered
            : AnswerBy <= now ? TooLateToAnswer
            : null,
            MeasureVerb.AskHuman => IsHumanDue ? AlreadyAsked : null,
            MeasureVerb.Look => IsHumanDue ? null : NotAsked,
            MeasureVerb.State => !IsIpNotice ? NotIpNotice
            : StatedAt is not null ? AlreadyStated
            : null,
            MeasureVerb.Sue => !IsIpNotice ? NotIpNotice
            : SuedAt is not null ? AlreadySued
            : StatedAt is null ? NothingStated
            : null,
            MeasureVerb.Appeal => !WasInEffect ? NotInEffect
            : IsAppealOpen ? AlreadyAppealed
            : Appeal is not null ? AppealDecided
            : null,
            MeasureVerb.EndAppeal => IsAppealOpen ? null : NoAppeal,
            MeasureVerb.Uphold or MeasureVerb.Overturn or MeasureVerb.Change => !WasInEffect ? NotInEffect
            : who == DecidedBy || who == ProposedBy ? DecidedItYourself
            : null,
            _ => null,
        };

    /// <summary>The verbs that one may do now.</summary>
    public IReadOnlyList<MeasureVerb> Can(MeasureSide side, Guid who, DateTimeOffset now) =>
        [.. Enum.GetValues<MeasureVerb>().Where(verb => Why(verb, side, who, now) is null)];

    private bool WasInEffect => SignedAt is not null || IsUrgent;

    private bool IsForAdmin(MeasureSide side) => OverdueAt is not null && side != MeasureSide.Admin;

    private Refusal? WhyNotSign(MeasureSide side, Guid who, DateTimeOffset now) =>
        IsForAdmin(side) ? ForTheAdmin
        : (IsHeavy || Automation == Automation.Fully) && who == ProposedBy ? FourEyes
        : Status == MeasureStatus.Announced && AnsweredAt is null && AnswerBy > now ? StillToAnswer
        : null;

    /// <summary>签署.</summary>
    /// <param name="startsAt">When it begins: now, or after the notice of <see cref="NeedsNotice"/>.</param>
    public Decided<MeasureEvent> Sign(
        MeasureSide side,
        Guid by,
        string? note,
        DateTimeOffset startsAt,
        DateTimeOffset? appealBy,
        DateTimeOffset now
    ) =>
        Why(MeasureVerb.Sign, side, by, now) is { } no ? no
        : EndsOn is { } day && Clocks.Shanghai.EndOf(day) <= startsAt ? EndsBefore
        : new MeasureEvent.Signed(by, startsAt, appealBy) { Note = note };

    /// <summary>Thirty days pass before it begins.</summary>
    public bool NeedsNotice => NeedsNoticeOf(Kind, Cause, IsUrgent);

    /// <summary>The first moment of the day after a notice.</summary>
    /// <param name="due">When the notice is over.</param>
    public static DateTimeOffset AfterNotice(DateTimeOffset due) =>
        Clocks.Shanghai.StartOf(Clocks.Shanghai.DayOf(due).AddDays(1));

    /// <summary>不予采取.</summary>
    public Decided<MeasureEvent> Drop(MeasureSide side, Guid by, string reason, DateTimeOffset now) =>
        Why(MeasureVerb.Drop, side, by, now) is { } no ? no : new MeasureEvent.Dropped(by) { Reason = reason };

    /// <summary>陈述申辩.</summary>
    public Decided<MeasureEvent> Answering(
        Guid by,
        string text,
        IReadOnlyList<Guid> evidence,
        DateTimeOffset? decideBy,
        DateTimeOffset now
    ) =>
        Why(MeasureVerb.Answer, MeasureSide.Addressee, by, now) is { } no
            ? no
            : new MeasureEvent.Answered(evidence, decideBy) { Text = text };

    /// <summary>要求人工处理: from then on no automated step decides alone. What has changed can be shown with it.
    /// </summary>
    public Decided<MeasureEvent> AskHuman(
        Guid by,
        string? text,
        IReadOnlyList<Guid> evidence,
        DateTimeOffset? humanBy,
        DateTimeOffset now
    ) =>
        Why(MeasureVerb.AskHuman, MeasureSide.Addressee, by, now) is { } no
            ? no
            : new MeasureEvent.HumanAsked(humanBy) { Evidence = evidence, Text = text };

    /// <summary>人工答复.</summary>
    public Decided<MeasureEvent> Look(MeasureSide side, Guid by, string text, DateTimeOffset now) =>
        Why(MeasureVerb.Look, side, by, now) is { } no ? no : new MeasureEvent.Looked(by) { Text = text };

    /// <summary>解除.</summary>
    public Decided<MeasureEvent> Lift(MeasureSide side, Guid by, string because, string reason, DateTimeOffset now) =>
        Why(MeasureVerb.Lift, side, by, now) is { } no ? no : new MeasureEvent.Lifted(by, because) { Reason = reason };

    /// <summary>不侵权声明.</summary>
    public Decided<MeasureEvent> State(
        Guid by,
        string text,
        IReadOnlyList<Guid> evidence,
        DateTimeOffset suitBy,
        DateTimeOffset now
    ) =>
        Why(MeasureVerb.State, MeasureSide.Addressee, by, now) is { } no
            ? no
            : new MeasureEvent.Stated(evidence, suitBy) { Text = text };

    /// <summary>权利人已投诉或起诉.</summary>
    public Decided<MeasureEvent> Sue(MeasureSide side, Guid by, string where, DateTimeOffset now) =>
        Why(MeasureVerb.Sue, side, by, now) is { } no ? no : new MeasureEvent.Sued(by) { Where = where };

    /// <summary>An appeal begins; in one commit with it.</summary>
    public Decided<MeasureEvent> Appealing(Guid appeal, DateTimeOffset now) =>
        Why(MeasureVerb.Appeal, MeasureSide.Appeals, Guid.Empty, now) is { } no
            ? no
            : new MeasureEvent.Appealed(appeal);

    /// <summary>The appeal is over, and nobody decided it.</summary>
    public Decided<MeasureEvent> EndAppeal(Guid appeal, DateTimeOffset now) =>
        Why(MeasureVerb.EndAppeal, MeasureSide.Appeals, Guid.Empty, now) is { } no ? no
        : Appeal != appeal ? NoAppeal
        : new MeasureEvent.AppealEnded(appeal);

    /// <summary>The appeal was in vain.</summary>
    /// <param name="by">Who decided it: not who decided the measure.</param>
    public Decided<MeasureEvent> Uphold(Guid appeal, Guid by, DateTimeOffset now) =>
        Why(MeasureVerb.Uphold, MeasureSide.Appeals, by, now) is { } no ? no : new MeasureEvent.Upheld(appeal);

    /// <summary>The appeal was right: the measure is undone in the same commit.</summary>
    public Decided<MeasureEvent> Overturn(Guid appeal, string reason, DateTimeOffset now, Guid by = default) =>
        Why(MeasureVerb.Overturn, MeasureSide.Appeals, by, now) is { } no
            ? no
            : new MeasureEvent.Overturned(appeal) { Reason = reason };

    /// <summary>The appeal was right in part: an earlier end, a smaller sum, a narrower scope.</summary>
    public Decided<MeasureEvent> Change(
        Guid appeal,
        string reason,
        DateTimeOffset now,
        DateOnly? endsOn = null,
        decimal? amount = null,
        string? scope = null,
        Guid by = default
    )
    {
        if (Why(MeasureVerb.Change, MeasureSide.Appeals, by, now) is { } no)
            return no;
        var (ends, sum) = (endsOn == EndsOn ? null : endsOn, amount == Amount ? null : amount);
        return ends is null && sum is null && scope is null ? NothingChanged
            : (WhyNotEnd(ends, now) ?? WhyNotSum(sum)) is { } never ? never
            : new MeasureEvent.Changed(appeal, ends, sum) { Scope = scope, Reason = reason };
    }

    private Refusal? WhyNotEnd(DateOnly? endsOn, DateTimeOffset now) =>
        endsOn is not { } day ? null
        : MeasureKinds.IsWithoutEnd(Kind, Reason) ? HasNoEnd
        : !MeasureKinds.IsLasting(Kind) || day > EndsOn ? NeverHarder
        : WhyNotDay(day, now) is { } never ? never
        : Clocks.Shanghai.EndOf(day) <= StartsAt ? EndsBefore
        : null;

    private Refusal? WhyNotSum(decimal? amount) =>
        amount is null ? null
        : !(amount < Amount) ? NeverHarder
        : amount == 0 ? NothingLeft
        : null;

    /// <summary>Records that its keys are to be destroyed.</summary>
    public Decided<MeasureEvent> Erase(string because) => IsErased ? Gone : new MeasureEvent.Erased(because);

    /// <summary>Records that its keys open nothing until they are destroyed.</summary>
    public Decided<MeasureEvent> Lock() => IsShut ? Gone : new MeasureEvent.Locked();
}
