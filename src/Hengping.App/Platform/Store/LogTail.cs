namespace Hengping.App.Platform;

/// <summary>
/// The last events this process committed, kept so that its listeners need not read them back. Positions have no
/// gaps: where an event of another process stands between, the log itself is read.
/// </summary>
internal sealed class LogTail
{
    private const int Kept = 4096;
    private readonly StoredEvent?[] ring = new StoredEvent?[Kept];

    /// <summary>Takes what was committed.</summary>
    public void Add(List<StoredEvent> events)
    {
        foreach (var one in events)
            Volatile.Write(ref ring[one.Position % Kept], one);
    }

    /// <summary>Events right after a position, as far as they are here; empty when the next one is not.</summary>
    public IReadOnlyList<StoredEvent> After(long position, int limit)
    {
        List<StoredEvent>? found = null;
        while ((found?.Count ?? 0) < limit)
        {
            var next = Volatile.Read(ref ring[++position % Kept]);
            if (next?.Position != position)
                break;
            (found ??= []).Add(next);
        }
        return found ?? (IReadOnlyList<StoredEvent>)[];
    }
}
