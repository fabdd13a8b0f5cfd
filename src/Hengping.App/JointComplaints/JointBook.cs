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

    private static readonly Table Joints = new(
        "joints",
        ["id"],
        [
            ("id", ColumnType.Guid),
            ("respondent", ColumnType.Guid),
            ("problem", Text),
            ("confirmed", Bool),
            ("proposed_at", Long),
            ("expires_at", Long),
        ]
    );

    private static readonly Table Members = new(
        "joint_members",
        ["joint", "complaint"],
        [("joint", ColumnType.Guid), ("complaint", ColumnType.Guid), ("state", Text), ("representative", Bool)]
    );

    /// <inheritdoc/>
    public override string Prefix => "joint";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Joints, Members];

    /// <inheritdoc/>
    public override Joint Fold(Joint? state, JointEvent happened, DateTimeOffset at, string author) =>
        Joint.Fold(state, happened, at);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, Joint joint)
    {
        yield return RowChange.Put(
            Joints,
            id,
            joint.Respondent,
            joint.Problem,
            joint.IsConfirmed,
            joint.ProposedAt.ToUnixTimeMilliseconds(),
            joint.NextExpiry?.ToUnixTimeMilliseconds()
        );
        foreach (var member in joint.Members)
            yield return RowChange.Put(Members, id, member.Complaint, Words.Of(member.State), member.IsRepresentative);
    }

    /// <inheritdoc/>
    public override IEnumerable<Platform.Claim> Claims(Guid id, Joint joint) =>
        joint
            .Members.Where(m => m.State == MemberState.In)
            .Select(m => new Platform.Claim(MemberScope, $"{m.Complaint:N}"));
}
