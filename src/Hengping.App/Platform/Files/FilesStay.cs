namespace Hengping.App.Platform;

/// <summary>
/// No file goes while a backup is taken: the backup's log names it. Whoever takes files away shares this mark, a backup
/// holds it alone; it lies in the data directory, which all processes of a site share, and a killed one lets go of it.
/// </summary>
internal static class FilesStay
{
    private const int TriesMax = 3_000;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    /// <summary>From now on they stay; waits for whoever is taking one away.</summary>
    public static async Task<FileStream> Begin(StorePlace place, CancellationToken ct)
    {
        Durable.Create(place.Data);
        for (var tries = 1; tries < TriesMax; tries++)
        {
            if (TryOpen(place, FileAccess.ReadWrite, FileShare.None) is { } mark)
                return mark;
            await Task.Delay(Between, ct);
        }
        return Open(place, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>They may go until this is disposed; null while a backup is taken.</summary>
    public static FileStream? MayGo(StorePlace place) => TryOpen(place, FileAccess.Read, FileShare.Read);

    private static FileStream? TryOpen(StorePlace place, FileAccess access, FileShare share)
    {
        try
        {
            return Open(place, access, share);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static FileStream Open(StorePlace place, FileAccess access, FileShare share) =>
        new(Path.Combine(place.Data, ".files"), FileMode.OpenOrCreate, access, share);
}
