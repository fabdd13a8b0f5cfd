using System.Diagnostics;
using Dapper;
using Hengping.App.Platform;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>How SQLite's log of pages is brought home beside the writer, and stays short.</summary>
public sealed class CheckpointTests : IDisposable
{
    private const int LongPages = 60;
    private readonly string place = Directory.CreateTempSubdirectory("hengping-wal-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string File => Path.Combine(place, "some.db");

    public void Dispose() => Directory.Delete(place, recursive: true);

    [Fact]
    public async Task The_log_begins_again_though_somebody_always_reads()
    {
        using var writer = Opened();
        writer.Execute("create table t (id integer primary key, what blob)");
        using var checkpoints = new SqliteCheckpoints(Opened, roundPages: 20, LongPages);
        using var readers = new CancellationTokenSource();
        var reading = Task.Run(() => ReadUntil(readers.Token), Ct);

        await Until(() =>
        {
            Write(writer, checkpoints);
            // Ten times as much as it may hold was written, and it began again.
            return checkpoints.Figures.WrittenBytes > 10L * LongPages * SqliteCheckpoints.FrameBytes
                && checkpoints.Figures.LogBytes < 2L * LongPages * SqliteCheckpoints.FrameBytes;
        });

        await readers.CancelAsync();
        await reading;
        checkpoints.Figures.Failed.ShouldBe(0);
        Whole(writer);
    }

    [Fact]
    public async Task What_a_long_reader_holds_is_shown_and_comes_home_after_it()
    {
        using var writer = Opened();
        writer.Execute("create table t (id integer primary key, what blob)");
        using var checkpoints = new SqliteCheckpoints(Opened, roundPages: 20, LongPages);
        Write(writer, checkpoints);
        using (var reader = Opened())
        using (var held = reader.BeginTransaction(deferred: true))
        {
            reader.ExecuteScalar<long>("select count(*) from t", transaction: held);
            await Until(() =>
            {
                Write(writer, checkpoints);
                return checkpoints.Figures.BehindBytes > LongPages * SqliteCheckpoints.FrameBytes;
            });
        }

        await Until(() =>
        {
            Write(writer, checkpoints);
            return checkpoints.Figures.LogBytes < LongPages * SqliteCheckpoints.FrameBytes;
        });
        Whole(writer);
    }

    [Fact]
    public async Task A_round_that_fails_is_counted_and_loses_nothing()
    {
        using var writer = Opened();
        writer.Execute("create table t (id integer primary key, what blob)");
        var fails = 2;
        var checkpoints = new SqliteCheckpoints(
            () => fails-- > 0 ? throw new SqliteException("no room", 14) : Opened(),
            roundPages: 20,
            LongPages
        );
        await Until(() =>
        {
            Write(writer, checkpoints);
            return checkpoints.Figures is { Failed: 2, Done: > 0 };
        });
        checkpoints.Dispose();
        var rows = writer.ExecuteScalar<long>("select count(*) from t");
        writer.Dispose();

        System.IO.File.Exists(File + "-wal").ShouldBeFalse();
        using var again = Opened();
        again.ExecuteScalar<long>("select count(*) from t").ShouldBe(rows);
        Whole(again);
    }

    [Fact]
    public async Task A_store_that_is_closed_leaves_no_log_of_pages_and_one_beside_another_leaves_it_whole()
    {
        await using var toys = await ToyStore.Open("sqlite");
        await toys.Made("before");
        await using (var beside = await ToyStore.OpenAt(toys.Place))
            (await beside.Head(Ct)).ShouldBe(1);
        await toys.Made("after");
        await toys.Store.DisposeAsync();

        Directory.GetFiles(toys.Place.Data, "*-wal").ShouldBeEmpty();
        await toys.Reopen();
        (await LogDigest.Of(toys.Store, null, Ct)).Events.ShouldBe(2);
    }

    private static void Write(SqliteConnection writer, SqliteCheckpoints checkpoints)
    {
        checkpoints.BeforeBatch(writer.Handle!, waitMs: 1000);
        writer.Execute("insert into t (what) values (randomblob(20000))");
        checkpoints.Committed(writer.Handle!);
    }

    private void ReadUntil(CancellationToken ended)
    {
        using var reader = Opened();
        while (!ended.IsCancellationRequested)
            reader.ExecuteScalar<long>("select count(*) from t where id > (select max(id) - 3 from t)");
    }

    private static void Whole(SqliteConnection store) =>
        store.ExecuteScalar<string>("pragma integrity_check").ShouldBe("ok");

    private static async Task Until(Func<bool> isSo)
    {
        var waited = Stopwatch.StartNew();
        while (!isSo())
        {
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
            await Task.Yield();
        }
    }

    private SqliteConnection Opened()
    {
        var opened = new SqliteConnection($"Data Source={File};Pooling=false");
        opened.Open();
        opened.Execute("pragma journal_mode = wal; pragma synchronous = off; pragma wal_autocheckpoint = 0");
        return opened;
    }
}
