using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Evidence;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Evidence;

/// <summary>Takes one file from a page's script, judged and sealed as at <c>POST /api/v1/evidence</c>.</summary>
[RequestSizeLimit(RequestBytesMax)]
[RequestFormLimits(MultipartBodyLengthLimit = RequestBytesMax)]
public sealed class UploadPage(Store store, HostOptions host) : HousePage(store)
{
    private const long RequestBytesMax = MediaKind.AnyBytesMax + (64 * 1024);

    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPost(IFormFile? file)
    {
        if (Me is null)
            return Refuse(Problems.NotSignedIn, StatusCodes.Status401Unauthorized);
        if (file is null)
            return Refuse(MediaKind.Empty, StatusCodes.Status400BadRequest);
        var (id, refusal) = await Keep(Store, host.Place, Me, file, Ct);
        return refusal is null ? new JsonResult(new { id }) : Refuse(refusal, UploadEvidence.StatusOf(refusal));
    }

    /// <summary>Keeps the files a form brought along without script; the ids, or why one was refused.</summary>
    public static async Task<(IReadOnlyList<Guid> Ids, Refusal? Refusal)> KeepAll(
        Store store,
        StorePlace place,
        Caller caller,
        IReadOnlyList<IFormFile> files,
        CancellationToken ct
    )
    {
        var ids = new List<Guid>();
        foreach (var file in files.Where(f => f.Length > 0))
        {
            var (id, refusal) = await Keep(store, place, caller, file, ct);
            if (refusal is not null)
                return (ids, refusal);
            ids.Add(id);
        }
        return (ids, null);
    }

    private static async Task<(Guid Id, Refusal? Refusal)> Keep(
        Store store,
        StorePlace place,
        Caller caller,
        IFormFile file,
        CancellationToken ct
    )
    {
        try
        {
            await using var content = file.OpenReadStream();
            var (receipt, change) = await UploadEvidence.Keep(store, place, caller, file.FileName, content, ct);
            var outcome = await store.Append(new Commit([change]), ct);
            return outcome is Outcome.Done ? (receipt.Id, null) : (default, Problems.Raced);
        }
        catch (Refused no)
        {
            return (default, no.Refusal);
        }
    }

    private static JsonResult Refuse(Refusal refusal, int status) =>
        new(new { code = refusal.Code, title = Texts.Pick(refusal.Zh, refusal.En) }) { StatusCode = status };
}
