using Hengping.App.Platform;

namespace Hengping.App.Merchants;

/// <summary>A licence somebody brought to claim an entry: kept while the claim waits or was approved, for staff alone.
/// </summary>
public sealed class Licences : IReadsEvidence
{
    /// <inheritdoc/>
    public string InUse =>
        "exists (select 1 from merchant_claims m where m.licence = e.id and m.state in ('proven', 'approved'))";

    /// <inheritdoc/>
    public async Task<EvidenceSight?> SightOf(
        Store store,
        Caller caller,
        Guid evidence,
        bool isOwn,
        CancellationToken ct
    ) => caller.IsStaff && await Is(store, evidence, ct) ? EvidenceSight.AsSent : null;

    private static async Task<bool> Is(Store store, Guid evidence, CancellationToken ct) =>
        await store.First<long>("select count(*) from merchant_claims where licence = @evidence", new { evidence }, ct)
        > 0;
}
