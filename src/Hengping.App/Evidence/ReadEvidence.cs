using Hengping.App.Accounts;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.App.Reports;
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

    private enum Sight
    {
        None,
        Clean,
        AsSent,
    }

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
        HostOptions host,
        CancellationToken ct
    )
    {
        var row = await Find(store, id, ct);
        if (row is null || await SightOf(store, caller, row, ct) is not (not Sight.None and var sight))
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
        HostOptions host,
        CancellationToken ct
    ) => await Find(store, id, ct) is { } row ? Send(row, Sight.Clean, http, store, host) : null;

    private static Task<Row?> Find(Store store, Guid id, CancellationToken ct) =>
        store.First<Row>(
            "select id as Id, uploader as Uploader, media_type as MediaType, bytes as Bytes, file as File "
                + "from evidence where id = @id",
            new { id },
            ct
        );

    private static IResult? Send(Row row, Sight sight, HttpContext http, Store store, HostOptions host)
    {
        var path = SealedFile.PathOf(UploadEvidence.Directory(host.Place), row.File);
        if (SealedFile.Read(store.Keys, row.Id, path, row.Bytes) is not { } content)
            return null;
        if (sight == Sight.Clean)
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

    private static async Task<Sight> SightOf(Store store, Caller caller, Row row, CancellationToken ct)
    {
        // What a merchant brought to a case is the case's: redirected to another, it is no longer the merchant's.
        if (caller.Account == row.Uploader && (caller.Role != Role.Merchant || !await IsInCase(store, row.Id, ct)))
            return Sight.AsSent;
        if (await OfReport(store, caller, row.Id, ct) is { } known)
            return !known ? Sight.None
                : caller.IsStaff ? Sight.AsSent
                : Sight.Clean;
        if (caller.IsStaff)
            return await IsInCase(store, row.Id, ct) || await IsLicence(store, row.Id, ct) ? Sight.AsSent : Sight.None;
        foreach (var id in caller.Role is Role.Claimant or Role.Merchant ? await Cases(store, caller, row.Id, ct) : [])
            if (await IsShown(store, caller, id, row.Id, ct))
                return caller.Account == row.Uploader ? Sight.AsSent : Sight.Clean;
        return Sight.None;
    }

    private static async Task<bool> IsInCase(Store store, Guid evidence, CancellationToken ct) =>
        await store.First<long>(
            "select count(*) from complaint_evidence where evidence = @evidence",
            new { evidence },
            ct
        ) > 0;

    /// <summary>A licence somebody brought to claim a merchant is for staff alone.</summary>
    private static async Task<bool> IsLicence(Store store, Guid evidence, CancellationToken ct) =>
        await store.First<long>("select count(*) from merchant_claims where licence = @evidence", new { evidence }, ct)
        > 0;

    /// <summary>Cases of a party that use it.</summary>
    private static Task<IReadOnlyList<Guid>> Cases(Store store, Caller caller, Guid evidence, CancellationToken ct) =>
        store.Query<Guid>(
            $"""
            select c.id from complaint_evidence e join complaints c on c.id = e.complaint
            where e.evidence = @evidence {ShopLimits.Sql(caller)}
              and (c.claimant = @account or c.claimant_merchant = @merchant
                   or (c.delivered_at is not null and (c.respondent = @merchant or c.shop = @merchant)))
            """,
            new
            {
                evidence,
                account = caller.Account,
                merchant = caller.Merchant ?? Guid.Empty,
            },
            ct
        );

    /// <summary>What a party's time line does not show, it does not read.</summary>
    private static async Task<bool> IsShown(
        Store store,
        Caller caller,
        Guid complaint,
        Guid evidence,
        CancellationToken ct
    )
    {
        var facts = (await store.Load(ComplaintBook.Instance, complaint, ct)).State!;
        return Complaints.Sight.PartyOf(facts, caller) is { } party
            && ShownEvent
                .EvidenceFor(party, facts, await store.Tell(ComplaintBook.Instance, complaint, ct))
                .Contains(evidence);
    }

    /// <summary>Of a report: its staff, and the authority it was referred to. Null where no report holds it.</summary>
    private static async Task<bool?> OfReport(Store store, Caller caller, Guid evidence, CancellationToken ct)
    {
        if (!caller.IsStaff && caller.Role != Role.Regulator)
            return null;
        var report = await store.First<Guid>(
            "select report from report_evidence where evidence = @evidence",
            new { evidence },
            ct
        );
        if (report == Guid.Empty)
            return null;
        if (!await ShowReport.MayRead(store, report, caller, ct))
            return false;
        // A report's file is part of it: opening it is reading it.
        await ReadingBook.Note(store, report, caller, ct);
        return true;
    }
}
