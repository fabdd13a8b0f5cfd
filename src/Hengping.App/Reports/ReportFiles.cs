using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules;

namespace Hengping.App.Reports;

/// <summary>Files that come with a form, kept in the commit of what they belong to.</summary>
public static class ReportFiles
{
    /// <summary>Their ids and changes; or why one was refused.</summary>
    public static async Task<(IReadOnlyList<Guid> Ids, IReadOnlyList<Change> Changes, Refusal? Refused)> Keep(
        Store store,
        StorePlace place,
        Caller uploader,
        IReadOnlyList<IFormFile> files,
        CancellationToken ct
    )
    {
        var (ids, changes) = (new List<Guid>(), new List<Change>());
        try
        {
            foreach (var file in files.Where(f => f.Length > 0))
            {
                await using var content = file.OpenReadStream();
                var (receipt, change) = await UploadEvidence.Keep(store, place, uploader, file.FileName, content, ct);
                ids.Add(receipt.Id);
                changes.Add(change);
            }
            return (ids, changes, null);
        }
        catch (Refused no)
        {
            return ([], [], no.Refusal);
        }
    }
}
