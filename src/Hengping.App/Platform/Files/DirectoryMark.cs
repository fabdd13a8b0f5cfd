namespace Hengping.App.Platform;

/// <summary>
/// Whose a directory is: a small file in it names the store that it serves. The file says which file it is, too: in a
/// copy of the directory it is another one, and the copy is nobody's yet.
/// </summary>
/// <param name="Store">The store's id. A copy of a database has it as well.</param>
/// <param name="Place">The database it is in: SQLite's path, PostgreSQL's number.</param>
internal sealed record DirectoryMark(Guid Store, string Place)
{
    private const string Name = ".store";

    /// <summary>What a directory says; null where it is nobody's.</summary>
    public static DirectoryMark? Read(string directory)
    {
        var path = Path.Combine(directory, Name);
        try
        {
            return
                File.ReadAllLines(path) is [var store, var place, var stamp]
                && Guid.TryParse(store, out var id)
                && stamp == FileOnDisk.StampOf(path)
                ? new DirectoryMark(id, place)
                : null;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>A directory is another store's. One that only moved is not: nothing lies where it lay.</summary>
    public bool IsOthers(string directory) => Read(directory) is { } said && !IsOf(said);

    /// <summary>From now on the directory is this store's.</summary>
    public void Take(string directory)
    {
        if (Read(directory) == this)
            return;
        var draft = Path.Combine(directory, $"{Name}.{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            using (var text = new StreamWriter(file, leaveOpen: true))
                text.Write($"{Store:D}\n{Place}\n{FileOnDisk.StampOf(draft)}\n");
            file.Flush(flushToDisk: true);
        }
        Durable.Move(draft, Path.Combine(directory, Name), overwrite: true);
    }

    private bool IsOf(DirectoryMark said) =>
        said.Store == Store
        && (
            said.Place == Place
            || (
                Path.IsPathRooted(said.Place)
                && (!File.Exists(said.Place) || FileOnDisk.StampOf(said.Place) == FileOnDisk.StampOf(Place))
            )
        );
}
