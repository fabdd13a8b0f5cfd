using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hengping.App.Platform;

/// <summary>How a job's last rounds went, whichever process ran them.</summary>
/// <param name="Every">From round to round; null where this process does not run it.</param>
/// <param name="Done">How much it did when it last did something.</param>
/// <param name="Fault">The last fault in a word that names nobody.</param>
/// <param name="Process">Machine and number of the process that ran it last.</param>
/// <param name="NextAt">When this process runs it next.</param>
/// <param name="IsLate">It has not run for long, although there was time.</param>
public sealed record JobFigure(
    string Name,
    TimeSpan? Every,
    DateTimeOffset? RanAt,
    TimeSpan Took,
    DateTimeOffset? DoneAt,
    long Done,
    DateTimeOffset? FaultAt,
    string? Fault,
    string? Process,
    DateTimeOffset? NextAt,
    bool IsLate
)
{
    /// <summary>Its last round failed.</summary>
    public bool IsFailing => FaultAt is { } at && at >= RanAt;
}

/// <summary>
/// One row a job, written at its first round, at a fault, and then once a minute at most, however often it runs. No
/// facts: what is lost is noted again by the next round.
/// </summary>
public sealed class JobNotes(Store store)
{
    /// <summary>A job is late when it has not run for three of its rounds, and not for this long.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);
    private static readonly string Here = $"{Environment.MachineName}:{Environment.ProcessId}";

    private readonly ConcurrentDictionary<string, Lane> lanes = new(StringComparer.Ordinal);
    private readonly DateTimeOffset startedAt = store.Now;

    /// <summary>Every job of the program, in the order in which pages show them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "listeners",
        "outbox",
        "ticks",
        "decisions",
        "digest",
        "retention",
        "reports",
        "erasures",
        "evidence",
        "traces",
        "terms",
        "report-terms",
    ];

    /// <summary>This process runs it.</summary>
    internal void Begin(string name, TimeSpan every, TimeSpan first)
    {
        if (!Names.Contains(name))
            throw new InvalidOperationException($"JobNotes.Names does not know the job {name}");
        lanes[name] = new Lane(every) { NextAt = store.Now + first };
    }

    /// <summary>A round is over. Never throws: a job must not fail because of its note.</summary>
    internal async Task Ran(string name, TimeSpan took, long done, Exception? fault, CancellationToken ct)
    {
        if (!lanes.TryGetValue(name, out var lane))
            return;
        var row = lane.Take(name, store.Now, took, done, fault is null ? null : NameOf(fault));
        if (row is null)
            return;
        try
        {
            await store.Write((db, transaction) => db.ExecuteAsync(Sql, row, transaction), ct);
        }
        // The store is what fails, or the house closes: the job itself has said so already.
        catch (Exception lost) when (lost is System.Data.Common.DbException or OperationCanceledException or Refused)
        {
            lane.Lost(row);
        }
    }

    /// <summary>How all jobs are.</summary>
    public async Task<IReadOnlyList<JobFigure>> Read(CancellationToken ct)
    {
        var rows = await store.Query<Row>(
            """
            select name as Name, process as Process, ran_at as RanAt, took_ms as TookMs, done_at as DoneAt,
                   done as Done, fault_at as FaultAt, fault as Fault from jobs
            """,
            null,
            ct
        );
        var now = store.Now;
        return [.. Names.Select(name => Figure(name, rows.FirstOrDefault(row => row.Name == name), now))];
    }

    /// <summary>A fault in a word that names nobody: messages of databases repeat what they were given.</summary>
    public static string NameOf(Exception fault) =>
        fault switch
        {
            StoreAway away => away.InnerException is { } cause
                ? $"{away.Refusal.Code} ({NameOf(cause)})"
                : away.Refusal.Code,
            PostgresException answered => $"postgres {answered.SqlState}",
            SqliteException sqlite => $"sqlite {sqlite.SqliteErrorCode}",
            Refused no => no.Refusal.Code,
            _ => fault.GetType().Name,
        };

    private JobFigure Figure(string name, Row? row, DateTimeOffset now)
    {
        var lane = lanes.GetValueOrDefault(name);
        var patience = lane is null || lane.Every * 3 < LateAfter ? LateAfter : lane.Every * 3;
        var ran = At(row?.RanAt);
        return new JobFigure(
            name,
            lane?.Every,
            ran,
            TimeSpan.FromMilliseconds(row?.TookMs ?? 0),
            At(row?.DoneAt),
            row?.Done ?? 0,
            At(row?.FaultAt),
            row?.Fault,
            row?.Process,
            lane?.NextAt,
            IsLate: now - startedAt > patience && (ran is null || (now - ran.Value).Duration() > patience)
        );
    }

    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    // A node whose clock is ahead may have been here: what it noted lies before the round that came after it.
    private const string Sql = """
        insert into jobs (name, process, ran_at, took_ms, done_at, done, fault_at, fault)
        values (@Name, @Process, @RanAt, @TookMs, @DoneAt, @Done, @FaultAt, @Fault)
        on conflict (name) do update set
          process = excluded.process, ran_at = excluded.ran_at, took_ms = excluded.took_ms,
          done_at = coalesce(excluded.done_at,
            case when jobs.done_at > excluded.ran_at then excluded.ran_at else jobs.done_at end),
          done = coalesce(excluded.done, jobs.done),
          fault_at = coalesce(excluded.fault_at,
            case when jobs.fault_at >= excluded.ran_at then excluded.ran_at - 1 else jobs.fault_at end),
          fault = coalesce(excluded.fault, jobs.fault)
        """;

    private sealed record Row(
        string Name,
        string Process,
        long RanAt,
        long TookMs,
        long? DoneAt,
        long? Done,
        long? FaultAt,
        string? Fault
    );

    /// <summary>What happened since the last note. One round at a time notes it.</summary>
    private sealed class Lane(TimeSpan every)
    {
        private readonly Lock gate = new();
        private DateTimeOffset? writtenAt;
        private DateTimeOffset? doneAt;
        private long done;
        private bool isFailing;

        public TimeSpan Every => every;

        public DateTimeOffset NextAt { get; set; }

        /// <summary>The row to write now, or null while the last one is young enough.</summary>
        public Row? Take(string name, DateTimeOffset now, TimeSpan took, long did, string? fault)
        {
            lock (gate)
            {
                NextAt = now + every;
                done += did;
                if (did > 0)
                    doneAt = now;
                // A fault, and its end, are noted at once; a job that fails again and again is not.
                var turned = isFailing != fault is not null;
                if (!turned && writtenAt is { } last && now - last < WriteEvery && now >= last)
                    return null;
                (writtenAt, isFailing) = (now, fault is not null);
                var at = now.ToUnixTimeMilliseconds();
                var row = new Row(
                    name,
                    Here,
                    at,
                    (long)took.TotalMilliseconds,
                    doneAt?.ToUnixTimeMilliseconds(),
                    done > 0 ? done : null,
                    fault is null ? null : at,
                    fault
                );
                (done, doneAt) = (0, null);
                return row;
            }
        }

        /// <summary>It was not written: the next round tries again.</summary>
        public void Lost(Row row)
        {
            lock (gate)
            {
                writtenAt = null;
                done += row.Done ?? 0;
                if (row.DoneAt is { } at)
                    doneAt ??= DateTimeOffset.FromUnixTimeMilliseconds(at);
            }
        }
    }
}
