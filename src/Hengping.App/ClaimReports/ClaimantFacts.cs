using Hengping.App.Platform;
using Hengping.Rules.ClaimReports;

namespace Hengping.App.ClaimReports;

/// <summary>
/// What whoever decides sees of a claimant: counts with their outcomes, beside the same counts of all claimants. Read
/// when the page is opened and kept nowhere, so that nothing of it is older than a year; nothing is ranked, and no list
/// knows of it.
/// </summary>
/// <param name="Month">Their own complaints of 30 days.</param>
/// <param name="Year">Of 12 months.</param>
/// <param name="Reports">Other reports about them of 12 months.</param>
/// <param name="Market">How many claimants made how many complaints.</param>
public sealed record ClaimantFacts(
    ClaimantFacts.Window Month,
    ClaimantFacts.Window Year,
    ClaimantFacts.OtherReports Reports,
    ClaimantFacts.Spread Market
)
{
    private const int MonthDays = 30;
    private const int YearDays = 365;

    // As many as one person may have made; what is beyond is not counted one by one.
    private const int RowsMax = 1_000;

    private static readonly int[] Bands = [1, 2, 3, 5, 10];

    /// <summary>Complaints of a stretch of time, by how they ended.</summary>
    /// <param name="Merchants">At how many merchants.</param>
    /// <param name="Settled">Settled, or solved in part or whole by the claimant's own word.</param>
    /// <param name="Declined">Not accepted.</param>
    /// <param name="Withdrawn">By the claimant.</param>
    /// <param name="Ended">Ended otherwise.</param>
    /// <param name="Open">Under way.</param>
    /// <param name="Recovered">CNY.</param>
    public sealed record Window(
        int Days,
        int Complaints,
        int Merchants,
        int Settled,
        int Declined,
        int Withdrawn,
        int Ended,
        int Open,
        decimal Recovered
    );

    /// <summary>Reports about the same claimant, this one left out.</summary>
    public sealed record OtherReports(int Reports, int Merchants, int Upheld, int Rejected, int Overturned, int Open);

    /// <summary>How many claimants made from so many complaints on.</summary>
    /// <param name="To">The last of the band; null where it has no end.</param>
    public sealed record Band(int From, int? To, long Month, long Year);

    /// <summary>All claimants.</summary>
    public sealed record Spread(IReadOnlyList<Band> Bands);

    private sealed record CaseRow(
        string Status,
        Guid Respondent,
        string? Resolved,
        long? RecoveredCents,
        long FiledAt,
        long? ClosedAt
    );

    private sealed record ReportRow(string Status, string? Outcome, Guid Merchant);

    private sealed record CountRow(long Complaints, long Claimants);

    private sealed record Counted(IReadOnlyList<CountRow> Month, IReadOnlyList<CountRow> Year);

    /// <summary>Of one claimant.</summary>
    /// <param name="but">The report that is being decided.</param>
    public static async Task<ClaimantFacts> Of(Store store, Guid claimant, Guid but, CancellationToken ct)
    {
        var (month, year) = (Since(store, MonthDays), Since(store, YearDays));
        var cases = await store.Query<CaseRow>(
            """
            select status as Status, respondent as Respondent, resolved as Resolved, recovered_cents as RecoveredCents,
                   filed_at as FiledAt, closed_at as ClosedAt
            from complaints where claimant = @claimant and filed_at >= @year order by filed_at desc limit @limit
            """,
            new
            {
                claimant,
                year,
                limit = RowsMax,
            },
            ct
        );
        var reports = await store.Query<ReportRow>(
            """
            select status as Status, outcome as Outcome, merchant as Merchant from claim_reports
            where claimant = @claimant and filed_at >= @year and id <> @but and status not in ('held', 'withdrawn')
            order by filed_at desc limit @limit
            """,
            new
            {
                claimant,
                year,
                but,
                limit = RowsMax,
            },
            ct
        );
        return new ClaimantFacts(
            WindowOf(MonthDays, [.. cases.Where(one => one.FiledAt >= month)]),
            WindowOf(YearDays, cases),
            ReportsOf(reports),
            await MarketOf(store, ct)
        );
    }

    private static Window WindowOf(int days, IReadOnlyList<CaseRow> cases)
    {
        bool Is(CaseRow one, params string[] words) => words.Contains(one.Status);
        bool IsSettled(CaseRow one) => Is(one, "settled") || one.Resolved is "yes" or "partly";
        var rest = cases.Where(one => !IsSettled(one)).ToList();
        var (declined, withdrawn) = (rest.Count(one => Is(one, "declined")), rest.Count(one => Is(one, "withdrawn")));
        var ended = rest.Count(one => Is(one, "closed", "terminated"));
        return new Window(
            days,
            cases.Count,
            cases.Select(one => one.Respondent).Distinct().Count(),
            cases.Count - rest.Count,
            declined,
            withdrawn,
            ended,
            rest.Count - declined - withdrawn - ended,
            cases.Sum(one => one.RecoveredCents ?? 0) / 100m
        );
    }

    private static OtherReports ReportsOf(IReadOnlyList<ReportRow> reports)
    {
        int Of(params ClaimReportStatus[] statuses) =>
            reports.Count(one => statuses.Contains(Words.Parse<ClaimReportStatus>(one.Status)!.Value));
        return new OtherReports(
            reports.Count,
            reports.Select(one => one.Merchant).Distinct().Count(),
            Of(ClaimReportStatus.Upheld, ClaimReportStatus.Appealed, ClaimReportStatus.InEffect),
            Of(ClaimReportStatus.Rejected),
            Of(ClaimReportStatus.Overturned),
            Of(ClaimReportStatus.Hearing, ClaimReportStatus.Heard)
        );
    }

    // The same for every report: nobody's own place in it is looked for.
    private static async Task<Spread> MarketOf(Store store, CancellationToken ct)
    {
        var counted = await KeptAWhile.Read(
            store,
            "claimants-by-complaints",
            async () => new Counted(await Counts(MonthDays), await Counts(YearDays)),
            all => all.Year.Sum(row => row.Complaints * row.Claimants)
        );
        long In(IReadOnlyList<CountRow> rows, int from, int? to) =>
            rows.Where(row => row.Complaints >= from && (to is null || row.Complaints <= to)).Sum(row => row.Claimants);
        var bands = Bands.Select(
            (from, i) =>
            {
                int? to = i + 1 < Bands.Length ? Bands[i + 1] - 1 : null;
                return new Band(from, to, In(counted.Month, from, to), In(counted.Year, from, to));
            }
        );
        return new Spread([.. bands]);

        Task<IReadOnlyList<CountRow>> Counts(int days) =>
            store.Query<CountRow>(
                """
                select n as Complaints, count(*) as Claimants from (
                  select count(*) as n from complaints where claimant is not null and filed_at >= @since
                  group by claimant) of_each
                group by n order by n
                """,
                new { since = Since(store, days) },
                ct
            );
    }

    private static long Since(Store store, int days) => store.Now.AddDays(-days).ToUnixTimeMilliseconds();
}
