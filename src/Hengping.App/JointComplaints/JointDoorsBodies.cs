using Hengping.Rules.Complaints;

namespace Hengping.App.JointComplaints;

/// <summary>What is sent to them.</summary>
public static partial class JointDoors
{
    /// <summary>A claimant's own complaint, or the desk's choice of several.</summary>
    public sealed record ProposeRequest(Guid? Complaint, IReadOnlyList<Guid>? Complaints)
    {
        public ProposeRequest()
            : this(null, null) { }
    }

    /// <summary>Complaints to invite or to let in.</summary>
    public sealed record InviteRequest(IReadOnlyList<Guid>? Complaints)
    {
        public InviteRequest()
            : this(Complaints: null) { }
    }

    /// <summary>Which complaint, and why.</summary>
    public sealed record RemoveRequest(Guid? Complaint, string? Reason)
    {
        public RemoveRequest()
            : this(null, null) { }
    }

    /// <summary>Two complaints whose claimants shall represent all.</summary>
    public sealed record ElectRequest(IReadOnlyList<Guid>? Complaints)
    {
        public ElectRequest()
            : this(Complaints: null) { }
    }

    /// <summary>A message to all.</summary>
    public sealed record WordsRequest(string? Text)
    {
        public WordsRequest()
            : this(Text: null) { }
    }

    /// <summary>Why all should withdraw.</summary>
    /// <param name="AsksFirst">Refuse it with <c>joint.look</c> where all of it is right; else it is done.</param>
    public sealed record WaiveRequest(string? Text, GuardianDraft? Guardian = null, bool? AsksFirst = null)
    {
        public WaiveRequest()
            : this(Text: null) { }
    }

    /// <summary>Who agreed for a member of 14 to 17 that settles or gives up.</summary>
    /// <param name="AsksFirst">As of <see cref="WaiveRequest"/>, of what binds the case.</param>
    public sealed record AgreeRequest(GuardianDraft? Guardian, bool? AsksFirst = null)
    {
        public AgreeRequest()
            : this(Guardian: null) { }
    }

    /// <summary>One complaint's sum.</summary>
    public sealed record ShareRequest(Guid? Complaint, decimal? Amount);

    /// <summary>What all get: the same sum each, or sums by complaint.</summary>
    /// <param name="AsksFirst">As of <see cref="WaiveRequest"/>.</param>
    public sealed record SettleRequest(
        string? Terms,
        decimal? Amount,
        IReadOnlyList<ShareRequest>? Amounts,
        string? DueBy,
        bool? AsksFirst = null
    )
    {
        public SettleRequest()
            : this(null, null, null, null) { }
    }
}
