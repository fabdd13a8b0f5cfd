namespace Hengping.App.Platform;

/// <summary>
/// What a killed process leaves on disk. Whoever still writes holds its file for itself alone; what nobody holds is
/// nobody's, and goes at the next start.
/// </summary>
public static class Leftovers
{
    private const string Mark = "held";

    /// <summary>Drafts of files in the data directory.</summary>
    public static int Sweep(StorePlace place)
    {
        var swept = 0;
        foreach (var folder in Backup.Folders.Select(name => Path.Combine(place.Data, name)).Where(Directory.Exists))
        foreach (var file in Drafts(folder))
            swept += TryDelete(file) ? 1 : 0;
        return swept;
    }

    /// <summary>
    /// A folder of this process alone where forms lie while they are read; those of processes that are gone are
    /// emptied.
    /// </summary>
    /// <exception cref="Refused">Nothing can be written there.</exception>
    public static Spool BeginSpool(StorePlace place)
    {
        try
        {
            return Begin(Path.Combine(place.Data, "spool"));
        }
        catch (Exception fault) when (StartFaults.OfStore(fault, place) is { } refusal)
        {
            throw new Refused(refusal);
        }
    }

    private static Spool Begin(string all)
    {
        if (Directory.Exists(all))
            foreach (var folder in Directory.EnumerateDirectories(all))
                if (TryDelete(Path.Combine(folder, Mark)))
                    Directory.Delete(folder, recursive: true);
        var own = Path.Combine(all, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(own);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(all, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var held = new FileStream(Path.Combine(own, Mark), FileMode.Create, FileAccess.Write, FileShare.None);
        return new Spool(own, held);
    }

    /// <summary>Held while the process runs.</summary>
    public sealed class Spool(string folder, FileStream held) : IDisposable
    {
        /// <summary>Where it lies.</summary>
        public string Folder => folder;

        /// <inheritdoc/>
        public void Dispose()
        {
            held.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Ends of the names under which a backup is written beside its file.</summary>
    internal const string BackupDraft = ".hengping-partial";

    /// <inheritdoc cref="BackupDraft"/>
    internal const string BackupLog = ".hengping-log";

    /// <summary>What killed backups left in a directory.</summary>
    internal static void SweepBackups(string directory)
    {
        if (!Directory.Exists(directory))
            return;
        foreach (var end in new[] { BackupDraft, BackupLog })
        foreach (var file in Directory.EnumerateFiles(directory, "*" + end))
            TryDelete(file);
    }

    private static IEnumerable<string> Drafts(string folder) =>
        Directory
            .EnumerateFiles(folder, ".*.part")
            .Concat(Directory.EnumerateFiles(folder, "*.draft"))
            .Concat(Directory.EnumerateFiles(folder, "*.restoring", SearchOption.AllDirectories));

    private static bool TryDelete(string file)
    {
        try
        {
            using var alone = new FileStream(
                file,
                FileMode.Open,
                FileAccess.ReadWrite,
                FileShare.None,
                bufferSize: 1,
                FileOptions.DeleteOnClose
            );
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
