using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Ratings;
using Microsoft.Net.Http.Headers;

namespace Hengping.App.Ratings;

/// <summary>
/// The open data of published lists over HTTP, exactly as <c>export complaints</c> writes them.
/// <c>GET /open/cases/{sha256}</c> is all of a list in one file, <c>…/{table}</c> one of its tables, and
/// <c>GET /ratings/{period}/cases</c> leads from a list's name to its file. A live list has none: what changes from
/// minute to minute would tell who scored. The case file of a list of format 1 tells each case with its score, so it is
/// for staff alone.
/// </summary>
public static class OpenCases
{
    private const int BytesOfHash = 32;

    /// <summary>A list of format 1, for somebody who is not staff.</summary>
    internal static readonly Refusal StaffOnly = new(
        "cases.staff-only",
        "这份榜单是旧格式，案件文件会显示单个评分，只供工作人员查阅；请站方以格式 2 重新发布",
        "This list has the old format, whose case file tells single scores: it is for staff alone until the list is "
            + "published again in format 2"
    );

    /// <summary>Puts the doors on their addresses.</summary>
    public static void MapCases(this IEndpointRouteBuilder api)
    {
        api.MapGet("/open/cases/{sha256}", Pack).Anyone();
        api.MapGet("/open/cases/{sha256}/{table}", Table).Anyone();
        api.MapGet("/ratings/{period}/cases", OfList).Anyone();
    }

    private static async Task<IResult> Pack(
        string sha256,
        Caller? caller,
        Store store,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (!await IsPublished(store, sha256, ct))
            return Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);
        if (OpenFiles.PackOf(store.Place.Data, sha256) is var pack && File.Exists(pack))
            return Kept(http, Path.GetFullPath(pack), "application/zip", sha256);
        var old = OpenFiles.CasesOf(store.Place.Data, sha256);
        if (!File.Exists(old))
            return Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);
        http.Response.Headers.CacheControl = "private, no-store";
        return caller is { IsStaff: true }
            ? Results.File(Path.GetFullPath(old), "text/csv; charset=utf-8")
            : StaffOnly.AsProblem(StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> Table(
        string sha256,
        string table,
        Store store,
        HttpContext http,
        CancellationToken ct
    )
    {
        var pack = OpenFiles.PackOf(store.Place.Data, sha256);
        var isThere = await IsPublished(store, sha256, ct) && File.Exists(pack);
        if (!isThere || OpenFiles.Read(pack, table) is not { } bytes)
            return Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);
        var type = table == OpenFiles.Readme ? "text/markdown; charset=utf-8" : "text/csv; charset=utf-8";
        http.Response.Headers.CacheControl = Forever;
        return Results.Bytes(bytes, type, entityTag: new EntityTagHeaderValue($"\"{sha256}-{table}\""));
    }

    private static async Task<IResult> OfList([AsParameters] AskedList list, Store store, CancellationToken ct)
    {
        var parsed = list.Parse(store.Now);
        if (parsed.Refusal is { } no)
            return no.AsProblem(StatusCodes.Status400BadRequest);
        return await PublishList.Find(store, parsed.Event!, ct) is { } frozen
            ? Results.Redirect("/api/v1/open/cases/" + frozen.CaseFile)
            : ListHistory.NotPublished.AsProblem(StatusCodes.Status404NotFound);
    }

    private const string Forever = "public, max-age=31536000, immutable";

    private static IResult Kept(HttpContext http, string path, string type, string tag)
    {
        http.Response.Headers.CacheControl = Forever;
        return Results.File(path, type, entityTag: new EntityTagHeaderValue($"\"{tag}\""));
    }

    /// <summary>Only what a published list names is public, whatever else lies in the directory.</summary>
    private static async Task<bool> IsPublished(Store store, string sha256, CancellationToken ct) =>
        sha256.Length == 2 * BytesOfHash
        && sha256.All(char.IsAsciiHexDigitLower)
        && await store.First<long>("select count(*) from rating_lists where case_file = @sha256", new { sha256 }, ct)
            > 0;
}
