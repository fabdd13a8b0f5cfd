using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Dapper;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>
/// Keeps <c>rating_shown</c>: what live views show of each merchant until its next snapshot. It is made again from the
/// merchant's cases by whoever looks first on a day on which it may be old.
/// </summary>
public static class Snapshots
{
    /// <summary>No day on which to look again.</summary>
    private const long Never = 9_000_000;

    /// <summary>Merchants of one writing: acts in cases wait for it, so it is short.</summary>
    private const int AtOnce = 50;

    // A big import changes merchants again and again: looks that take long take a tenth of the time at most.
    private const int RestFactor = 9;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(0.5);
    private static readonly ConditionalWeakTable<Store, Settling> Settlings = [];

    private static readonly Table<Shown> Table = new(
        "rating_shown",
        ["side", "span", "day", "until", "merchant"],
        [
            ("side", ColumnType.Text, r => r.Of.Side),
            ("span", ColumnType.Text, r => r.Span),
            ("day", ColumnType.Long, r => r.Day),
            ("until", ColumnType.Long, r => r.Until),
            ("merchant", ColumnType.Guid, r => r.Of.Merchant),
            (
                "tally",
                ColumnType.Text,
                r => string.Join(' ', r.Numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)))
            ),
            ("claimants", ColumnType.Text, r => string.Join(' ', r.Claimants.Order())),
            ("solved", ColumnType.Long, r => r.Solved),
            ("asked", ColumnType.Long, r => r.Asked),
            ("recovered_cents", ColumnType.Long, r => r.RecoveredCents),
        ]
    );

    private sealed record Shown(Todo Of, string Span, long Day, long Until, long[] Numbers)
    {
        public IEnumerable<Guid> Claimants { get; init; } = [];
        public long Solved { get; init; }
        public long Asked { get; init; }
        public long RecoveredCents { get; init; }
    }

    private sealed record Todo(Guid Merchant, string Side, long Heard);

    /// <summary>The day it is, which no live view looks into.</summary>
    public static long Today(Store store) => Cells.DayOf(store.Now);

    /// <summary>Makes every snapshot that may be old again.</summary>
    public static async Task Settle(Store store, CancellationToken ct)
    {
        var today = Today(store);
        if (await Old(store, today, ct) == 0)
            return;
        var settling = Settlings.GetValue(store, static _ => new Settling());
        await settling.Gate.WaitAsync(ct);
        try
        {
            if (settling.Day == today && Stopwatch.GetElapsedTime(settling.At) < settling.Rest)
                return;
            var began = Stopwatch.GetTimestamp();
            var old = await store.Query<Todo>(
                "select merchant as Merchant, side as Side, heard as Heard from rating_snapshots where todo <= @today",
                new { today },
                ct
            );
            var lists = await Chain.Read(store, ct);
            var frozen = Enum.GetValues<Side>()
                .SelectMany(side => lists.Frozen(side, store.Now).Select(list => (side, list)))
                .ToLookup(one => CaseRow.SideWord(one.side), one => one.list);
            foreach (var some in old.Chunk(AtOnce))
                await Make(store, some, frozen, today, ct);
            (settling.Day, settling.At) = (today, Stopwatch.GetTimestamp());
            var took = Stopwatch.GetElapsedTime(began);
            settling.Rest = took < Long ? TimeSpan.Zero : RestFactor * took;
        }
        finally
        {
            settling.Gate.Release();
        }
    }

    /// <summary>All are made again by whoever looks next.</summary>
    public static Task Renew(DbConnection db, DbTransaction transaction) =>
        db.ExecuteAsync("update rating_snapshots set todo = 0, heard = heard + 1", transaction: transaction);

    private static Task<long> Old(Store store, long today, CancellationToken ct) =>
        store.First<long>(
            "select count(*) from (select 1 as one from rating_snapshots where todo <= @today limit 1) waiting",
            new { today },
            ct
        );

    private static async Task Make(
        Store store,
        Todo[] some,
        ILookup<string, FrozenSpan> frozen,
        long today,
        CancellationToken ct
    )
    {
        var casesOf = await Told.CasesOf(store, [.. some.Select(one => one.Merchant).Distinct()], ct);
        var made = some.Select(one =>
            {
                var cases = casesOf[(one.Merchant, one.Side)].ToList();
                var snapshot = DailySnapshot.Before(today, cases, frozen[one.Side]);
                return (one, snapshot, Rows: Rows(one, snapshot, cases, today));
            })
            .ToList();
        await store.Write<object?>(
            async (db, tx) =>
            {
                foreach (var (one, snapshot, rows) in made)
                    await Save(one, snapshot, rows, db, tx, ct);
                return null;
            },
            ct
        );
    }

    private static async Task Save(
        Todo one,
        DailySnapshot snapshot,
        List<Shown> rows,
        DbConnection db,
        DbTransaction tx,
        CancellationToken ct
    )
    {
        var isMine = await db.ExecuteAsync(
            """
            update rating_snapshots set day = @day, todo = @todo
            where merchant = @Merchant and side = @Side and heard = @Heard
            """,
            new
            {
                day = snapshot.Day,
                todo = snapshot.NextLook ?? Never,
                one.Merchant,
                one.Side,
                one.Heard,
            },
            tx
        );
        // Something was heard meanwhile: whoever looks next makes it.
        if (isMine == 0)
            return;
        await db.ExecuteAsync("delete from rating_shown where merchant = @Merchant and side = @Side", one, tx);
        await Bulk.Put(tx, Table, rows, ct);
    }

    private static List<Shown> Rows(Todo one, DailySnapshot snapshot, IReadOnlyList<CaseCourse> cases, long today)
    {
        var sums = new SortedDictionary<(string Span, long Day, long Until), Sum>();
        foreach (var c in cases)
        {
            if (snapshot.Shown(c, today) is not { } state)
                continue;
            var (day, month) = (c.DeliveredDay, Cells.MonthOf(c.DeliveredDay));
            var isPending = snapshot.IsPending(c, state, today);
            SumOf(("day", day, day + 1)).Add(c, state, isPending);
            SumOf(("month", month, Cells.NextMonth(month))).Add(c, state, isPending);
        }
        var rows = sums.Select(s => new Shown(one, s.Key.Span, s.Key.Day, s.Key.Until, s.Value.Tally.Numbers())
            {
                Claimants = s.Value.Claimants,
            })
            .ToList();
        foreach (var scores in snapshot.Scores)
            rows.Add(
                new Shown(one, "score", scores.Span.From, scores.Span.Until, scores.Numbers)
                {
                    Solved = scores.Solved,
                    Asked = scores.Asked,
                    RecoveredCents = scores.RecoveredCents,
                }
            );
        return rows;

        Sum SumOf((string, long, long) key)
        {
            if (!sums.TryGetValue(key, out var sum))
                sums.Add(key, sum = new Sum());
            return sum;
        }
    }

    private sealed class Settling
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);
        public long Day { get; set; }
        public long At { get; set; }
        public TimeSpan Rest { get; set; }
    }

    /// <summary>A cell without scores.</summary>
    private sealed class Sum
    {
        private Tally tally;

        public Tally Tally => tally;
        public HashSet<Guid> Claimants { get; } = [];

        public void Add(CaseCourse one, in CaseDay state, bool isPending)
        {
            if (state.Touched != Touches.None)
                tally.AddTouched(state.Touched);
            if (state.IsOut)
                tally.AddExcluded();
            else if (isPending)
                tally.AddPending();
            else
            {
                tally.Add(state.Answered, scoreMilli: -1, one.Claimant is null);
                if (one.Claimant is { } claimant && Claimants.Count < Policy.MinimumClaimants)
                    Claimants.Add(claimant);
            }
        }
    }
}
