using Hengping.App.Design.Parts;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules.Evidence;

namespace Hengping.App.Complaints;

/// <summary>Cases by the number people know.</summary>
public static class CaseNumbers
{
    private sealed record Item(Guid Id, string MediaType);

    /// <summary>The case's id; an empty one where nobody has the number.</summary>
    public static Task<Guid> Find(Store store, string number, CancellationToken ct) =>
        store.First<Guid>(
            // No row where nobody has it: a row with a null would be no id.
            "select stream from claims where scope = @scope and key = @number",
            new { scope = ComplaintBook.NumberScope, number = number.Trim().ToUpperInvariant() },
            ct
        );

    /// <summary>The evidence a case holds, with its names while they are readable.</summary>
    public static async Task<IReadOnlyList<Proof>> Proofs(Store store, Guid complaint, CancellationToken ct)
    {
        var items = await store.Query<Item>(
            """
            select e.id as Id, e.media_type as MediaType from complaint_evidence ce
            join evidence e on e.id = ce.evidence where ce.complaint = @complaint
            """,
            new { complaint },
            ct
        );
        var proofs = new List<Proof>(items.Count);
        foreach (var item in items)
        {
            var told = await store.Tell(EvidenceBook.Instance, item.Id, ct);
            proofs.Add(
                new Proof(
                    item.Id,
                    item.MediaType,
                    told is [var first, ..] ? (first.Event as EvidenceEvent.Uploaded)?.Name : null
                )
            );
        }
        return proofs;
    }
}
