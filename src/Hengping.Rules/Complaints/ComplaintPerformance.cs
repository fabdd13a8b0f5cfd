using Hengping.Rules.Clocks;

namespace Hengping.Rules.Complaints;

/// <summary>A settlement that was not performed.</summary>
/// <param name="Offer">Its offer.</param>
/// <param name="Counted">It is counted on the respondent's page.</param>
/// <param name="ShowBy">Refused before its day, which has come: until then the respondent may show that it was done.
/// </param>
public sealed record BrokenPromise(int Offer, bool Counted, DateTimeOffset? ShowBy = null);

/// <summary>Settled is not paid: the verbs about what was agreed and whether it was done (rules.md §2).</summary>
public sealed partial record Complaint
{
    /// <summary>"Not performed" was said: until then the respondent may show that it was.</summary>
    public DateTimeOffset? ProofBy { get; init; }

    /// <summary>It was said before the due day, because the respondent refused in writing.</summary>
    public bool IsRefused { get; init; }

    /// <summary>When the mediation must have ended that begins when the time for proof is over.</summary>
    public DateTimeOffset? BrokenEndBy { get; init; }

    /// <summary>The respondent has shown that it did what was agreed, and nobody has said since that it did not.
    /// </summary>
    public DateTimeOffset? ShownAt { get; init; }

    /// <summary>The last settlement that was not performed, unless a mediator found that it was.</summary>
    public BrokenPromise? Broken { get; init; }

    /// <summary>The settlement a mediator found performed.</summary>
    public int? FoundPerformed { get; init; }

    /// <summary>Until then the respondent may show that it did what was agreed; null where nobody asks.</summary>
    public DateTimeOffset? ShowBy =>
        Status switch
        {
            Status.Settled => ProofBy,
            Status.InMediation => Broken?.ShowBy,
            _ => null,
        };

    /// <summary>"Not performed" can be said from here on: the day it is due, in Shanghai.</summary>
    public DateTimeOffset? DueFrom =>
        Settlement is { } no ? Shanghai.StartOf(Shanghai.DayOf(Offers.First(o => o.No == no).DueBy)) : null;

    /// <summary>已履行, by the claimant's word.</summary>
    public Decided<ComplaintEvent> ConfirmPerformed(DateTimeOffset now) =>
        No(Verb.Performed, now) ?? (Decided<ComplaintEvent>)new ComplaintEvent.Performed(ByClock: false);

    /// <summary>
    /// 反馈未履行: from the due day on; before it only where the respondent has refused in writing, and then nothing is
    /// counted. The respondent is told and has three days to show that it was.
    /// </summary>
    /// <param name="refused">The respondent refused in writing.</param>
    /// <param name="text">What happened; of a refusal, its words.</param>
    /// <param name="endBy">When a mediation must have ended that begins after those three days.</param>
    public Decided<ComplaintEvent> CallNotPerformed(
        bool refused,
        string? text,
        IReadOnlyList<Guid> evidence,
        DateTimeOffset endBy,
        DateTimeOffset now,
        ComplaintPolicy policy
    )
    {
        if (No(Verb.NotPerformed, now) is { } no)
            return no;
        var early = now < DueFrom;
        if (early && !refused)
            return Refusals.NotDueYet(Shanghai.DayOf(DueFrom!.Value));
        if (early && text is null && evidence.Count == 0)
            return Refusals.RefusalNotShown;
        return new ComplaintEvent.NotPerformedSaid(now + policy.ProofWithin, endBy)
        {
            Refused = early,
            Text = text,
            Evidence = evidence,
        };
    }

    /// <summary>履行证明, from the settlement on: what was done is told without being asked, too.</summary>
    public Decided<ComplaintEvent> ShowPerformance(string? text, IReadOnlyList<Guid> evidence, DateTimeOffset now)
    {
        if (No(Verb.ShowPerformance, now) is { } no)
            return no;
        return text is null && evidence.Count == 0
            ? Refusals.NothingShown
            : new ComplaintEvent.PerformanceShown(evidence) { Text = text };
    }

    /// <summary>认定已履行: what was said, and what was counted for it, is taken back.</summary>
    public Decided<ComplaintEvent> FindPerformed(string reason, DateTimeOffset now, ComplaintPolicy policy)
    {
        if (No(Verb.FindPerformed, now) is { } no)
            return no;
        return new ComplaintEvent.PerformanceFound(
            TakesBack: ProofBy is null && Broken!.Counted,
            now + policy.ObjectWithin
        )
        {
            Reason = reason,
        };
    }

    /// <summary>
    /// A settlement refused in writing before its day: on the day both are told, the respondent has three days as
    /// always, and then it is counted. What was agreed or ended in between is followed up no more.
    /// </summary>
    private ClockEvent? Refused(ComplaintPolicy policy)
    {
        if (Broken is not { Counted: false } refused)
            return null;
        if (refused.ShowBy is { } showBy)
            return new ClockEvent(showBy, new ComplaintEvent.RefusedCounted());
        var due = Offers.First(o => o.No == refused.Offer).DueBy;
        return new ClockEvent(due, new ComplaintEvent.RefusedFellDue(due + policy.ProofWithin));
    }

    /// <summary>On the due day both are asked; without objection it counts as performed.</summary>
    private ClockEvent Performance(ComplaintPolicy policy)
    {
        if (ProofBy is { } proofBy)
            return new ClockEvent(
                proofBy,
                new ComplaintEvent.NotPerformed { EndBy = BrokenEndBy, Uncounted = IsRefused }
            );
        if (ObjectBy is { } objectBy)
            return new ClockEvent(objectBy, new ComplaintEvent.Performed(ByClock: true));
        var due = Offers.First(o => o.No == Settlement).DueBy;
        return new ClockEvent(due, new ComplaintEvent.PerformanceAsked(due + policy.ObjectWithin));
    }
}
