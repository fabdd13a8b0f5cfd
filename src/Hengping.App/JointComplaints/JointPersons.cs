using Hengping.App.Platform;

namespace Hengping.App.JointComplaints;

/// <summary>What was said in a joint complaint goes with the last of its members' cases, erased or locked.</summary>
public sealed class JointPersons : IHoldsPersons
{
    private const string Erased = "'complaint.erased'";
    private const string Shut = "'complaint.erased', 'complaint.locked'";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<long>> KeysAround(
        Store store,
        IReadOnlyList<Guid> erased,
        bool isLock,
        CancellationToken ct
    ) =>
        erased.Count == 0
            ? []
            : await store.Query<long>(
                $"""
                select distinct s.key from joint_members m join streams s on s.stream = m.joint
                where m.complaint in @erased and not exists (
                  select 1 from joint_members o where o.joint = m.joint
                    and not exists (
                      select 1 from events x where x.stream = o.complaint and x.kind in ({(isLock ? Shut : Erased)})))
                """,
                new { erased = erased.ToArray() },
                ct
            );
}
