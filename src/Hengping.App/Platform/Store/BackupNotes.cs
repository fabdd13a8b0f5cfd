using Dapper;

namespace Hengping.App.Platform;

/// <summary>That a backup was written: when, and how much. Where to is nobody's matter here.</summary>
public sealed record BackupNote(DateTimeOffset At, long Events, long Files);

/// <summary>
/// Notes of the backups of this store. They are no facts and in no backup themselves: a restored store has none.
/// </summary>
public static class BackupNotes
{
    private sealed record Row(long At, long Events, long Files);

    /// <summary>The last one, or null.</summary>
    public static async Task<BackupNote?> Last(Store store, CancellationToken ct) =>
        await store.First<Row>(
            "select at as At, events as Events, files as Files from backups order by at desc limit 1",
            null,
            ct
        )
            is { } row
            ? new BackupNote(DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Events, row.Files)
            : null;

    /// <summary>Keeps a note; a second one of the same millisecond says the same.</summary>
    internal static Task<int> Keep(Store store, BackupManifest done, CancellationToken ct) =>
        store.Write(
            (db, transaction) =>
                db.ExecuteAsync(
                    "insert into backups (at, events, files) values (@at, @events, @files) on conflict (at) do nothing",
                    new
                    {
                        at = done.At.ToUnixTimeMilliseconds(),
                        events = done.Events,
                        files = done.Files,
                    },
                    transaction
                ),
            ct
        );
}
