namespace Hengping.App.Platform;

/// <summary>
/// Whose a directory is: a small file in it names the store that it serves. The file says which file it is, too: in a
/// copy of the directory it is another one.
/// </summary>
/// <param name="Store">The store's id. A copy of a database has it as well.</param>
/// <param name="Place">The database it is in: SQLite's path, PostgreSQL's number.</param>
internal sealed record DirectoryMark(Guid Store, string Place)
{
    private const string Name = ".store";

    /// <summary>What stands in a directory.</summary>
    /// <param name="Store">Whose it is.</param>
    /// <param name="Directory">Its own id, which its copies have as well.</param>
    /// <param name="IsCopy">It is a copy of that one.</param>
    public sealed record Said(DirectoryMark Store, Guid Directory, bool IsCopy);

    /// <summary>Null where nothing is said.</summary>
    public static Said? Read(string directory)
    {
        var path = Path.Combine(directory, Name);
        try
        {
            return
                File.ReadAllLines(path) is [var store, var place, var stamp, var own]
                && Guid.TryParse(store, out var id)
                && Guid.TryParse(own, out var its)
                ? new Said(new DirectoryMark(id, place), its, stamp != FileOnDisk.StampOf(path))
                : null;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Another store has this directory, and not a copy of it.</summary>
    public bool IsOthers(Said? said) => said is { IsCopy: false } && !IsOf(said.Store);

    /// <summary>From now on the directory is this store's.</summary>
    /// <param name="said">What it says now.</param>
    /// <param name="isNew">It gets another id.</param>
    /// <returns>Its id.</returns>
    public Guid Take(string directory, Said? said, bool isNew = false)
    {
        var own = said is null || isNew ? Guid.NewGuid() : said.Directory;
        if (said == new Said(this, own, IsCopy: false))
            return own;
        var draft = Path.Combine(directory, $"{Name}.{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            using (var text = new StreamWriter(file, leaveOpen: true))
                text.Write($"{Store:D}\n{Place}\n{FileOnDisk.StampOf(draft)}\n{own:D}\n");
            file.Flush(flushToDisk: true);
        }
        Durable.Move(draft, Path.Combine(directory, Name), overwrite: true);
        return own;
    }

    // What moved is the same: nothing lies where it lay.
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
