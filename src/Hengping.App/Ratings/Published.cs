using System.Text.Json;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>A published list as a page shows it.</summary>
/// <param name="CaseFile">Name of its packed tables; in format 1 of its case file.</param>
public sealed record ShownFrozen(RatingList List, string Hash, long Version, string CaseFile);

/// <summary>Published lists by period, the newest version of each.</summary>
public static class Published
{
    private sealed record Row(string Json, string Hash, long Version, string CaseFile);

    /// <summary>The newest version of the list, or null where none was published.</summary>
    public static async Task<ShownFrozen?> Find(Store store, ListRequest asked, CancellationToken ct)
    {
        var row = await store.First<Row>(
            $"""
            select json as Json, hash as Hash, version as Version, case_file as CaseFile from rating_lists
            where period = @period and side = @side and policy = @policy
              and sector {(asked.Sector is null ? "is null" : "= @sector")}
            order by version desc limit 1
            """,
            new
            {
                period = asked.Period.Code,
                side = Words.Of(asked.Side),
                policy = asked.Policy.Version,
                sector = asked.Sector,
            },
            ct
        );
        return row is null ? null : new ShownFrozen(Read(row.Json, asked), row.Hash, row.Version, row.CaseFile);
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

    private static RatingList Read(string json, ListRequest asked)
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
        var touched = cases.GetProperty("touched");
        return new ListBasis(
            Of(cases, "base"),
            Of(cases, "pending"),
            Of(cases, "excluded"),
            Of(touched, "validity"),
            Of(touched, "exclusion"),
            Of(touched, "contest"),
            [.. cases.GetProperty("tooFewClaimants").EnumerateArray().Select(merchant => merchant.GetGuid())]
        );
    }
}
