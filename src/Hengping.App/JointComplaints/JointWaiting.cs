using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.JointComplaints;

/// <summary>What waits in joint complaints for the cases in them.</summary>
public sealed class JointWaiting(Store store) : IWaitsBesideCases
{
    private sealed record Member(Guid Complaint, Guid Joint);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Turn>>> Of(
        IReadOnlyList<Guid> cases,
        CancellationToken ct
    )
    {
        var waiting = new Dictionary<Guid, IReadOnlyList<Turn>>();
        var members = await store.Query<Member>(
            """
            select complaint as Complaint, joint as Joint from joint_members
            where state in ('in', 'invited', 'asked') and complaint in @cases
            """,
            new { cases = cases.ToArray() },
            ct
        );
        foreach (var of in members.GroupBy(m => m.Joint))
        {
            if ((await store.Load(JointBook.Instance, of.Key, ct)).State is not { } joint)
                continue;
            var loaded = await JointDesk.Load(store, joint.Members.Select(m => m.Complaint), ct);
            var facts = loaded.Where(l => l.Value.State is not null).ToDictionary(l => l.Key, l => l.Value.State!);
            foreach (var (complaint, _) in of)
                waiting[complaint] =
                [
                    .. waiting.GetValueOrDefault(complaint) ?? [],
                    .. joint.Turns(complaint, facts, store.Now),
                ];
        }
        return waiting;
    }
}
