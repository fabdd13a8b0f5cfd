namespace Hengping.Rules.Complaints;

/// <summary>What everyone concerned must agree to.</summary>
public enum MatterKind
{
    /// <summary>推选或变更代表人.</summary>
    Representatives,

    /// <summary>接受和解方案, made by the respondent to all.</summary>
    Settle,

    /// <summary>放弃投诉请求: all withdraw.</summary>
    Waive,
}

/// <summary>What one member gets under a settlement.</summary>
/// <param name="OfferNo">The offer in the member's own complaint.</param>
/// <param name="Amount">CNY; null where it is not about money.</param>
public sealed record JointShare(Guid Complaint, int OfferNo, decimal? Amount);

/// <summary>
/// What can happen to a joint complaint. Words are sealed with the key of their author's own complaint (the
/// respondent's and the desk's with that of the joint complaint), so that they go when that complaint is erased.
/// </summary>
public abstract record JointEvent
{
    private JointEvent() { }

    /// <summary>共同投诉 is offered to claimants with the same respondent and the same problem.</summary>
    /// <param name="By">The complaint whose claimant proposes it, who thereby takes part; null for the desk.</param>
    /// <param name="Others">Who is invited.</param>
    public sealed record Proposed(Guid Respondent, string Problem, Guid? By, IReadOnlyList<Guid> Others) : JointEvent;

    /// <summary>The desk finds that it is the same dispute.</summary>
    public sealed record Confirmed : JointEvent;

    /// <summary>The desk invites more.</summary>
    public sealed record Invited(IReadOnlyList<Guid> Complaints) : JointEvent;

    /// <summary>A claimant who filed later asks to be let in.</summary>
    public sealed record Asked(Guid Complaint) : JointEvent;

    /// <summary>A claimant takes part.</summary>
    public sealed record Joined(Guid Complaint) : JointEvent;

    /// <summary>A claimant does not, or no longer, take part.</summary>
    public sealed record Left(Guid Complaint) : JointEvent;

    /// <summary>The desk finds that this is another dispute.</summary>
    public sealed record Removed(Guid Complaint) : JointEvent
    {
        [Secret]
        public string? Reason { get; init; }
    }

    /// <summary>Something everyone concerned must agree to.</summary>
    /// <param name="No">1, 2, 3 … within the joint complaint.</param>
    /// <param name="Concerned">Complaints whose claimants are asked.</param>
    /// <param name="By">The complaint of who raised it, who thereby agrees; null for the respondent and the
    /// desk.</param>
    public sealed record MatterRaised(
        int No,
        MatterKind Kind,
        Guid? By,
        IReadOnlyList<Guid> Concerned,
        DateTimeOffset ExpiresAt
    ) : JointEvent
    {
        /// <summary>Two complaints whose claimants shall represent all.</summary>
        public IReadOnlyList<Guid> Representatives { get; init; } = [];

        /// <summary>Of a settlement: by when it is performed.</summary>
        public DateTimeOffset? DueBy { get; init; }

        /// <summary>Of a settlement: what each gets.</summary>
        public IReadOnlyList<JointShare> Shares { get; init; } = [];

        [Secret(KeyOf.Person)]
        public string? Text { get; init; }

        /// <summary>Of whoever proposes to give up and is of 14 to 17.</summary>
        [Secret(KeyOf.Person)]
        public Guardian? Guardian { get; init; }
    }

    /// <summary>One yes.</summary>
    public sealed record Agreed(int No, Guid Complaint) : JointEvent
    {
        /// <summary>Of a member of 14 to 17.</summary>
        [Secret(KeyOf.Person)]
        public Guardian? Guardian { get; init; }
    }

    /// <summary>One no: the matter is off.</summary>
    public sealed record Refused(int No, Guid Complaint) : JointEvent;

    /// <summary>Everyone concerned agreed.</summary>
    public sealed record Carried(int No) : JointEvent;

    /// <summary>Not everyone concerned had answered in time: the matter is off, by the clock.</summary>
    public sealed record Expired(int No, MatterKind Kind) : JointEvent;

    /// <summary>A representative, the respondent or the mediator writes to all.</summary>
    /// <param name="Complaint">The representative's complaint; null for the others.</param>
    public sealed record Said(Party From, Guid? Complaint) : JointEvent
    {
        [Secret(KeyOf.Person)]
        public string? Text { get; init; }
    }
}
