using System.Text;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>
/// A list as files for whoever does not program: <c>GET /ratings/{period}/csv</c> for a spreadsheet, and
/// <c>GET /ratings/{period}/zip</c>, a published list with all that it is made of. <c>GET /ratings/{period}/decided</c>
/// tells the cases in it that people decided.
/// </summary>
public static class ListFiles
{
    /// <summary>Cases of a published list that people decided, as it was frozen.</summary>
    public sealed record Decided(string Period, string? Sector, string Hash, IReadOnlyList<DecidedCase> Cases);

    /// <summary>Puts the doors on their addresses.</summary>
    public static void MapListFiles(this IEndpointRouteBuilder api)
    {
        api.MapGet("/ratings/{period}/csv", Sheet).Anyone();
        api.MapGet("/ratings/{period}/zip", Zip).Anyone();
        api.MapGet("/ratings/{period}/decided", DecidedOf).Anyone();
    }

    private static async Task<IResult> Sheet([AsParameters] AskedList list, Store store, CancellationToken ct)
    {
        var asked = list.Parse(store.Now);
        if (asked.Refusal is { } no)
            return no.AsProblem(StatusCodes.Status400BadRequest);
        var (json, _) = await RatingsApi.Show(store, asked.Event!, ct);
        return Results.Bytes(ListText.ListCsv(json), "text/csv; charset=utf-8", NameOf(list, "csv"));
    }

    private static async Task<IResult> Zip([AsParameters] AskedList list, Store store, CancellationToken ct)
    {
        var asked = list.Parse(store.Now);
        if (asked.Refusal is { } no)
            return no.AsProblem(StatusCodes.Status400BadRequest);
        if (await PublishList.Find(store, asked.Event!, ct) is not { } frozen)
            return ListHistory.NotPublished.AsProblem(StatusCodes.Status404NotFound);
        if (PublishedFormat.Of(frozen.Json) == 1)
            return OpenCases.StaffOnly.AsProblem(StatusCodes.Status403Forbidden);
        var tables = OpenFiles.PackOf(store.Place.Data, frozen.CaseFile);
        if (!File.Exists(tables))
            return Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);
        // Unpacked, it recomputes by itself: verify list.json --cases .
        var all = OpenFiles.Pack([
            ("list.json", Encoding.UTF8.GetBytes(frozen.Json + "\n")),
            ("list.csv", ListText.ListCsv(frozen.Json)),
            ("decided.csv", await DecidedCsv(store, asked.Event!, ct)),
            .. OpenFiles.All(tables),
        ]);
        return Results.Bytes(all, "application/zip", NameOf(list, "zip"));
    }

    private static async Task<IResult> DecidedOf([AsParameters] AskedList list, Store store, CancellationToken ct)
    {
        var asked = list.Parse(store.Now);
        if (asked.Refusal is { } no)
            return no.AsProblem(StatusCodes.Status400BadRequest);
        if (await Published.Find(store, asked.Event!, ct) is not { } frozen)
            return ListHistory.NotPublished.AsProblem(StatusCodes.Status404NotFound);
        var cases = await DecidedCases.Read(store, asked.Event!, frozen.List, ct);
        return Results.Json(new Decided(list.Period, list.Sector, frozen.Hash, cases), Cli.JsonFormat);
    }

    /// <summary>Cases that people decided, as a sheet.</summary>
    private static async Task<byte[]> DecidedCsv(Store store, ListRequest asked, CancellationToken ct)
    {
        var list = (await Published.Find(store, asked, ct))!.List;
        var text = new StringBuilder("\uFEFFmerchantId,merchant,deliveredAt,repliedAt,decided,validReply,excluded\n");
        foreach (var one in await DecidedCases.Read(store, asked, list, ct))
            text.Append(one.MerchantId.ToString("D"))
                .Append(',')
                .Cell(Csv.Harmless(one.Merchant))
                .Append(',')
                .Append(CaseFile.Write(one.DeliveredAt))
                .Append(',')
                .Append(one.RepliedAt is { } at ? CaseFile.Write(at) : "")
                .Append(',')
                .Append(string.Join(' ', one.Grounds))
                .Append(',')
                .Append(one.ValidReply ? "true" : "false")
                .Append(',')
                .Cell(Csv.Harmless(one.Excluded))
                .Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // What stands in a file's name was checked by the parser of lists.
    private static string NameOf(AskedList list, string ending)
    {
        var side = list.Side is "merchant" ? "-merchant" : "";
        var sector = list.Sector is { Length: > 0 } one ? "-" + one : "";
        return $"hengping-{list.Period}{sector}{side}.{ending}";
    }
}
