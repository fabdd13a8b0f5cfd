using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Evidence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Hengping.App.Evidence;

/// <summary>
/// <c>POST /evidence</c> (multipart, field <c>file</c>): streamed to disk, sealed on the way, judged by content.
/// </summary>
public static class UploadEvidence
{
    /// <summary>What the uploader gets.</summary>
    public sealed record Receipt(Guid Id, string Sha256, string MediaType, long Bytes);

    private static readonly Refusal FileNeeded = new(
        "evidence.file",
        "请在 multipart 表单的 file 字段里上传一个文件",
        "Send one file in the multipart field «file»"
    );

    /// <summary>Puts the door on its address.</summary>
    public static void MapUpload(this IEndpointRouteBuilder api) =>
        api.MapPost("/evidence", Handle)
            .SignedIn()
            .AnsweredOnce()
            .WithMetadata(new RequestSizeLimitAttribute(MediaKind.AnyBytesMax + (64 * 1024)));

    /// <summary>Keeps one file; pages call this with their own stream.</summary>
    /// <exception cref="Refused">Not an accepted kind, empty, or too large.</exception>
    public static async Task<(Receipt Receipt, Change Change)> Keep(
        Store store,
        StorePlace place,
        Caller caller,
        string? name,
        Stream content,
        CancellationToken ct
    )
    {
        var id = StreamId.Next();
        var slot = store.Keys.Create();
        MediaKind? kind = null;
        var written = await SealedFile.Write(
            store.Keys,
            slot,
            id,
            content,
            Directory(place),
            head =>
            {
                if (head.Length == 0)
                    throw new Refused(MediaKind.Empty);
                kind = MediaKind.Of(head.Span[..Math.Min(head.Length, MediaKind.HeadBytes)]);
                return kind?.BytesMax ?? throw new Refused(MediaKind.NotAccepted);
            },
            MediaKind.TooLarge,
            ct
        );
        var uploaded = new EvidenceEvent.Uploaded(
            caller.Account,
            kind!.MediaType,
            written.Bytes,
            written.Sha256,
            written.File
        )
        {
            Name = name is { Length: > 200 } ? name[..200] : name,
        };
        var fresh = new Loaded<EvidenceEvent.Uploaded>(id, 0, slot, null);
        var change = store.Change(EvidenceBook.Instance, fresh, store.Now, caller.Author, [uploaded]);
        return (new Receipt(id, written.Sha256, kind.MediaType, written.Bytes), change);
    }

    /// <summary>Where sealed evidence lies.</summary>
    public static string Directory(StorePlace place) => Path.Combine(place.Data, "evidence");

    /// <summary>The status a refusal of <see cref="Keep"/> leaves with.</summary>
    public static int StatusOf(Refusal refusal) =>
        refusal == MediaKind.TooLarge ? StatusCodes.Status413PayloadTooLarge
        : refusal == MediaKind.NotAccepted ? StatusCodes.Status415UnsupportedMediaType
        : StatusCodes.Status400BadRequest;

    private static async Task<IResult> Handle(
        HttpContext http,
        Caller caller,
        Store store,
        HostOptions host,
        CancellationToken ct
    )
    {
        try
        {
            if (await FilePart(http.Request, ct) is not { } part)
                return Problems.Fields(new Dictionary<string, Refusal> { ["file"] = FileNeeded });
            var (receipt, change) = await Keep(store, host.Place, caller, part.Name, part.Content, ct);
            var (answer, kept) = Once.Answer(
                http,
                StatusCodes.Status201Created,
                receipt,
                $"/api/v1/evidence/{receipt.Id}"
            );
            var outcome = await store.Append(new Commit([change], kept), ct);
            return Once.Replay(outcome) ?? (outcome is Outcome.Done ? answer : Problems.Raced.AsProblem());
        }
        catch (Refused no)
        {
            return no.Refusal.AsProblem(StatusOf(no.Refusal));
        }
        catch (InvalidDataException)
        {
            return Problems.Fields(new Dictionary<string, Refusal> { ["file"] = FileNeeded });
        }
    }

    private static async Task<(string? Name, Stream Content)?> FilePart(HttpRequest request, CancellationToken ct)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        )
            return null;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200)
            return null;
        var reader = new MultipartReader(boundary, request.Body) { BodyLengthLimit = null };
        while (await Next(reader, ct) is { } section)
            if (
                ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                && disposition.Name == "file"
            )
                return (disposition.FileNameStar.Value ?? disposition.FileName.Value, section.Body);
        return null;
    }

    private static async Task<MultipartSection?> Next(MultipartReader reader, CancellationToken ct)
    {
        try
        {
            return await reader.ReadNextSectionAsync(ct);
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw new InvalidDataException("The form ends too early", broken);
        }
    }
}
