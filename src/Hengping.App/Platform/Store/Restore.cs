using System.Formats.Tar;
using System.Text.Json;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>
/// A backup brought into an empty store of either engine: files first, for they are named by their content and harm
/// nobody; then, in one transaction, the log, its proof against the manifest, and all current rows.
/// </summary>
internal static class Restore
{
    private const int EventsPerSave = 1000;

    public static readonly Hengping.Rules.Refusal NotEmpty = new(
        "restore.not-empty",
        "目标库中已有数据，只能恢复到空库",
        "This store already has events; restore into an empty one"
    );

    private static readonly Hengping.Rules.Refusal NotABackup = new(
        "restore.not-a-backup",
        "这不是衡平的备份文件，或文件不完整",
        "This is no Hengping backup, or it is not complete"
    );

    /// <summary>Its content is not what was written.</summary>
    public static readonly Hengping.Rules.Refusal Damaged = new(
        "restore.damaged",
        "备份内容与其清单不符，没有恢复任何数据",
        "The backup is not what its manifest says; nothing was restored"
    );

    public static async Task<BackupManifest> Run(
        Store store,
        string file,
        IReadOnlyList<Listener> listeners,
        Action<long, long>? progress,
        CancellationToken ct
    )
    {
        if (await store.Head(ct) > 0)
            throw new Refused(NotEmpty);
        BackupManifest manifest;
        try
        {
            manifest = await Files(store.Place.Data, file, ct);
            await store.Alone(session => Log(store, session, file, manifest, listeners, progress, ct), ct);
        }
        catch (Exception broken)
            when (broken is InvalidDataException or JsonException or EndOfStreamException or FormatException)
        {
            throw new Refused(NotABackup);
        }
        await Listening.CatchUp(store, listeners.Where(one => one.IsRebuilt), ct);
        if (await RestoredFiles.Fault(store, ct) is { } fault)
            throw new Refused(fault);
        return manifest;
    }

    private static async Task<BackupManifest> Files(string data, string file, CancellationToken ct)
    {
        BackupManifest? manifest = null;
        await using var source = File.OpenRead(file);
        await using var tar = new TarReader(source);
        while (await tar.GetNextEntryAsync(cancellationToken: ct) is { } entry)
        {
            if (entry.Name == Backup.ManifestName)
                manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(entry.DataStream!, Cli.JsonFormat, ct);
            else if (entry.Name != Backup.LogName && entry.EntryType == TarEntryType.RegularFile)
                await Extract(entry, data, ct);
        }
        return manifest?.Format == Backup.Format ? manifest : throw new Refused(NotABackup);
    }

    private static async Task Extract(TarEntry entry, string data, CancellationToken ct)
    {
        var target = Path.GetFullPath(Path.Combine(data, entry.Name));
        // A tar can name any path; only our two folders are written.
        var isOurs = Backup.Folders.Any(folder =>
            target.StartsWith(Path.Combine(data, folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        );
        if (!isOurs)
            throw new InvalidDataException(entry.Name);
        Durable.Create(Path.GetDirectoryName(target)!);
        var draft = $"{target}.restoring";
        await using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            if (entry.DataStream is { } content)
                await content.CopyToAsync(file, ct);
            file.Flush(flushToDisk: true);
        }
        Durable.Move(draft, target, overwrite: true);
    }

    private static bool Log(
        Store store,
        WriteSession session,
        string file,
        BackupManifest manifest,
        IReadOnlyList<Listener> listeners,
        Action<long, long>? progress,
        CancellationToken ct
    )
    {
        if (session.Survey(new Asked(), DateTimeOffset.UnixEpoch).Position > 0)
            throw new Refused(NotEmpty);
        var walk = new LogWalk();
        long keyMax = 0;
        foreach (var some in Lines(file, ct).Chunk(EventsPerSave))
        {
            var draft = new Draft();
            foreach (var (line, position) in some)
            {
                var one = line.Placed(position, walk.Heads.GetValueOrDefault(line.Stream));
                walk.Take(one);
                draft.Events.Add(one);
                draft.Heads[one.Stream] = walk.Heads[one.Stream];
                keyMax = Math.Max(keyMax, one.KeySlot);
            }
            session.Save(draft);
            progress?.Invoke(some[^1].Position, manifest.Events);
        }
        var digest = walk.End(withHeads: false);
        if (digest.Break is not null || digest.Events != manifest.Events || digest.Digest != manifest.Digest)
            throw new Refused(Damaged);
        // A ring made for this store must not give out slots that the log already speaks of.
        store.Keys.SkipPast(keyMax);
        RingOfStore.Restored(store, session, manifest.Ring);
        // What a server noted over the empty store says nothing of when the backup was taken; its log does.
        session.Connection.Execute("delete from clock", transaction: session.Transaction);
        Rebuilding.Rows(store, session, listeners, progress, ct).GetAwaiter().GetResult();
        foreach (var told in listeners.Where(one => !one.IsRebuilt))
        {
            session.Connection.Execute(
                "insert into checkpoints (name, position) values (@Name, @head) "
                    + "on conflict (name) do update set position = excluded.position",
                new { told.Name, head = digest.Events },
                session.Transaction
            );
        }
        return true;
    }

    private static IEnumerable<(BackupLine Line, long Position)> Lines(string file, CancellationToken ct)
    {
        using var source = File.OpenRead(file);
        using var tar = new TarReader(source);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name != Backup.LogName || entry.DataStream is null)
                continue;
            using var lines = new StreamReader(entry.DataStream);
            for (long position = 1; lines.ReadLine() is { } line; position++)
            {
                ct.ThrowIfCancellationRequested();
                yield return (JsonSerializer.Deserialize<BackupLine>(line, Cli.JsonFormat)!, position);
            }
        }
    }
}
