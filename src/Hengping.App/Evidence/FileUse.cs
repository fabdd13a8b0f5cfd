using Hengping.App.Platform;

namespace Hengping.App.Evidence;

/// <summary>
/// Who still uses a file, asked of all rooms. Whatever would destroy one asks here, so that it goes with its last use
/// and neither before nor never.
/// </summary>
public static class FileUse
{
    /// <summary>SQL: no room uses the file of the row <c>e</c> of <c>evidence</c> any more, or ever did.</summary>
    public static string Free(Store store) =>
        $"not ({string.Join(" or ", store.House.Evidence.Select(room => room.InUse))})";

    /// <summary>Slots of the keys of those files that nobody uses.</summary>
    /// <param name="which">SQL about <c>e</c>: which files are asked for.</param>
    /// <param name="isLock">Also those that are in use in what is locked alone.</param>
    public static Task<IReadOnlyList<long>> FreeKeys(
        Store store,
        string which,
        object args,
        CancellationToken ct,
        bool isLock = false
    )
    {
        var inReach = store.House.Evidence.Select(room => room.InReach);
        var free = isLock ? $"not ({string.Join(" or ", inReach)})" : Free(store);
        return store.Query<long>(
            $"select s.key from evidence e join streams s on s.stream = e.id where ({which}) and {free}",
            args,
            ct
        );
    }
}
