using Hengping.App.Platform;

namespace Hengping.App.ClaimReports;

/// <summary>What the public reads: how many reports there were and what became of them. Of nobody by name.</summary>
/// <param name="Upheld">Upheld at first, whatever became of it.</param>
/// <param name="Overturned">Upheld, and then not: by appeal or revoked.</param>
/// <param name="Open">Not decided yet.</param>
/// <param name="Overdue">Not decided, and their day is over.</param>
/// <param name="DecidedLate">Decided after their day.</param>
/// <param name="MedianHours">From filing to decision, of the last 12 months; null where none was decided.</param>
/// <param name="MedianOf">How many that is the median of.</param>
public sealed record ClaimingCounts(
    long Reports,
    long Upheld,
    long Rejected,
    long Withdrawn,
    long Appealed,
    long Overturned,
    long Open,
    long Overdue,
    long DecidedLate,
    decimal? MedianHours,
    long MedianOf
)
{
    private const int YearDays = 365;
    private const int DurationsMax = 50_000;
    private const decimal HourMs = 3_600_000m;

    private sealed record Row(string Status, string? Outcome, bool Appealed, bool Late, long Count);

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder reports) =>
        reports
            .MapGet(
                "/counts",
                async (Store store, CancellationToken ct) => Results.Json(await Of(store, ct), Cli.JsonFormat)
            )
            .Produces<ClaimingCounts>()
            .Anyone();

    /// <summary>As they stand.</summary>
    public static Task<ClaimingCounts> Of(Store store, CancellationToken ct) =>
        KeptAWhile.Read(store, "claim-report-counts", () => Count(store, ct), counts => counts.Reports);

    private static async Task<ClaimingCounts> Count(Store store, CancellationToken ct)
    {
        var rows = await store.Query<Row>(
            """
            select status as Status, outcome as Outcome, appealed as Appealed, late as Late, count(*) as Count
            from claim_reports group by status, outcome, appealed, late
            """,
            null,
            ct
        );
        var overdue = await store.First<long>(
            """
            select count(*) from claim_reports
            where place = 0 and coalesce(due_at, 253402300799000) < @now and not provisional and outcome is null
            """,
            new { now = store.Now.ToUnixTimeMilliseconds() },
            ct
        );
        var took = await store.Query<long>(
            """
            select decided_at - filed_at from claim_reports where decided_at >= @since
            order by decided_at desc limit @limit
            """,
            new { since = store.Now.AddDays(-YearDays).ToUnixTimeMilliseconds(), limit = DurationsMax },
            ct
        );
        long Of(Func<Row, bool> which) => rows.Where(which).Sum(row => row.Count);
        return new ClaimingCounts(
            Of(_ => true),
            Of(row => row.Outcome == "upheld"),
            Of(row => row.Outcome == "rejected"),
            Of(row => row.Status == "withdrawn"),
            Of(row => row.Appealed),
            Of(row => row.Status == "overturned"),
            Of(row => row.Outcome is null && row.Status != "withdrawn"),
            overdue,
            Of(row => row.Late && row.Outcome is not null),
            MedianOfAll([.. took.Order()]),
            took.Count
        );
    }

    private static decimal? MedianOfAll(IReadOnlyList<long> sorted)
    {
        if (sorted.Count == 0)
            return null;
        var half = sorted.Count / 2;
        var middle = sorted.Count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2m;
        return Math.Round(middle / HourMs, 1, MidpointRounding.AwayFromZero);
    }
}
