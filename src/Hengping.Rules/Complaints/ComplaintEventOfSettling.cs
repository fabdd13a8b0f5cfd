namespace Hengping.Rules.Complaints;

/// <summary>Offers, what became of them, and whether what was agreed was done.</summary>
public abstract partial record ComplaintEvent
{
    /// <summary>和解方案. The respondent's first offer is also a reply.</summary>
    /// <param name="No">1, 2, 3 … within the case.</param>
    public sealed record OfferMade(
        int No,
        Party By,
        decimal? Amount,
        DateTimeOffset DueBy,
        DateTimeOffset ExpiresAt,
        bool IsReply
    ) : ComplaintEvent
    {
        /// <summary>The joint complaint to all of which it was made.</summary>
        public Guid? Joint { get; init; }

        [Secret]
        public string? Terms { get; init; }
    }

    /// <summary>
    /// 接受方案: settled. An offer a mediator proposed is settled when both parties have accepted it.
    /// </summary>
    public sealed record OfferAccepted(int No, Party By) : ComplaintEvent
    {
        [Secret]
        public Guardian? Guardian { get; init; }
    }

    /// <summary>撤回.</summary>
    /// <param name="Reason">A code of the taxonomy; null where nothing was said.</param>
    public sealed record Withdrawn(string? Reason = null) : ComplaintEvent
    {
        [Secret]
        public Guardian? Guardian { get; init; }
    }

    /// <summary>拒绝方案.</summary>
    public sealed record OfferRejected(int No, Party By) : ComplaintEvent
    {
        /// <summary>Why; who turns down need not say.</summary>
        [Secret]
        public string? Reason { get; init; }
    }

    /// <summary>Nobody answered it in time.</summary>
    public sealed record OfferExpired(int No) : ComplaintEvent;

    /// <summary>On the due day both sides are asked whether it was performed.</summary>
    public sealed record PerformanceAsked(DateTimeOffset ObjectBy) : ComplaintEvent;

    /// <summary>已履行, by the claimant's word or 7 days without objection: closed.</summary>
    public sealed record Performed(bool ByClock) : ComplaintEvent;

    /// <summary>反馈未履行: the respondent is told, and has until then to show that it was.</summary>
    /// <param name="EndBy">When the mediation must have ended that begins if it does not.</param>
    public sealed record NotPerformedSaid(DateTimeOffset ProofBy, DateTimeOffset EndBy) : ComplaintEvent
    {
        /// <summary>Said before the due day, because the respondent refused in writing: nothing is counted
        /// yet.</summary>
        public bool Refused { get; init; }
        public IReadOnlyList<Guid> Evidence { get; init; } = [];

        [Secret]
        public string? Text { get; init; }
    }

    /// <summary>履行证明: the respondent shows that it did what was agreed.</summary>
    public sealed record PerformanceShown(IReadOnlyList<Guid> Evidence) : ComplaintEvent
    {
        [Secret]
        public string? Text { get; init; }
    }

    /// <summary>
    /// 承诺未履行: back into mediation, counted on the respondent's page. By the clock once the time for proof is over;
    /// in logs of 2026-11-28 and before by the claimant's word alone.
    /// </summary>
    public sealed record NotPerformed : ComplaintEvent
    {
        /// <summary>When the mediation must have ended.</summary>
        public DateTimeOffset? EndBy { get; init; }

        /// <summary>Said before it was due: nothing is counted yet.</summary>
        public bool Uncounted { get; init; }
    }

    /// <summary>The day has come of a settlement that was refused in writing before it: both are told, and the
    /// respondent has until then to show that it was done after all.</summary>
    public sealed record RefusedFellDue(DateTimeOffset ShowBy) : ComplaintEvent;

    /// <summary>承诺未履行, of a settlement refused before its day: counted on the respondent's page.</summary>
    public sealed record RefusedCounted : ComplaintEvent;

    /// <summary>认定已履行, by a mediator: it is settled as before, and closes unless somebody objects.</summary>
    /// <param name="TakesBack">It had been counted on the respondent's page and is not any more.</param>
    /// <param name="ClosesAt">When it counts as performed, where it is settled again.</param>
    public sealed record PerformanceFound(bool TakesBack, DateTimeOffset ClosesAt) : ComplaintEvent
    {
        [Secret]
        public string? Reason { get; init; }
    }
}
