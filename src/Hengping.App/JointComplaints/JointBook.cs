using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.JointComplaints;

/// <summary>Joint complaints as current rows. A complaint takes part in one at a time.</summary>
public sealed class JointBook : Book<Joint, JointEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly JointBook Instance = new();

    /// <summary>Scope of the claim of a complaint on its one joint complaint.</summary>
    public const string MemberScope = "joint-member";

    private static readonly Table<(Guid Id, Joint Of)> Joints = new(
        "joints",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("respondent", ColumnType.Guid, r => r.Of.Respondent),
            ("problem", Text, r => r.Of.Problem),
            ("confirmed", Bool, r => r.Of.IsConfirmed),
            ("proposed_at", Long, r => r.Of.ProposedAt),
            ("expires_at", Long, r => r.Of.NextExpiry),
        ]
    );

    private static readonly Table<(Guid Joint, JointMember Of)> Members = new(
        "joint_members",
        ["joint", "complaint"],
        [
            ("joint", ColumnType.Guid, r => r.Joint),
            ("complaint", ColumnType.Guid, r => r.Of.Complaint),
            ("state", Text, r => Words.Of(r.Of.State)),
            ("representative", Bool, r => r.Of.IsRepresentative),
        ]
    );

    /// <inheritdoc/>
    public override string Prefix => "joint";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Joints, Members];

    /// <inheritdoc/>
    public override Joint Fold(Joint? state, JointEvent happened, DateTimeOffset at, string author) =>
        Joint.Fold(state, happened, at);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, Joint joint) =>
        [Joints.Put((id, joint)), .. joint.Members.Select(member => Members.Put((id, member)))];

    /// <inheritdoc/>
    public override IEnumerable<Reservation> Reservations(Guid id, Joint joint) =>
        joint
            .Members.Where(m => m.State == MemberState.In)
            .Select(m => new Reservation(MemberScope, $"{m.Complaint:N}"));
}
