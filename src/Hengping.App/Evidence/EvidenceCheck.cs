using Hengping.App.Platform;
using Hengping.Rules.Evidence;
using Hengping.Rules.Fields;

namespace Hengping.App.Evidence;

/// <summary>
/// Whether pieces of evidence exist and belong to who names them. What lay unused for its time is as good as gone.
/// </summary>
public static class EvidenceCheck
{
    /// <summary>The ids, with a fault where one is unknown or somebody else's: the same answer for both.</summary>
    public static async Task<IReadOnlyList<Guid>> Mine(
        Store store,
        Guid account,
        IReadOnlyList<Guid> ids,
        FieldFaults faults,
        CancellationToken ct
    )
    {
        if (ids.Count == 0 || !faults.None)
            return ids;
        foreach (var id in ids)
        {
            var found = await store.First<long>(
                $"""
                select count(*) from evidence e where e.id = @id and e.uploader = @account
                  and (e.uploaded_at > @since or not {FileUse.Free(store)})
                """,
                new
                {
                    id,
                    account,
                    since = (store.Now - Keeping.Unused).ToUnixTimeMilliseconds(),
                },
                ct
            );
            faults.If(found == 0, "evidence", Fault.Evidence);
        }
        return ids;
    }
}
