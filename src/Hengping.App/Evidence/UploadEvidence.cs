using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Evidence;

namespace Hengping.App.Evidence;

/// <summary>
/// <c>POST /evidence</c> (multipart, field <c>file</c>): streamed to disk, sealed on the way, judged by content.
/// </summary>
public static class UploadEvidence
{
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
            .WithMetadata(new LargeBodyAttribute(FileForms.OneBytesMax) { ReadsParts = true });

    /// <summary>Where sealed evidence lies.</summary>
    public static string Directory(StorePlace place) => Path.Combine(place.Data, "evidence");

    /// <summary>The status a refusal of a file leaves with.</summary>
    public static int StatusOf(Refusal refusal) =>
        refusal == MediaKind.TooLarge ? StatusCodes.Status413PayloadTooLarge
        : refusal == MediaKind.NotAccepted ? StatusCodes.Status415UnsupportedMediaType
        : refusal.Wait is not null ? StatusCodes.Status429TooManyRequests
        : StatusCodes.Status400BadRequest;

    /// <summary>The problem a refusal of a file leaves as.</summary>
    public static IResult AsAnswer(Refusal refusal, HttpContext http) =>
        refusal.Wait is not null ? refusal.AsSlow(http) : refusal.AsProblem(StatusOf(refusal));

    private static async Task<IResult> Handle(
        HttpContext http,
        Caller caller,
        Store store,
        EvidenceShelf shelf,
        CancellationToken ct
    )
    {
        try
        {
            if (await FilePart(http.Request, ct) is not { } part)
                return Problems.Fields(new Dictionary<string, Refusal> { ["file"] = FileNeeded });
            var who = EvidenceShelf.Bringer.Known(caller);
            var (receipt, change) = await shelf.Keep(who, part.Name, part.Content, ct);
            try
            {
                await Idempotency.ReadToEnd(http);
            }
            catch
            {
                shelf.Forget(change);
                throw;
            }
            var (answer, kept) = Idempotency.Answer(
                http,
                StatusCodes.Status201Created,
                receipt,
                $"/api/v1/evidence/{receipt.Id}"
            );
            var outcome = await shelf.Append(who, change, kept, ct);
            if (outcome is Outcome.Done)
                return answer;
            shelf.Forget(change);
            return Idempotency.Replay(outcome) ?? Problems.Raced.AsProblem();
        }
        catch (Refused no)
        {
            return AsAnswer(no.Refusal, http);
        }
        catch (SentPart.BrokenException)
        {
            return Problems.Fields(new Dictionary<string, Refusal> { ["file"] = FileNeeded });
        }
    }

    private static async Task<SentPart?> FilePart(HttpRequest request, CancellationToken ct)
    {
        await foreach (var part in SentPart.Of(request, ct))
            if (part.Field == "file")
                return part;
        return null;
    }
}
