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
    public sealed record OfferAccepted(int No, Party By) : ComplaintEvent;

    /// <summary>拒绝方案.</summary>
    public sealed record OfferRejected(int No, Party By) : ComplaintEvent;

    /// <summary>Nobody answered it in time.</summary>
    public sealed record OfferExpired(int No) : ComplaintEvent;

    /// <summary>On the due day both sides are asked whether it was performed.</summary>
    public sealed record PerformanceAsked(DateTimeOffset ObjectBy) : ComplaintEvent;

    /// <summary>已履行, by the claimant's word or 7 days without objection: closed.</summary>
    public sealed record Performed(bool ByClock) : ComplaintEvent;

    /// <summary>承诺未履行: back into mediation, counted on the respondent's page.</summary>
    public sealed record NotPerformed : ComplaintEvent
    {
        /// <summary>When the mediation must have ended.</summary>
        public DateTimeOffset? EndBy { get; init; }
    }
}
