using System.Diagnostics;
using Dapper;
using Hengping.Rules;
using Npgsql;

namespace Hengping.App.Platform;

/// <summary>That a backup was tried: when, how much was in it, and whether it held.</summary>
public sealed record RestoreTrial(DateTimeOffset At, long Events, bool Held);

/// <summary>What a trial found.</summary>
/// <param name="Engine">Where it was tried: <c>sqlite</c> or <c>postgres</c>.</param>
public sealed record TriedBackup(long Events, string Digest, long Files, string Engine, double Seconds);

/// <summary>
/// 试恢复: a backup restored into a place of its own that is thrown away, beside the store it was taken from. It holds
/// when the place is what the manifest says, event by event, and the beginning of the log that is live.
/// </summary>
public static class RestoreTrials
{
    private static readonly Refusal OtherStore = new(
        "restore.trial-foreign",
        "这份备份不是本库的：其中的事件与本库日志的开头不同",
        "This backup is of another store: its events are not the beginning of this log"
    );

    private static readonly Refusal FilesMissing = new(
        "restore.trial-files",
        "备份里的证据文件与清单的数目不符",
        "The files of evidence in the backup are not as many as its manifest says"
    );

    /// <summary>There is nothing to try.</summary>
    public static readonly Refusal NoBackup = new(
        "restore.trial-none",
        "目录中没有备份文件（*.bak）",
        "There is no backup (*.bak) in this directory"
    );

    private static readonly Refusal NoFile = new("restore.no-file", "没有这个备份文件", "There is no such backup file");

    private sealed record Row(long At, long Events, bool Held);

    /// <summary>The last trial of this store's backups, or null.</summary>
    public static async Task<RestoreTrial?> Last(Store store, CancellationToken ct) =>
        await store.First<Row>(
            "select at as At, events as Events, held as Held from restore_trials order by at desc limit 1",
            null,
            ct
        )
            is { } row
            ? new RestoreTrial(DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Events, row.Held)
            : null;

    /// <summary>The newest backup of a directory: what a timer tries.</summary>
    /// <exception cref="Refused">There is none.</exception>
    public static string Newest(string directory) =>
        Directory.Exists(directory)
            ? new DirectoryInfo(directory)
                .EnumerateFiles("*.bak")
                .OrderByDescending(file => file.LastWriteTimeUtc)
                .FirstOrDefault()
                ?.FullName
                ?? throw new Refused(NoBackup)
            : throw new Refused(NoBackup);

    /// <summary>Tries a backup and notes in the live store how that went.</summary>
    /// <exception cref="Refused">It does not hold.</exception>
    internal static async Task<TriedBackup> Run(
        Store live,
        string file,
        Action<long, long>? progress,
        CancellationToken ct
    )
    {
        if (!File.Exists(file))
            throw new Refused(NoFile);
        var since = Stopwatch.GetTimestamp();
        try
        {
            var held = await Try(live, file, progress, ct);
            await Keep(live, held.Events, held: true, ct);
            return held with { Seconds = Math.Round(Stopwatch.GetElapsedTime(since).TotalSeconds, 3) };
        }
        catch (Refused no)
        {
            await Keep(live, events: 0, held: false, ct);
            throw new Refused(
                no.Refusal.Code,
                $"试恢复没有通过：{no.Refusal.Zh}",
                $"The restore test failed: {no.Refusal.En}"
            );
        }
    }

    private static async Task<TriedBackup> Try(
        Store live,
        string file,
        Action<long, long>? progress,
        CancellationToken ct
    )
    {
        await TrialLeftovers.Clear(live, ct);
        var directory = Directory.CreateTempSubdirectory(TrialLeftovers.Prefix).FullName;
        var database = await Database(live, ct);
        try
        {
            // The keys stay where they are: what is restored is sealed, and is looked at sealed.
            var place = new StorePlace(directory, database, Path.Combine(directory, "keys"));
            await using var tried = await Store.Open(place, live.House, TimeProvider.System, ct);
            var listeners = tried.House.Listeners(tried, "");
            var manifest = await Restore.Run(tried, file, listeners, progress, ct);
            var found = await LogDigest.Of(tried, progress: null, ct);
            if (found.Break is not null || found.Events != manifest.Events || found.Digest != manifest.Digest)
                throw new Refused(Restore.Damaged);
            if (FilesIn(directory) != manifest.Files)
                throw new Refused(FilesMissing);
            if (await BeginningOf(live, manifest.Events, ct) != manifest.Digest)
                throw new Refused(OtherStore);
            return new TriedBackup(manifest.Events, manifest.Digest, manifest.Files, tried.EngineName, Seconds: 0);
        }
        finally
        {
            if (database is not null)
                await Drop(live.Place.Postgres!, database);
            Directory.Delete(directory, recursive: true);
        }
    }

    private static int FilesIn(string directory) =>
        Backup
            .Folders.Select(folder => Path.Combine(directory, folder))
            .Where(Directory.Exists)
            .Sum(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count());

    /// <summary>The digest of the first events of the live log; of all of them where there are fewer.</summary>
    private static async Task<string> BeginningOf(Store live, long events, CancellationToken ct)
    {
        var walk = new LogWalk();
        await using var snapshot = await Snapshot.Take(live.Engine, ct);
        await foreach (var one in LogDigest.All(snapshot, progress: null, ct))
        {
            if (one.Position > events)
                break;
            walk.Take(one);
        }
        return walk.End(withHeads: false).Digest;
    }

    /// <summary>
    /// A database of its own beside a live one of PostgreSQL; null for SQLite, and where the role may create none: the
    /// file is then tried in SQLite, which gives the same digest.
    /// </summary>
    private static async Task<string?> Database(Store live, CancellationToken ct)
    {
        if (live.Place.Postgres is not { } connection)
            return null;
        var name = TrialLeftovers.NameOf();
        try
        {
            await using var db = new NpgsqlConnection(connection);
            await db.ExecuteAsync(new CommandDefinition($"create database {name}", cancellationToken: ct));
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return null;
        }
        return new NpgsqlConnectionStringBuilder(connection) { Database = name }.ConnectionString;
    }

    private static async Task Drop(string live, string tried)
    {
        var name = new NpgsqlConnectionStringBuilder(tried).Database;
        await using var db = new NpgsqlConnection(live);
        await db.ExecuteAsync($"drop database if exists {name} with (force)");
    }

    private static Task<int> Keep(Store live, long events, bool held, CancellationToken ct) =>
        live.Write(
            (db, transaction) =>
                db.ExecuteAsync(
                    """
                    insert into restore_trials (at, events, held) values (@at, @events, @held)
                    on conflict (at) do update set events = excluded.events, held = excluded.held
                    """,
                    new
                    {
                        at = live.Now.ToUnixTimeMilliseconds(),
                        events,
                        held,
                    },
                    transaction
                ),
            ct
        );
}
