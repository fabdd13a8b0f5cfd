using System.Formats.Tar;
using System.Text.Json;

namespace Hengping.App.Platform;

/// <summary>First part of a backup: what is in it, so that a restore can prove it got everything.</summary>
/// <param name="Format">Always <see cref="Backup.Format"/>.</param>
/// <param name="Events">Events in it.</param>
/// <param name="Digest">Digest of its log, as <c>digest</c> prints it.</param>
/// <param name="Files">Files of evidence and open data in it.</param>
/// <param name="Ring">Print of the key ring it is sealed with; null in backups from before stores kept it.</param>
public sealed record BackupManifest(
    string Format,
    DateTimeOffset At,
    long Events,
    string Digest,
    long Files,
    string? Ring = null
);

/// <summary>
/// A backup: one tar of a manifest, the log, and the files of evidence and open data, taken from one moment while the
/// site goes on serving. Keys are never in it, so whoever is erased is erased in every backup; current rows and read
/// models are not in it either, for they follow from the log. It opens on either engine.
/// </summary>
internal static class Backup
{
    public const string Format = "hengping-backup/1";
    public const string ManifestName = "manifest.json";
    public const string LogName = "events.ndjson";
    public static readonly string[] Folders = ["evidence", "open"];

    public static async Task<BackupManifest> Write(
        Store store,
        string target,
        Action<long, long>? progress,
        CancellationToken ct
    )
    {
        target = Target(target);
        var draft = target + Leftovers.BackupDraft;
        var logFile = target + Leftovers.BackupLog;
        try
        {
            await using var stay = await FilesStay.Begin(store.Place, ct);
            Leftovers.SweepBackups(Path.GetDirectoryName(target)!);
            // Held until the end: what nobody holds is swept.
            await using var lines = new FileStream(logFile, Fresh());
            var log = await WriteLog(store, lines, progress, ct);
            // Before the files are looked for, and they before the events that name them.
            var named = await RestoredFiles.Named(store, ct);
            var files = Files(store.Place.Data);
            var missing = RestoredFiles.Missing(store.Place.Data, named, files);
            // One that lacks files takes no sound one's place.
            if (missing is not null && File.Exists(target))
                throw new Refused(missing);
            var manifest = new BackupManifest(Format, store.Now, log.Events, log.Digest, files.Count, store.Keys.Print);
            await using (var tar = new FileStream(draft, Fresh()))
            {
                await WriteTar(tar, manifest, logFile, store.Place.Data, files, ct);
                tar.Flush(flushToDisk: true);
            }
            Durable.Move(draft, target, overwrite: true);
            return missing is null ? manifest : throw new Refused(missing);
        }
        finally
        {
            File.Delete(logFile);
            File.Delete(draft);
        }
    }

    // A link's target is what is written, and the link stays; a device, a pipe or a directory is not replaced.
    private static string Target(string given)
    {
        var path = Path.GetFullPath(given);
        if (
            new FileInfo(path).LinkTarget is not null
            && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } end
        )
            path = end.FullName;
        return FileOnDisk.IsOther(path)
            ? throw new Refused(
                "backup.not-a-file",
                $"{given} 不是普通文件，备份只能写入普通文件",
                $"{given} is no regular file: a backup is written to one, or to a new name"
            )
            : path;
    }

    private static async Task<LogDigest> WriteLog(
        Store store,
        Stream target,
        Action<long, long>? progress,
        CancellationToken ct
    )
    {
        var walk = new LogWalk();
        await using var snapshot = await Snapshot.Take(store.Engine, ct);
        await foreach (var one in LogDigest.All(snapshot, progress, ct))
        {
            walk.Take(one);
            await JsonSerializer.SerializeAsync(target, BackupLine.Of(one), Cli.JsonFormat, ct);
            target.WriteByte((byte)'\n');
        }
        await target.FlushAsync(ct);
        await foreach (var (stream, version, hash) in snapshot.Heads().WithCancellation(ct))
            walk.TakeHead(stream, version, hash);
        var digest = walk.End();
        if (digest.Break is { } where)
            throw new Refused(
                "log.broken",
                $"日志已被改动，未备份：{where}",
                $"The log is broken, nothing backed up: {where}"
            );
        return digest;
    }

    private static async Task WriteTar(
        Stream target,
        BackupManifest manifest,
        string logFile,
        string data,
        List<string> files,
        CancellationToken ct
    )
    {
        await using var tar = new TarWriter(target, TarEntryFormat.Pax, leaveOpen: true);
        var head = new PaxTarEntry(TarEntryType.RegularFile, ManifestName)
        {
            DataStream = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, Cli.JsonFormat)),
        };
        await tar.WriteEntryAsync(head, ct);
        await tar.WriteEntryAsync(logFile, LogName, ct);
        foreach (var file in files)
            await tar.WriteEntryAsync(Path.Combine(data, file), file.Replace('\\', '/'), ct);
    }

    private static List<string> Files(string data) =>
        [
            .. Folders
                .Select(folder => Path.Combine(data, folder))
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                .Where(file => !Path.GetFileName(file).StartsWith('.'))
                .Select(file => Path.GetRelativePath(data, file))
                .Order(StringComparer.Ordinal),
        ];

    private static FileStreamOptions Fresh()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            BufferSize = 128 * 1024,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}

/// <summary>One event as a backup holds it; what the chain gives back is left out.</summary>
internal sealed record BackupLine(
    Guid Stream,
    string Kind,
    long At,
    long RecordedAt,
    string Author,
    long Key,
    byte[] Body
)
{
    public static BackupLine Of(StoredEvent one) =>
        new(
            one.Stream,
            one.Kind,
            one.At.ToUnixTimeMilliseconds(),
            one.RecordedAt.ToUnixTimeMilliseconds(),
            one.Author,
            one.KeySlot,
            one.Body
        );

    public StoredEvent Placed(long position, Head? head) =>
        new(
            position,
            Stream,
            (head?.Version ?? 0) + 1,
            Kind,
            DateTimeOffset.FromUnixTimeMilliseconds(At),
            DateTimeOffset.FromUnixTimeMilliseconds(RecordedAt),
            Author,
            Key,
            Body,
            head?.Hash ?? Chain.Root
        );
}
