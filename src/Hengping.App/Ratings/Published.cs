using System.Text.Json;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>A published list as a page shows it.</summary>
/// <param name="CaseFile">Name of its packed tables; in format 1 of its case file.</param>
/// <param name="IsPart">A sector's part of the list over all sectors, whose open data it has.</param>
public sealed record ShownFrozen(RatingList List, string Hash, long Version, string CaseFile, bool IsPart);

/// <summary>Published lists by period, the newest version of each.</summary>
public static class Published
{
    private sealed record Row(
        long Version,
        DateTimeOffset AsOf,
        string CaseFile,
        string? PreviousHash,
        string Hash,
        string Json
    );

    /// <summary>The newest version of the list, or null where none was published.</summary>
    public static async Task<ShownFrozen?> Find(Store store, ListRequest asked, CancellationToken ct) =>
        await Latest(store, asked, ct) is { } latest
            ? new ShownFrozen(
                Read(latest.Json, asked),
                latest.Hash,
                latest.Version,
                latest.CaseFile,
                IsPart(latest.Json)
            )
            : null;

    /// <summary>
    /// The same as it was published. A sector's list is that of its own, or part of the list over all sectors,
    /// whichever was frozen later: a closed period has one number everywhere.
    /// </summary>
    public static async Task<ListEvent.Published?> Latest(Store store, ListRequest asked, CancellationToken ct)
    {
        var own = await Own(store, asked, ct);
        if (asked.Sector is null || await Own(store, asked with { Sector = null }, ct) is not { } whole)
            return own;
        return own?.AsOf >= whole.AsOf ? own : SectorPart.Of(whole, asked, own?.Version ?? 0);
    }

    private static async Task<ListEvent.Published?> Own(Store store, ListRequest asked, CancellationToken ct)
    {
        var row = await store.First<Row>(
            """
            select version as Version, as_of as AsOf, case_file as CaseFile, previous_hash as PreviousHash,
                   hash as Hash, json as Json
            from rating_lists where id = @id order by version desc limit 1
            """,
            new { id = ListBook.IdOf(asked) },
            ct
        );
        if (row is null)
            return null;
        using var document = JsonDocument.Parse(row.Json);
        return new ListEvent.Published(
            asked.Period.Code,
            asked.Sector,
            asked.Side,
            asked.Policy.Version,
            (int)row.Version,
            document.RootElement.GetProperty("reason").GetString(),
            row.AsOf,
            row.CaseFile,
            row.PreviousHash,
            row.Hash,
            row.Json
        );
    }

    /// <summary>
    /// The newest month with a published consumers' list over all sectors; where no month was, the newest other period.
    /// </summary>
    public static Task<string?> LatestPeriod(Store store, CancellationToken ct) =>
        store.First<string>(
            """
            select period from rating_lists where sector is null and side = 'consumer'
            order by case when period like '____-__' and period not like '%Q_' and period not like '%H_' then 0 else 1
                     end, period desc, as_of desc limit 1
            """,
            null,
            ct
        );

    private static bool IsPart(string json)
    {
        using var document = JsonDocument.Parse(json);
        return PublishedList.PartOfWhich(document.RootElement) is not null;
    }

    internal static RatingList Read(string json, ListRequest asked)
    {
        var list = JsonSerializer.Deserialize<JsonElement>(json);
        var rows = list.GetProperty("rows").Deserialize<List<RatingRow>>(Cli.JsonFormat) ?? [];
        return new RatingList(
            asked.Period.Code,
            asked.Sector,
            asked.Side,
            asked.Policy,
            list.GetProperty("asOf").GetDateTimeOffset(),
            rows,
            BasisOf(list.GetProperty("cases")),
            PublishedList.FormatOf(list)
        );
    }

    internal static ListBasis BasisOf(JsonElement cases)
    {
        long Of(JsonElement from, string name) => from.GetProperty(name).GetInt64();
        return new ListBasis(
            Of(cases, "base"),
            Of(cases, "pending"),
            cases.GetProperty("excluded") is { ValueKind: JsonValueKind.Number } excluded ? excluded.GetInt64() : null,
            PublishedList.TouchedOf(cases),
            [.. cases.GetProperty("tooFewClaimants").EnumerateArray().Select(merchant => merchant.GetGuid())]
        );
    }
}
