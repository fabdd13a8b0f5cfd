using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules.Evidence;

namespace Hengping.App.Complaints;

/// <summary>Cases by the number people know.</summary>
public static class CaseNumbers
{
    private sealed record Item(Guid Id, string MediaType, Guid Uploader, bool? Held);

    /// <summary>The case's id; an empty one where nobody has the number.</summary>
    public static Task<Guid> Find(Store store, string number, CancellationToken ct) =>
        number.Length > LengthMax
            ? Task.FromResult(Guid.Empty)
            : store.First<Guid>(
                // No row where nobody has it: a row with a null would be no id.
                "select stream from claims where scope = @scope and key = @number",
                new { scope = ComplaintBook.NumberScope, number = number.Trim().ToUpperInvariant() },
                ct
            );

    private const int LengthMax = 64;

    /// <summary>
    /// The evidence a case holds. What it was called is for its uploader and staff: a file's name may name somebody.
    /// </summary>
    /// <param name="reader">Null for whoever reads by a link.</param>
    public static async Task<IReadOnlyList<Proof>> Proofs(
        Store store,
        Guid complaint,
        Caller? reader,
        CancellationToken ct
    )
    {
        var items = await store.Query<Item>(
            """
            select e.id as Id, e.media_type as MediaType, e.uploader as Uploader, e.held as Held
            from complaint_evidence ce join evidence e on e.id = ce.evidence where ce.complaint = @complaint
            """,
            new { complaint },
            ct
        );
        var proofs = new List<Proof>(items.Count);
        foreach (var item in items)
        {
            var isOwn = reader?.Account == item.Uploader;
            var sees = isOwn || reader is { IsStaff: true };
            var name = sees ? await NameOf(store, item.Id, ct) : null;
            proofs.Add(
                new Proof(item.Id, item.MediaType, name)
                {
                    Note = item.Held != true ? null : Texts.T(sees ? "proof.held.yours" : "proof.held"),
                    IsHeld = item.Held == true && !sees,
                }
            );
        }
        return proofs;
    }

    private static async Task<string?> NameOf(Store store, Guid evidence, CancellationToken ct) =>
        await store.ReadStory(EvidenceBook.Instance, evidence, ct) is [{ Event: EvidenceEvent.Uploaded sent }, ..]
            ? sent.Name
            : null;
}
