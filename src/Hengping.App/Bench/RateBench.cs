using System.Diagnostics;
using System.Globalization;
using Hengping.App.Ratings;
using Hengping.Rules.Ratings;

namespace Hengping.App.Bench;

/// <summary>
/// A list over a million complaints: from scratch against one bare pass over the same rows in arrays, and from
/// roll-ups against scratch. In memory on both sides; the same code runs behind the database.
/// </summary>
public static class RateBench
{
    private const int MerchantCount = 500;
    private const int ClaimantCount = 400_000;
    private const int RoundsMin = 9;
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(3);
    private static readonly DateTimeOffset AsOf = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);
    private static readonly Period Year = Period.Parse("2025", AsOf).Event!;

    /// <summary>Measures; the ratio is scratch ÷ bare pass.</summary>
    public static Task<BenchResult> Run(Platform.House house, string? postgres, CancellationToken ct) =>
        Task.Run(() => Measure(1_000_000, postgres is null ? "sqlite" : "postgresql"), ct);

    /// <summary>The same over another number of cases.</summary>
    internal static BenchResult Measure(int cases, string engine)
    {
        var (columns, ids) = Market(cases);
        var cells = Roll(columns);
        long keep = 0;
        var bare = Best(() => keep += BarePass(columns));
        RatingList scratch = Scratch(columns, ids),
            rolled = FromCells(cells, ids);
        var scratchMs = Best(() => scratch = Scratch(columns, ids));
        var rolledMs = Best(() => rolled = FromCells(cells, ids));
        if (PublishedList.LiveJson(scratch, 1) != PublishedList.LiveJson(rolled, 1))
            throw new InvalidOperationException("the list from roll-ups differs from the list from scratch");
        var memory = Process.GetCurrentProcess().PeakWorkingSet64 / (1024.0 * 1024);
        return new BenchResult(
            "rate",
            Math.Round(scratchMs / bare, 3),
            Math.Round(bare, 3),
            Math.Round(scratchMs, 3),
            "ms",
            P99Ms: null,
            Math.Round(memory, 1),
            engine,
            BenchResult.ThisMachine()
        )
        {
            Notes = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["cases"] = cases.ToString(CultureInfo.InvariantCulture),
                ["rows"] = scratch.Rows.Count.ToString(CultureInfo.InvariantCulture),
                ["cells"] = cells.Length.ToString(CultureInfo.InvariantCulture),
                ["rollupMs"] = rolledMs.ToString("0.000", CultureInfo.InvariantCulture),
                ["rollupToScratch"] = (rolledMs / scratchMs).ToString("0.0000", CultureInfo.InvariantCulture),
                ["checksum"] = (keep % 1000).ToString(CultureInfo.InvariantCulture),
            },
        };
    }

    /// <summary>The yardstick: every row read once, every number used.</summary>
    private static long BarePass(CaseColumns columns)
    {
        long sum = 0;
        for (var i = 0; i < columns.Count; i++)
        {
            sum +=
                columns.Merchant[i]
                + columns.Claimant[i]
                + (columns.RepliedAt[i] - columns.DeliveredAt[i])
                + columns.ScoreMilli[i]
                + columns.Flags[i];
        }
        return sum;
    }

    private static RatingList Scratch(CaseColumns columns, Guid[] ids)
    {
        var sums = Table(ids);
        sums.AddCases(columns, Year, AsOf);
        return ListOf(sums);
    }

    private static RatingList FromCells((int Merchant, Tally Tally, int[] Claimants)[] cells, Guid[] ids)
    {
        var sums = Table(ids);
        foreach (ref readonly var cell in cells.AsSpan())
            sums.AddCell(cell.Merchant, cell.Tally, cell.Claimants);
        return ListOf(sums);
    }

    private static RatingList ListOf(MerchantTable sums) =>
        RatingList.Compute(
            Year,
            null,
            default,
            Policy.Current,
            AsOf,
            sums,
            id => new RatedMerchant(id, "商家", "other", Enrolled: true, HasContact: true)
        );

    private static MerchantTable Table(Guid[] ids)
    {
        var sums = new MerchantTable(ids.Length);
        foreach (var id in ids)
            sums.IndexOf(id);
        return sums;
    }

    /// <summary>Month cells, as the store keeps them.</summary>
    private static (int Merchant, Tally Tally, int[] Claimants)[] Roll(CaseColumns columns)
    {
        var rows = Enumerable.Range(0, columns.Count);
        var groups = rows.GroupBy(i => (columns.Merchant[i], Cells.MonthOf(Cells.DayOf(At(columns.DeliveredAt[i])))));
        var cells = new List<(int, Tally, int[])>();
        foreach (var group in groups)
        {
            var some = new CaseColumns(group.Count());
            foreach (var (to, from) in group.Index())
                Copy(columns, from, some, to);
            var sum = new MerchantTable();
            sum.IndexOf(Guid.Empty);
            sum.AddCases(some, Year, AsOf);
            var seen = group
                .Where(i => (columns.Flags[i] & CaseColumns.Out) == 0)
                .Select(i => columns.Claimant[i])
                .Distinct();
            cells.Add((group.Key.Item1, sum[0], seen.Take(Policy.MinimumClaimants).ToArray()));
        }
        return [.. cells];
    }

    private static void Copy(CaseColumns from, int row, CaseColumns to, int at)
    {
        to.Claimant[at] = from.Claimant[row];
        to.DeliveredAt[at] = from.DeliveredAt[row];
        to.RepliedAt[at] = from.RepliedAt[row];
        to.ScoreMilli[at] = from.ScoreMilli[row];
        to.Flags[at] = from.Flags[row];
    }

    private static (CaseColumns Columns, Guid[] Ids) Market(int count)
    {
        var random = new Random(20_261_121);
        var ids = Enumerable.Range(1, MerchantCount).Select(i => new Guid(i, 0, 0, new byte[8])).ToArray();
        var columns = new CaseColumns(count);
        var span = (long)(Year.Until - Year.From).TotalMilliseconds;
        var from = Year.From.ToUnixTimeMilliseconds();
        for (var i = 0; i < count; i++)
        {
            // A few merchants have most of the complaints, as everywhere.
            columns.Merchant[i] = (int)(MerchantCount * Math.Pow(random.NextDouble(), 2.5));
            columns.Claimant[i] = random.Next(ClaimantCount);
            columns.DeliveredAt[i] = from + random.NextInt64(span);
            var replied = random.Next(4) > 0;
            columns.RepliedAt[i] = replied
                ? columns.DeliveredAt[i] + random.NextInt64(160 * 3_600_000L)
                : CaseColumns.NoInstant;
            columns.ScoreMilli[i] = (short)(random.Next(2) == 0 ? random.Next(11) * 1000 : -1);
            columns.Flags[i] = (byte)(
                (replied ? CaseColumns.ValidReply : 0) | (random.Next(20) == 0 ? CaseColumns.Out : 0)
            );
        }
        return (columns, ids);
    }

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    /// <summary>
    /// The best of several rounds in processor time, long enough for the compiler to have done its work. Processor
    /// time and not the clock: on a busy machine a short pass fits between two interruptions and a long one does not.
    /// </summary>
    private static double Best(Action work)
    {
        var best = double.MaxValue;
        var all = Stopwatch.StartNew();
        for (var i = 0; i < RoundsMin || all.Elapsed < LongEnough; i++)
        {
            var began = Environment.CpuUsage.TotalTime;
            work();
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - began).TotalMilliseconds);
        }
        return best;
    }
}
