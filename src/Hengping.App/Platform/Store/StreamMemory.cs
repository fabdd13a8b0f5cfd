using System.Collections.Concurrent;

namespace Hengping.App.Platform;

/// <summary>Something read of a stream, and the change that holds a commit to the version it was read at.</summary>
public sealed record Stood<T>(T What, Change Stands);

/// <summary>
/// What doors look up again and again of streams that hardly ever move: who files, whom it is against. Nothing is
/// decided on it alone: the commit expects the versions it was read at, and the writer judges them under the log's
/// lock, whatever other nodes have done. So it may be old, and never makes an old yes; for a no it is not asked. Told
/// by the commits of this process, and by races that it lost.
/// </summary>
public sealed class StreamMemory
{
    private const int EntriesMax = 20_000;
    private readonly ConcurrentDictionary<Guid, object> known = new();

    /// <summary>What was read last, or null.</summary>
    public Stood<T>? Of<T>(Guid stream) => known.GetValueOrDefault(stream) as Stood<T>;

    /// <summary>Keeps what was just read.</summary>
    public Stood<T> Keep<T>(Stood<T> read)
    {
        if (known.Count >= EntriesMax)
            known.Clear();
        known[read.Stands.Stream] = read;
        return read;
    }

    /// <summary>It has moved.</summary>
    public void Forget(Guid stream) => known.TryRemove(stream, out _);
}
