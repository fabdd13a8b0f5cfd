using Hengping.Rules.Clocks;

namespace Hengping.Rules.Complaints;

/// <summary>What events say of terms.</summary>
public abstract partial record ComplaintEvent
{
    /// <summary>What is to be said of the terms it sets; null where their days say it all.</summary>
    public IReadOnlyList<TermNote>? TermNotes { get; init; }

    /// <summary>The instant its term is counted from, where that is not its own.</summary>
    public DateTimeOffset? CountedFrom { get; init; }

    /// <summary>告知终止调解: a party to whom the house cannot write was told by a person (令121 art. 23).</summary>
    /// <param name="Who">claimant or respondent.</param>
    /// <param name="Way">phone, email, post, online.</param>
    public sealed record TerminationTold(Party Who, string Way) : ComplaintEvent
    {
        [Secret]
        public string? Note { get; init; }
    }

    /// <summary>
    /// 期限重新计算: running terms were counted again. The days of <see cref="ComplaintEvent.TermNotes"/> hold from now on.
    /// </summary>
    public sealed record TermsCounted(TermsCause Cause) : ComplaintEvent;

    /// <summary>锁定: its claimant left while a legal term keeps the case; it is stored and read by nobody.</summary>
    public sealed record Locked : ComplaintEvent;

    /// <summary>剔除, by a reviewer, with reason; visible and reversible.</summary>
    public sealed record Excluded(string Ground) : ComplaintEvent
    {
        [Secret]
        public string? Reason { get; init; }
    }

    /// <summary>恢复计入, by a reviewer, with reason; absent before 2026-12.</summary>
    public sealed record Included(string Ground) : ComplaintEvent
    {
        [Secret]
        public string? Reason { get; init; }
    }
}
