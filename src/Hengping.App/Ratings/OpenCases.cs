using System.Text;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Ratings;
using Microsoft.Net.Http.Headers;

namespace Hengping.App.Ratings;

/// <summary>
/// The case files over HTTP, open to anyone: public columns only, exactly as <c>export complaints</c> writes them.
/// <c>GET /open/cases/{sha256}</c> is a frozen one, <c>GET /ratings/{period}/cases</c> that of a list by its name.
/// </summary>
public static class OpenCases
{
    /// <summary>Cases of a live file; larger ones are made by <c>export complaints --live</c>.</summary>
    public const int LiveCasesMax = 100_000;

    /// <summary>How far back a live file may be asked for: as long as a reader leaves a page open.</summary>
    public static readonly TimeSpan LookBackMax = TimeSpan.FromHours(1);

    private const string MediaType = "text/csv; charset=utf-8";
    private const int BytesOfHash = 32;

    private static readonly Refusal TooMany = new(
        "cases.tooMany",
        "实时案件超过 10 万件，请用 export complaints --live 导出",
        "More than 100,000 live cases: use export complaints --live"
    );

    private static readonly Refusal TooOld = new(
        "cases.asOf",
        "实时案件文件只能回看一小时，请刷新榜单",
        "A live case file looks back one hour only: reload the list"
    );

    /// <summary>Puts the doors on their addresses.</summary>
    public static void MapCases(this IEndpointRouteBuilder api)
    {
        api.MapGet("/open/cases/{sha256}", Frozen).Anyone();
        api.MapGet("/ratings/{period}/cases", OfList).Anyone();
    }

    /// <summary>Address of the case file of a live list, as the list stood.</summary>
    public static string LiveUrl(string period, string query, DateTimeOffset asOf) =>
        $"/api/v1/ratings/{period}/cases{(query.Length == 0 ? "?" : query + "&")}asOf={CaseFile.Write(asOf)}";

    private static async Task<IResult> Frozen(string sha256, Store store, HttpContext http, CancellationToken ct)
    {
        var isHash = sha256.Length == 2 * BytesOfHash && sha256.All(char.IsAsciiHexDigitLower);
        // Only what a published list names is public, whatever else lies in the directory.
        var published =
            isHash
            && await store.First<long>(
                "select count(*) from rating_lists where case_file = @sha256",
                new { sha256 },
                ct
            ) > 0;
        var path = OpenFiles.PathOf(store.Place.Data, sha256);
        if (!published || !File.Exists(path))
            return Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.File(Path.GetFullPath(path), MediaType, entityTag: new EntityTagHeaderValue($"\"{sha256}\""));
    }

    private static async Task<IResult> OfList(
        string period,
        string? sector,
        string? side,
        string? policy,
        DateTimeOffset? asOf,
        Store store,
        HttpContext http,
        CancellationToken ct
    )
    {
        var now = store.Now;
        var parsed = ListRequest.Parse(period, sector, side, policy, Unscored.Zero, now);
        if (parsed.Refusal is { } no)
            return no.AsProblem(StatusCodes.Status400BadRequest);
        if (asOf is null && await PublishList.Find(store, parsed.Event!, ct) is { } frozen)
            return Results.Redirect("/api/v1/open/cases/" + frozen.CaseFile);
        if (asOf > now || asOf < now - LookBackMax)
            return TooOld.AsProblem(StatusCodes.Status400BadRequest);
        if (await Standing.CountCases(store, parsed.Event!, now, ct) > LiveCasesMax)
            return TooMany.AsProblem();
        var cases = await Standing.CasesThen(store, parsed.Event!, asOf ?? now, ct);
        http.Response.Headers.CacheControl = asOf is null ? "no-cache" : "public, max-age=300";
        return Results.Stream(body => Write(cases, body, ct), MediaType);
    }

    private static async Task Write(
        IReadOnlyList<(RatingCase Case, CaseWords Words)> cases,
        Stream body,
        CancellationToken ct
    )
    {
        await using var to = new StreamWriter(body, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        await to.WriteLineAsync(CaseFile.Header.AsMemory(), ct);
        foreach (var (one, words) in cases)
            await to.WriteLineAsync(CaseFile.Line(one, words).AsMemory(), ct);
    }
}
