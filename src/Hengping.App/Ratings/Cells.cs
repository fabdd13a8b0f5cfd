using System.Data.Common;
using System.Globalization;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>One roll-up cell: sums of a merchant's cases over a day or a month.</summary>
/// <param name="Day">Days since 1970-01-01 of its first day.</param>
/// <param name="Claimants">Up to five different ones.</param>
public sealed record Cell(Guid Merchant, long Day, Tally Tally, IReadOnlyList<Guid> Claimants);

/// <summary>Roll-ups by merchant, side and Shanghai day, and the same by month.</summary>
public static class Cells
{
    /// <summary>Far enough: what is summed in a cell is never pending.</summary>
    private static readonly DateTimeOffset Later = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Period Ever = Period.Parse("all", Later).Event!;
    private static readonly Table<(string Span, (Guid Merchant, string Side, long Day) Key, Sum? Sum)> Table = new(
        "rating_cells",
        ["side", "span", "day", "merchant"],
        [
            ("side", ColumnType.Text, r => r.Key.Side),
            ("span", ColumnType.Text, r => r.Span),
            ("day", ColumnType.Long, r => r.Key.Day),
            ("merchant", ColumnType.Guid, r => r.Key.Merchant),
            ("tally", ColumnType.Text, r => string.Join(' ', (r.Sum?.Tally ?? default).Numbers())),
            ("claimants", ColumnType.Text, r => string.Join(' ', (r.Sum?.Claimants ?? []).Order())),
        ]
    );

    /// <summary>Sums dirty days again from their cases, and their months from the days.</summary>
    public static async Task Renew(
        IReadOnlySet<(Guid Merchant, string Side, long Day)> dirty,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        var days = dirty.Select(d => new object?[] { d.Merchant, d.Side, d.Day }).ToList();
        var sums = new Dictionary<(Guid, string, long), Sum>();
        await Bulk.Each(
            transaction,
            """
            select c.merchant, c.side, c.day, c.delivered_at, c.replied_at, c.reply_timely, c.valid_reply,
                   c.score_milli, c.excluded, c.touched, c.claimant
            from (values {0}) v
            cross join rating_cases c where c.merchant = v.column1 and c.side = v.column2 and c.day = v.column3
            """,
            days,
            reader =>
            {
                SumOf(sums, reader).Add(reader);
                return Task.CompletedTask;
            },
            ct
        );
        await Bulk.Put(transaction, Table, dirty.Select(d => ("day", d, sums.GetValueOrDefault(d))), ct);

        var months = dirty.Select(d => d with { Day = MonthOf(d.Day) }).ToHashSet();
        sums.Clear();
        await Bulk.Each(
            transaction,
            """
            select c.merchant, c.side, v.column3, c.tally, c.claimants
            from (values {0}) v
            cross join rating_cells c
            where c.merchant = v.column1 and c.side = v.column2 and c.span = 'day'
              and c.day >= v.column3 and c.day < v.column4
            """,
            months.Select(m => new object?[] { m.Merchant, m.Side, m.Day, NextMonth(m.Day) }).ToList(),
            reader =>
            {
                SumOf(sums, reader).AddCell(reader);
                return Task.CompletedTask;
            },
            ct
        );
        await Bulk.Put(transaction, Table, months.Select(m => ("month", m, sums.GetValueOrDefault(m))), ct);
    }

    /// <summary>First day of the month a day lies in.</summary>
    public static long MonthOf(long day)
    {
        var date = DateOnly.FromDayNumber((int)day + CaseRow.DayZero);
        return new DateOnly(date.Year, date.Month, 1).DayNumber - CaseRow.DayZero;
    }

    /// <summary>First day of the next month.</summary>
    public static long NextMonth(long first) =>
        DateOnly.FromDayNumber((int)first + CaseRow.DayZero).AddMonths(1).DayNumber - CaseRow.DayZero;

    /// <summary>The Shanghai day of an instant, as tables count days.</summary>
    public static long DayOf(DateTimeOffset at) => Shanghai.DayOf(at).DayNumber - CaseRow.DayZero;

    /// <summary>A tally as tables hold it.</summary>
    public static Tally ReadTally(string text)
    {
        var count = 1 + text.AsSpan().Count(' ');
        var numbers = count == Tally.Length ? stackalloc long[Tally.Length] : new long[count];
        var at = 0;
        foreach (var part in text.AsSpan().Split(' '))
            numbers[at++] = long.Parse(
                text.AsSpan()[part],
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture
            );
        return Tally.Of(numbers);
    }

    /// <summary>Claimants as tables hold them.</summary>
    public static Guid[] ReadClaimants(string text) =>
        text.Length == 0 ? [] : Array.ConvertAll(text.Split(' '), Guid.Parse);

    private static Sum SumOf(Dictionary<(Guid, string, long), Sum> sums, DbDataReader reader)
    {
        var key = (reader.GetGuid(0), reader.GetString(1), reader.GetInt64(2));
        if (!sums.TryGetValue(key, out var sum))
            sums.Add(key, sum = new Sum());
        return sum;
    }

    private sealed class Sum
    {
        private readonly CaseColumns one = new(1);
        private readonly MerchantTable table = new();

        public Sum() => table.IndexOf(Guid.Empty);

        public Tally Tally => table[0];
        public HashSet<Guid> Claimants { get; } = [];

        public void Add(DbDataReader row)
        {
            Guid? claimant = row.IsDBNull(10) ? null : row.GetGuid(10);
            one.DeliveredAt[0] = row.GetInt64(3);
            one.RepliedAt[0] = row.IsDBNull(4) ? CaseColumns.NoInstant : row.GetInt64(4);
            one.ScoreMilli[0] = row.IsDBNull(7) ? (short)-1 : (short)row.GetInt64(7);
            var isOut = !row.IsDBNull(8);
            one.Flags[0] = (byte)(
                (row.GetBoolean(6) ? CaseColumns.ValidReply : 0)
                | (!row.IsDBNull(5) && row.GetBoolean(5) ? CaseColumns.Timely : 0)
                | (isOut ? CaseColumns.Out : 0)
                | ((int)row.GetInt64(9) * CaseColumns.Validity)
            );
            one.Claimant[0] = claimant is null ? -1 : 0;
            table.AddCases(one, Ever, Later);
            if (!isOut && claimant is { } id && Claimants.Count < Policy.MinimumClaimants)
                Claimants.Add(id);
        }

        public void AddCell(DbDataReader row)
        {
            table.AddCell(0, ReadTally(row.GetString(3)), []);
            foreach (var id in ReadClaimants(row.GetString(4)))
            {
                if (Claimants.Count < Policy.MinimumClaimants)
                    Claimants.Add(id);
            }
        }
    }
}
