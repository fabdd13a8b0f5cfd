using System.Text;
using System.Text.Json;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>The chain of published lists, and which scores those within reach of the next have printed.</summary>
/// <param name="Tip">Hash of the list that no other one follows yet; null where nothing is published.</param>
/// <param name="Release">What a list of the period and side may print.</param>
internal sealed record PrintedBefore(string? Tip, ScoreRelease Release)
{
    private sealed record Link(
        Guid Id,
        long Version,
        string Period,
        string Side,
        string CaseFile,
        string? PreviousHash,
        string Hash
    );

    /// <summary>Reads it: both from one look at the chain, so that no list comes between.</summary>
    public static async Task<PrintedBefore> Read(Store store, ListRequest asked, CancellationToken ct)
    {
        var links = await store.Query<Link>(
            """
            select id as Id, version as Version, period as Period, side as Side, case_file as CaseFile,
                   previous_hash as PreviousHash, hash as Hash
            from rating_lists
            """,
            null,
            ct
        );
        var chain = InOrder(links);
        var lists = new List<IEnumerable<PrintedCase>>();
        var mine = chain.Where(link => link.Side == CaseRow.SideWord(asked.Side)).ToList();
        // Whatever was published has a period.
        var periods = mine.ConvertAll(link => Period.Parse(link.Period, store.Now).Event!);
        var (from, until) = ScoreRelease.Reach(asked.Period, periods);
        foreach (var (link, period) in mine.Zip(periods))
        {
            if (period.From < until && from < period.Until)
                lists.Add(await Of(store, link, ct));
        }
        return new PrintedBefore(chain.LastOrDefault()?.Hash, new ScoreRelease(lists));
    }

    private static List<Link> InOrder(IReadOnlyList<Link> links)
    {
        var next = links.ToDictionary(link => link.PreviousHash ?? "", StringComparer.Ordinal);
        var chain = new List<Link>(links.Count);
        while (next.TryGetValue(chain.Count == 0 ? "" : chain[^1].Hash, out var link))
            chain.Add(link);
        return chain;
    }

    private static async Task<IEnumerable<PrintedCase>> Of(Store store, Link link, CancellationToken ct)
    {
        var printed = OpenFiles.PrintedOf(store.Place.Data, link.Hash);
        if (File.Exists(printed))
            return OpenFiles.Printed(printed);
        var file = OpenFiles.CasesOf(store.Place.Data, link.CaseFile);
        // Without it nobody can say what the next list would give away.
        if (!File.Exists(file))
            throw new Refused("file.missing", $"缺少文件 {printed}", $"the file {printed} is missing");
        var json = await store.First<string>(
            "select json from rating_lists where id = @Id and version = @Version",
            new { link.Id, link.Version },
            ct
        );
        return OfFormat1(file, json!);
    }

    /// <summary>A list of format 1 printed the scores of all base cases of its rows.</summary>
    private static IEnumerable<PrintedCase> OfFormat1(string file, string json)
    {
        using var document = JsonDocument.Parse(json);
        var rows = document.RootElement.GetProperty("rows").EnumerateArray();
        var listed = rows.Select(row => row.GetProperty("merchantId").GetGuid()).ToHashSet();
        using var reader = new StreamReader(file, new UTF8Encoding(false));
        foreach (var (one, words) in CaseFile.ReadAll(reader, default))
        {
            if (one.Excluded is null && listed.Contains(one.Merchant))
                yield return new PrintedCase(one.PublicId, one.Merchant, FrozenList.ScoreOf(one, words));
        }
    }
}
