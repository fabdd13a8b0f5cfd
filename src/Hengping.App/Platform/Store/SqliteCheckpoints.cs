using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hengping.App.Platform;

/// <summary>How the log of pages of SQLite is brought home into the database file.</summary>
public sealed class CheckpointFigures
{
    private long written;
    private long pages;
    private long behind;
    private long done;
    private long failed;

    /// <summary>Bytes this process has written to the log of pages.</summary>
    public long WrittenBytes => Interlocked.Read(ref written) * SqliteCheckpoints.FrameBytes;

    /// <summary>Bytes the log of pages held when it was looked at last.</summary>
    public long LogBytes => Interlocked.Read(ref pages) * SqliteCheckpoints.FrameBytes;

    /// <summary>How many of them were not home: readers of before, or a disk that fails, hold them.</summary>
    public long BehindBytes => Interlocked.Read(ref behind) * SqliteCheckpoints.FrameBytes;

    /// <summary>Rounds that were done.</summary>
    public long Done => Interlocked.Read(ref done);

    /// <summary>Rounds that failed; nothing is lost by that, the log only grows.</summary>
    public long Failed => Interlocked.Read(ref failed);

    internal void Wrote(int more) => Interlocked.Add(ref written, more);

    internal void Round(int log, int home)
    {
        Interlocked.Exchange(ref pages, log);
        Interlocked.Exchange(ref behind, log - home);
        Interlocked.Increment(ref done);
    }

    internal void Fail() => Interlocked.Increment(ref failed);
}

/// <summary>
/// Brings home what lies in the log of pages, on a thread and a connection of its own: a commit never waits for it. The
/// log begins again from its start when all of it is home and nobody reads in it; for that alone the writer looks
/// itself, between two batches, when the log is long and nearly all of it is home.
/// </summary>
internal sealed class SqliteCheckpoints : IDisposable
{
    /// <summary>A page of 4 kB and its head.</summary>
    internal const int FrameBytes = 4_096 + 24;

    /// <summary>A page that changes in every batch is brought home once a round: 32 MB of log.</summary>
    internal const int RoundPages = 8_000;

    /// <summary>From here on the log is to begin again: 64 MB.</summary>
    internal const int LongPages = 16_000;

    // Many times as long only where at each try somebody was reading: then the writer waits for them, a moment.
    internal const int TooLong = 4;
    private const int ReadersWaitMs = 250;

    // So much is brought home between two batches, while they wait.
    private const int RestPart = 8;
    private const int RoundsMost = 4;
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    private readonly Func<SqliteConnection> connect;
    private readonly int roundPages;
    private readonly int longPages;
    private readonly AutoResetEvent woken = new(initialState: true);
    private readonly Thread thread;
    private SqliteConnection? own;
    private volatile bool isClosing;
    private volatile bool isRestartDue;
    private int since;

    /// <param name="connect">Opens a connection that may write.</param>
    public SqliteCheckpoints(Func<SqliteConnection> connect, int roundPages = RoundPages, int longPages = LongPages)
    {
        this.connect = connect;
        this.roundPages = roundPages;
        this.longPages = longPages;
        thread = new Thread(Run) { IsBackground = true, Name = "store checkpoints" };
        thread.Start();
    }

    public CheckpointFigures Figures { get; } = new();

    /// <summary>The writer has committed; on its thread.</summary>
    public void Committed(sqlite3 db)
    {
        // What it wrote since it was asked last.
        _ = raw.sqlite3_db_status(db, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        Figures.Wrote(pages);
        if (Interlocked.Add(ref since, pages) >= roundPages)
            woken.Set();
    }

    /// <summary>Between two batches, on the writer's thread and connection.</summary>
    /// <param name="waitMs">How long that connection waits for others, to be set again.</param>
    public void BeforeBatch(sqlite3 db, int waitMs)
    {
        if (!isRestartDue)
            return;
        isRestartDue = false;
        // The transaction after this begins the log again where nobody reads in it. A no changes nothing.
        if (Round(db, raw.SQLITE_CHECKPOINT_PASSIVE) is not var (log, home) || log != home || log < TooLong * longPages)
            return;
        raw.sqlite3_busy_timeout(db, ReadersWaitMs);
        Round(db, raw.SQLITE_CHECKPOINT_RESTART);
        raw.sqlite3_busy_timeout(db, waitMs);
    }

    public void Dispose()
    {
        isClosing = true;
        woken.Set();
        thread.Join();
        woken.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            woken.WaitOne();
            Interlocked.Exchange(ref since, 0);
            var isDone = Home();
            if (isClosing)
                break;
            if (isDone)
                continue;
            // Tried again though nobody commits; whoever woke it meanwhile is not forgotten.
            woken.WaitOne(AgainAfter);
            woken.Set();
        }
        own?.Dispose();
    }

    // False where it failed, and is to be tried again though nobody commits.
    private bool Home()
    {
        try
        {
            own ??= connect();
            for (var round = 0; round < RoundsMost; round++)
            {
                if (Round(own.Handle!, raw.SQLITE_CHECKPOINT_PASSIVE) is not var (log, home))
                    return false;
                if (log < longPages || isClosing)
                    return true;
                // What readers hold is no nearer home in the next round.
                if (log - home > roundPages / RestPart)
                    continue;
                isRestartDue = true;
                return true;
            }
            return true;
        }
        catch (SqliteException)
        {
            Figures.Fail();
            return false;
        }
    }

    // Pages in the log, and of those at home. Null where it failed; somebody else's round, of a command beside this
    // process or of an erasure, is no failure.
    private (int Log, int Home)? Round(sqlite3 db, int mode)
    {
        var result = raw.sqlite3_wal_checkpoint_v2(db, "main", mode, out var log, out var home);
        if (result == raw.SQLITE_OK || (result == raw.SQLITE_BUSY && log >= 0))
        {
            Figures.Round(log, home);
            return (log, home);
        }
        if (result is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
            return (0, 0);
        Figures.Fail();
        return null;
    }
}
