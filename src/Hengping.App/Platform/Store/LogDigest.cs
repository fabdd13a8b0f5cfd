using System.Security.Cryptography;

namespace Hengping.App.Platform;

/// <summary>The log walked once from its first event: each link of each chain checked, and one hash over all.</summary>
/// <param name="Events">Events in the log.</param>
/// <param name="Digest">SHA-256 over the events' hashes in order of position, hex.</param>
/// <param name="Break">The first place where the log is not what was written, or null.</param>
public sealed record LogDigest(long Events, string Digest, string? Break)
{
    private const int PageMax = 2000;

    /// <summary>Computes it on the store as it stands now, while others go on writing.</summary>
    public static async Task<LogDigest> Of(Store store, Action<long, long>? progress, CancellationToken ct)
    {
        await using var snapshot = await Snapshot.Take(store.Engine, ct);
        var walk = new LogWalk();
        await foreach (var one in All(snapshot, progress, ct))
            walk.Take(one, store.Keys);
        await foreach (var (stream, version, hash) in snapshot.Heads().WithCancellation(ct))
            walk.TakeHead(stream, version, hash);
        return walk.End();
    }

    /// <summary>All events of a snapshot, in order.</summary>
    internal static async IAsyncEnumerable<StoredEvent> All(
        Snapshot snapshot,
        Action<long, long>? progress,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        long after = 0;
        while (await snapshot.Log(after, PageMax, ct) is { Count: > 0 } page)
        {
            foreach (var one in page)
                yield return one;
            after = page[^1].Position;
            progress?.Invoke(after, snapshot.Head);
        }
    }
}

/// <summary>Checks a log event by event.</summary>
internal sealed class LogWalk
{
    private readonly IncrementalHash all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<Guid, Head> heads = [];
    private long events;
    private long headsSeen;

    public string? Break { get; private set; }

    public IReadOnlyDictionary<Guid, Head> Heads => heads;

    /// <param name="keys">A box may be missing where its key is destroyed, and nowhere else.</param>
    public void Take(StoredEvent one, KeyRing? keys = null)
    {
        events++;
        var head = heads.GetValueOrDefault(one.Stream);
        var hash = Chain.Hash(one);
        all.AppendData(hash);
        if (one.Position != events)
            Break ??= $"position {events} is missing";
        else if (one.Version != (head?.Version ?? 0) + 1)
            Break ??=
                $"position {one.Position}: stream {one.Stream} goes from version {head?.Version} to {one.Version}";
        else if (!one.Previous.AsSpan().SequenceEqual(head?.Hash ?? Chain.Root))
            Break ??= $"position {one.Position}: the event before version {one.Version} of {one.Stream} was changed";
        else if (keys is not null && Boxes.HasDropped(one.Body) && keys.Holds(one.KeySlot))
            Break ??= $"position {one.Position}: what is sealed in it is missing, and its key is not destroyed";
        heads[one.Stream] = new Head(one.Version, hash, one.KeySlot);
    }

    /// <summary>The last event of a stream has no successor: the stream's head vouches for it.</summary>
    public void TakeHead(Guid stream, long version, byte[] hash)
    {
        headsSeen++;
        if (
            !heads.TryGetValue(stream, out var head)
            || head.Version != version
            || !hash.AsSpan().SequenceEqual(head.Hash)
        )
            Break ??= $"stream {stream}: its last event is not the one that was written";
    }

    /// <param name="withHeads">Heads were taken too.</param>
    public LogDigest End(bool withHeads = true)
    {
        if (withHeads && headsSeen != heads.Count)
            Break ??= "a stream has lost its head";
        return new LogDigest(events, Convert.ToHexStringLower(all.GetHashAndReset()), Break);
    }
}
