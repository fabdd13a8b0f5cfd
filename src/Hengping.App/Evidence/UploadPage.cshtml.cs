using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Evidence;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Evidence;

/// <summary>Takes one file from a page's script, judged and sealed as at <c>POST /api/v1/evidence</c>.</summary>
[LargeBody(FileForms.OneBytesMax)]
public sealed class UploadPage(Store store, EvidenceShelf shelf) : HousePage(store)
{
    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPost(IFormFile? file)
    {
        if (Me is null)
            return Refuse(Problems.NotSignedIn, StatusCodes.Status401Unauthorized);
        if (file is null)
            return Refuse(MediaKind.Empty, StatusCodes.Status400BadRequest);
        var (kept, refusal) = await Keep(Store, shelf, EvidenceShelf.Bringer.Known(Me), file, Ct);
        return kept is null
            ? Refuse(refusal!, UploadEvidence.StatusOf(refusal!))
            : new JsonResult(new { id = kept.Id, held = kept.Held == true ? Texts.T("proof.held.yours") : null });
    }

    /// <summary>Keeps the files a form brought along without script; the ids, or why one was refused.</summary>
    public static async Task<(IReadOnlyList<Guid> Ids, Refusal? Refusal)> KeepAll(
        Store store,
        EvidenceShelf shelf,
        EvidenceShelf.Bringer who,
        IReadOnlyList<IFormFile> files,
        CancellationToken ct
    )
    {
        var ids = new List<Guid>();
        foreach (var file in files.Where(f => f.Length > 0))
        {
            var (kept, refusal) = await Keep(store, shelf, who, file, ct);
            if (kept is null)
                return (ids, refusal);
            ids.Add(kept.Id);
        }
        return (ids, null);
    }

    private static async Task<(EvidenceShelf.Receipt? Kept, Refusal? Refusal)> Keep(
        Store store,
        EvidenceShelf shelf,
        EvidenceShelf.Bringer who,
        IFormFile file,
        CancellationToken ct
    )
    {
        try
        {
            await using var content = file.OpenReadStream();
            var (receipt, change) = await shelf.Keep(who, file.FileName, content, ct);
            if (await shelf.Append(who, change, once: null, ct) is Outcome.Done)
                return (receipt, null);
            shelf.Forget(change);
            return (null, Problems.Raced);
        }
        catch (Refused no)
        {
            return (null, no.Refusal);
        }
    }

    private JsonResult Refuse(Refusal refusal, int status)
    {
        if (refusal.Wait is { } wait)
            Response.RetryAfter(wait);
        return new(new { code = refusal.Code, title = Texts.Pick(refusal.Zh, refusal.En) }) { StatusCode = status };
    }
}
