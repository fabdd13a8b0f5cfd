using Hengping.App.Clocks;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Evidence;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Reports;

/// <summary>
/// Files of a reporter. <c>POST /reports/follow/evidence</c> (multipart: <c>number</c>, <c>code</c>, <c>file</c>) adds
/// one to a report; pages bring theirs along with a form. What came without an account belongs to the report itself.
/// </summary>
public static class ReportFiles
{
    private const long RequestBytesMax = MediaKind.AnyBytesMax + (64 * 1024);

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder reports) =>
        reports
            .MapPost("/follow/evidence", Add)
            .Produces<ReportProgress>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .Anyone()
            .RequireRateLimiting(Limits.GuessingUnseen)
            .WithMetadata(new RequestSizeLimitAttribute(RequestBytesMax));

    /// <summary>Who uploads for a report: the report, which nobody signs in as.</summary>
    public static Caller UploaderOf(Guid report) => new(report, Role.Claimant, Merchant: null, Name: "");

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

    private static async Task<IResult> Add(
        HttpContext http,
        Store store,
        Law law,
        HostOptions host,
        CancellationToken ct
    )
    {
        if (!http.Request.HasFormContentType)
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var limits = new FormOptions { MultipartBodyLengthLimit = RequestBytesMax };
        var form = await http.Request.ReadFormAsync(limits, ct);
        var pair = new FollowReport.Pair { Number = form["number"], Code = form["code"] };
        var (id, no) = await FollowReport.Enter(http, store, pair, ct);
        if (no is not null)
            return no;
        var (once, early) = await FollowReport.Key(http, store, law, id, ct);
        if (early is not null)
            return early;
        var (ids, changes, refused) = await Keep(store, host.Place, UploaderOf(id), form.Files, ct);
        if (refused is not null)
            return refused.AsProblem(UploadEvidence.StatusOf(refused));
        if (ids.Count == 0)
            return Problems.Fields(new Dictionary<string, Refusal> { ["file"] = MediaKind.Empty });
        return await FollowReport.Append(store, id, text: null, ids, changes, ct, once) is { } wrong
            ? wrong.AsProblem()
            : await FollowReport.Answer(http, store, law, id, ct);
    }
}
