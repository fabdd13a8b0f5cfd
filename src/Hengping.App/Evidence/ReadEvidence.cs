using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;

namespace Hengping.App.Evidence;

/// <summary>
/// <c>GET /evidence/{id}</c>: for its uploader, the parties of a case that uses it (the respondent from delivery on,
/// and what its time line shows) and the staff of cases. Served under its own media type, which no browser executes.
/// Its uploader and staff get what was sent; everybody else the clean copy of it (<see cref="CleanCopy"/>).
/// </summary>
public static class ReadEvidence
{
    private sealed record Row(Guid Id, Guid Uploader, string MediaType, long Bytes, string File);

    // The bytes are strangers': they run nothing, ask for nothing and stand on no other page.
    private const string Policy =
        "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'";

    /// <summary>It cannot be cleaned here, so nobody else is shown it.</summary>
    public static readonly Refusal Held = new(
        "evidence.held",
        "此文件带有无法在本站去除的附加信息（如地点、设备、作者），暂不向对方展示；上传者和工作人员可以查看",
        "This file says more than it shows (place, device, author) and cannot be cleaned here; "
            + "its uploader and staff see it"
    );

    /// <summary>Puts the door on its address, for the API and, by session, for pages.</summary>
    public static void MapRead(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/evidence/{id:guid}", Handle).SignedIn();

    private static async Task<IResult> Handle(
        Guid id,
        HttpContext http,
        Caller caller,
        Store store,
        SiteOptions host,
        CancellationToken ct
    )
    {
        var row = await Find(store, id, ct);
        if (row is null || await SightOf(store, caller, row, ct) is not (not EvidenceSight.None and var sight))
            return Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);
        return Send(row, sight, http, store, host) ?? Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>
    /// The clean copy, for whoever the calling door has judged; null where the evidence is unknown or erased.
    /// </summary>
    public static async Task<IResult?> Show(
        Guid id,
        HttpContext http,
        Store store,
        SiteOptions host,
        CancellationToken ct
    ) => await Find(store, id, ct) is { } row ? Send(row, EvidenceSight.Clean, http, store, host) : null;

    private static Task<Row?> Find(Store store, Guid id, CancellationToken ct) =>
        store.First<Row>(
            "select id as Id, uploader as Uploader, media_type as MediaType, bytes as Bytes, file as File "
                + "from evidence where id = @id",
            new { id },
            ct
        );

    private static IResult? Send(Row row, EvidenceSight sight, HttpContext http, Store store, SiteOptions host)
    {
        var path = SealedFile.PathOf(UploadEvidence.Directory(host.Place), row.File);
        if (SealedFile.Read(store.Keys, row.Id, path, row.Bytes) is not { } content)
            return null;
        if (sight == EvidenceSight.Clean)
        {
            if (CleanCopy.Open(row.MediaType, content) is not { } clean)
                return Held.AsProblem(StatusCodes.Status409Conflict);
            content = clean;
        }
        var headers = http.Response.Headers;
        headers.CacheControl = "private, no-store";
        headers.ContentSecurityPolicy = Policy;
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // No browser shows a PDF in a sandbox, and most no HEIC. The name is ours: the one it was sent under may name
        // somebody.
        var how = row.MediaType is "application/pdf" or "image/heic" ? "attachment" : "inline";
        var name = $"evidence-{row.Id.ToString("N")[^8..]}.{EndOf(row.MediaType)}";
        headers.ContentDisposition = $"{how}; filename=\"{name}\"";
        return Results.Stream(content, row.MediaType, enableRangeProcessing: true);
    }

    private static string EndOf(string mediaType) =>
        mediaType switch
        {
            "image/jpeg" => "jpg",
            "audio/mpeg" => "mp3",
            "audio/mp4" => "m4a",
            "video/quicktime" => "mov",
            _ => mediaType[(mediaType.IndexOf('/', StringComparison.Ordinal) + 1)..],
        };

    // One room that refuses is enough; else whoever shows more.
    private static async Task<EvidenceSight> SightOf(Store store, Caller caller, Row row, CancellationToken ct)
    {
        var isOwn = caller.Account == row.Uploader;
        // What a merchant brought to a case is the case's: redirected to another, it is no longer the merchant's.
        if (isOwn && (caller.Role != Role.Merchant || !await IsTaken(store, row.Id, ct)))
            return EvidenceSight.AsSent;
        var most = EvidenceSight.None;
        foreach (var room in store.House.Evidence)
            switch (await room.SightOf(store, caller, row.Id, isOwn, ct))
            {
                case EvidenceSight.None:
                    return EvidenceSight.None;
                case { } seen when seen > most:
                    most = seen;
                    break;
                default:
                    break;
            }
        return most;
    }

    private static async Task<bool> IsTaken(Store store, Guid evidence, CancellationToken ct)
    {
        foreach (var room in store.House.Evidence)
            if (await room.HasTaken(store, evidence, ct))
                return true;
        return false;
    }
}
