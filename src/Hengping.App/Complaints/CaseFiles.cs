using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;

namespace Hengping.App.Complaints;

/// <summary>Files of cases: for staff as sent, for the parties what their time line shows.</summary>
public sealed class CaseFiles : IReadsEvidence
{
    /// <inheritdoc/>
    public string InUse => UsedWithout("'complaint.erased'");

    /// <inheritdoc/>
    public string InReach => UsedWithout("'complaint.erased', 'complaint.locked'");

    private static string UsedWithout(string kinds) =>
        $"""
            exists (
              select 1 from complaint_evidence u where u.evidence = e.id
                and not exists (
                  select 1 from events x where x.stream = u.complaint and x.kind in ({kinds})))
            """;

    /// <inheritdoc/>
    public string OfPerson =>
        $"""
            e.id in (select ce.evidence from complaint_evidence ce
                     join complaints c on c.id = ce.complaint where {ComplaintPersons.Own})
            """;

    /// <inheritdoc/>
    public async Task<bool> HasTaken(Store store, Guid evidence, CancellationToken ct) =>
        await store.First<long>(
            "select count(*) from complaint_evidence where evidence = @evidence",
            new { evidence },
            ct
        ) > 0;

    /// <inheritdoc/>
    public async Task<EvidenceSight?> SightOf(
        Store store,
        Caller caller,
        Guid evidence,
        bool isOwn,
        CancellationToken ct
    )
    {
        if (caller.IsStaff)
            return await HasTaken(store, evidence, ct) ? EvidenceSight.AsSent : null;
        foreach (
            var id in caller.Role is Role.Claimant or Role.Merchant ? await Cases(store, caller, evidence, ct) : []
        )
            if (await IsShown(store, caller, id, evidence, ct))
                return isOwn ? EvidenceSight.AsSent : EvidenceSight.Clean;
        return null;
    }

    /// <summary>Cases of a party that use it.</summary>
    private static Task<IReadOnlyList<Guid>> Cases(Store store, Caller caller, Guid evidence, CancellationToken ct) =>
        store.Query<Guid>(
            $"""
            select c.id from complaint_evidence e join complaints c on c.id = e.complaint
            where e.evidence = @evidence and {WhoseCase.Sql(caller)}
            """,
            new
            {
                evidence,
                account = caller.Account,
                merchant = caller.Merchant ?? Guid.Empty,
            },
            ct
        );

    /// <summary>What a party's time line does not show, it does not read.</summary>
    private static async Task<bool> IsShown(
        Store store,
        Caller caller,
        Guid complaint,
        Guid evidence,
        CancellationToken ct
    )
    {
        var facts = (await store.Load(ComplaintBook.Instance, complaint, ct)).State!;
        return CaseAccess.PartyOf(facts, caller) is { } party
            && ShownEvent
                .EvidenceFor(party, facts, await store.ReadStory(ComplaintBook.Instance, complaint, ct))
                .Contains(evidence);
    }
}
