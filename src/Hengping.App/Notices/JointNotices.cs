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
        (Wording? template, IReadOnlyList<Guid> to) = happened switch
        {
            JointEvent.Proposed e => (NoticeWords.JointInvited, e.Others),
            JointEvent.Invited e => (NoticeWords.JointInvited, e.Complaints),
            JointEvent.Confirmed => (NoticeWords.JointConfirmed, await TakingPart(stored.Stream, db, transaction)),
            JointEvent.MatterRaised e => (NoticeWords.JointMatter, [.. e.Concerned.Where(id => id != e.By)]),
            JointEvent.Carried or JointEvent.Refused => (
                NoticeWords.JointResult,
                await TakingPart(stored.Stream, db, transaction)
            ),
            JointEvent.Expired => (NoticeWords.JointExpired, await TakingPart(stored.Stream, db, transaction)),
            _ => ((Wording?)null, (IReadOnlyList<Guid>)[]),
        };
        if (template is null)
            return;
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
