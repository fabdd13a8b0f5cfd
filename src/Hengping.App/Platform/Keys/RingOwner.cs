using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// One ring, one store: under two, whatever one of them destroys is unreadable in both, and the other does not even
/// know of it.
/// </summary>
public sealed partial class KeyRing
{
    /// <summary>Another store has the ring, or another copy of this one.</summary>
    public static readonly Refusal OtherStore = new(
        "keys.other-store",
        "这套密钥属于另一个库（本库可能是其副本）：两库共用密钥时，一方清除的资料另一方也无法再读；"
            + "请为本库复制一份密钥目录并用 --keys 指明，确认那个库已不存在时才用 --takes-over",
        "These keys are another store's, of which this may be a copy: what one of the two erases, the other cannot "
            + "read either. Give this one a copy of the keys directory (--keys); only where the other store is gone "
            + "for good, say --takes-over"
    );

    private DirectoryMark? served;

    /// <exception cref="Refused">The ring is another store's.</exception>
    internal void MayServe(DirectoryMark store)
    {
        if (store.IsOthers(DirectoryMark.Read(directory)))
            throw new Refused(OtherStore);
    }

    /// <summary>From now on it serves this store, and no other without being told so.</summary>
    /// <param name="takesOver">The store that had it is gone.</param>
    internal void Serve(DirectoryMark store, bool takesOver)
    {
        using (Locked(directory))
        {
            if (!takesOver)
                MayServe(store);
            store.Take(directory, DirectoryMark.Read(directory));
        }
        served = store;
    }

    /// <exception cref="StoreAway">Another store has taken it meanwhile.</exception>
    private void StillServe()
    {
        if (served is { } store && store.IsOthers(DirectoryMark.Read(directory)))
            throw new StoreAway(OtherStore);
    }
}
