using System.Data.Common;
using Dapper;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Notices;

/// <summary>What a joint complaint tells: each claimant by the number of their own complaint.</summary>
public sealed partial class NoticeListener
{
    private async Task TellJoint(
        Store store,
        StoredEvent stored,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        var happened = store.Decode<JointEvent>(stored, unseal: false);
        var (template, to) = happened switch
        {
            JointEvent.Proposed e => ("joint-invited", e.Others),
            JointEvent.Invited e => ("joint-invited", e.Complaints),
            JointEvent.Confirmed => ("joint-confirmed", await TakingPart(stored.Stream, db, transaction)),
            JointEvent.MatterRaised e => ("joint-matter", [.. e.Concerned.Where(id => id != e.By)]),
            JointEvent.Carried or JointEvent.Refused => (
                "joint-result",
                await TakingPart(stored.Stream, db, transaction)
            ),
            JointEvent.Expired => ("joint-expired", await TakingPart(stored.Stream, db, transaction)),
            _ => ("", (IReadOnlyList<Guid>)[]),
        };
        foreach (var complaint in to)
        {
            var told = await CaseOf(complaint, db, transaction);
            if (told is not null)
                await Tell(store, stored, complaint, told, Party.Claimant, template, db, transaction, ct);
        }
        // The respondent made the offer, and hears of it once, by the number of one of the complaints.
        if (
            happened is JointEvent.Expired { Kind: MatterKind.Settle }
            && to is [var any, ..]
            && await CaseOf(any, db, transaction) is { } one
        )
            await Tell(store, stored, any, one, Party.Respondent, template, db, transaction, ct);
    }

    private static async Task<IReadOnlyList<Guid>> TakingPart(Guid joint, DbConnection db, DbTransaction transaction) =>
        [
            .. await db.QueryAsync<Guid>(
                "select complaint from joint_members where joint = @joint and state = 'in' order by complaint",
                new { joint },
                transaction
            ),
        ];
}
