using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Hengping.Rules;
using Microsoft.Win32.SafeHandles;

namespace Hengping.App.Platform;

/// <summary>
/// Data keys by slot, wrapped by the master key, in a file of their own outside the store. Backups hold no key, so
/// what is destroyed here is unreadable everywhere. Several processes share one ring.
/// </summary>
/// <remarks>
/// A record is 64 bytes at slot × 64: mark (0 unused, 1 live, 2 destroyed, 3 print key,
/// 4 shut), nonce (12), wrapped key (32),
/// tag (16). Slot 0 is never a key but the head of the file. The length of the file says which slots are taken:
/// processes take them in blocks.
/// </remarks>
public sealed partial class KeyRing : IDisposable
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    internal const int KeyBytes = 32;
    private const int BoxOverhead = 8 + NonceBytes + TagBytes;
    private const int CacheSize = 4096;

    // Keys made ahead, while each lot of them is gone within this time.
    private const int AheadMax = 256;
    private const long BusyMs = 1_000;

    // A key destroyed by another process may still open boxes here for this long.
    private const long RecheckAfterMs = 500;

    private readonly SafeFileHandle ring;
    private readonly string directory;
    private readonly IReadOnlyList<Purpose> purposes;
    private readonly Cached?[] cache = new Cached?[CacheSize];

    // Keys that are not on the disk for certain: where the master key is changed meanwhile, they are wrapped again.
    private readonly ConcurrentQueue<(long Slot, byte[] Key)> fresh = new();
    private readonly Lock reserving = new();
    private readonly Lock flushing = new();
    private readonly Queue<long> stock = new();
    private long storedAtMs;
    private int ahead = 1;
    private long nextSlot;
    private long reservedEnd;
    private int block = 32;
    private int dirty;

    private sealed record Cached(long Slot, byte[] Key, long CheckedAtMs);

    private KeyRing(string directory, SafeFileHandle ring, IReadOnlyList<Purpose> purposes)
    {
        this.directory = directory;
        this.purposes = purposes;
        this.ring = ring;
    }

    /// <summary>Tells this ring from any other, and nothing of it; the same under a new master key.</summary>
    internal string Print => Fingerprint(Purposes.Ring, "hengping");

    /// <summary>Whether a slot holds a key.</summary>
    /// <exception cref="CryptographicException">It is wrapped by another master key.</exception>
    internal bool Holds(long slot) => Find(slot) is not null;

    /// <summary>
    /// A new key; its slot. Durable only after <see cref="Flush"/>, which the store calls before it commits.
    /// </summary>
    public long Create()
    {
        lock (stock)
        {
            if (stock.Count == 0)
                Store();
            return stock.Dequeue();
        }
    }

    // Where many are wanted they are made ahead: a commit whose keys are durable already waits for one disk and not
    // for two. What is left of them when the process ends is never used.
    private void Store()
    {
        var isBusy = Environment.TickCount64 - storedAtMs < BusyMs;
        ahead = isBusy ? Math.Min(ahead * 2, AheadMax) : 1;
        storedAtMs = Environment.TickCount64;
        Span<long> slots = stackalloc long[ahead];
        Create(slots);
        foreach (var slot in slots)
            stock.Enqueue(slot);
    }

    /// <summary>
    /// New keys, one for each slot it fills in: cheaper than one by one where history brings hundreds.
    /// </summary>
    public void Create(Span<long> slots)
    {
        using var aes = new AesGcm(masters.Current, TagBytes);
        var records = new byte[slots.Length * RecordBytes];
        var random = new byte[slots.Length * (KeyBytes + NonceBytes)];
        RandomNumberGenerator.Fill(random);
        var from = 0;
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = NextSlot();
            if (slots[i] != slots[from] + (i - from))
            {
                RandomAccess.Write(
                    ring,
                    records.AsSpan((from * RecordBytes)..(i * RecordBytes)),
                    slots[from] * RecordBytes
                );
                from = i;
            }
            var drawn = random.AsSpan(i * (KeyBytes + NonceBytes), KeyBytes + NonceBytes);
            Wrap(aes, slots[i], drawn, Mark.Live, records.AsSpan(i * RecordBytes, RecordBytes));
            Remember(slots[i], drawn[..KeyBytes].ToArray());
        }
        RandomAccess.Write(ring, records.AsSpan(from * RecordBytes), slots[from] * RecordBytes);
        for (var i = 0; i < slots.Length; i++)
            fresh.Enqueue((slots[i], random.AsSpan(i * (KeyBytes + NonceBytes), KeyBytes).ToArray()));
        Interlocked.Exchange(ref dirty, 1);
        CryptographicOperations.ZeroMemory(random);
    }

    private static void Wrap(AesGcm aes, long slot, ReadOnlySpan<byte> drawn, Mark mark, Span<byte> record)
    {
        record[0] = (byte)mark;
        drawn[KeyBytes..].CopyTo(record.Slice(1, NonceBytes));
        Span<byte> bound = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bound, slot);
        aes.Encrypt(
            drawn[KeyBytes..],
            drawn[..KeyBytes],
            record.Slice(1 + NonceBytes, KeyBytes),
            record.Slice(1 + NonceBytes + KeyBytes, TagBytes),
            bound
        );
    }

    /// <summary>What was sealed under a key that is gone, or would be.</summary>
    public static readonly Refusal Destroyed = new(
        "keys.destroyed",
        "这份资料已被清除，不能再写入",
        "This data was erased for good"
    );

    /// <summary>
    /// AES-256-GCM: slot ‖ nonce ‖ ciphertext ‖ tag. <paramref name="context"/> is bound, not stored.
    /// </summary>
    /// <exception cref="Refused">The key was destroyed: nothing more may be kept of that person or case.</exception>
    public byte[] Seal(long slot, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var key = Find(slot) ?? throw new Refused(Destroyed);
        var box = new byte[BoxOverhead + plain.Length];
        BinaryPrimitives.WriteInt64BigEndian(box, slot);
        var nonce = box.AsSpan(8, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, box.AsSpan(8 + NonceBytes, plain.Length), box.AsSpan(^TagBytes..), context);
        return box;
    }

    /// <summary>The slot of the key that a box is sealed under.</summary>
    internal static long SlotOf(byte[] box) => BinaryPrimitives.ReadInt64BigEndian(box);

    /// <summary>The plain bytes, or null when the key was destroyed (or never was in this ring).</summary>
    /// <exception cref="CryptographicException">The box or its context was changed.</exception>
    public byte[]? Unseal(ReadOnlySpan<byte> box, ReadOnlySpan<byte> context)
    {
        if (box.Length < BoxOverhead)
            throw new CryptographicException("A sealed box is too short");
        if (Find(BinaryPrimitives.ReadInt64BigEndian(box)) is not { } key)
            return null;
        var plain = new byte[box.Length - BoxOverhead];
        using var aes = new AesGcm(key, TagBytes);
        var sealedPart = box.Slice(8 + NonceBytes, plain.Length);
        aes.Decrypt(box.Slice(8, NonceBytes), sealedPart, box[^TagBytes..], plain, context);
        return plain;
    }

    /// <summary>The print of a value, under the keys of now.</summary>
    public string Fingerprint(Purpose purpose, string value) => Prints.Of(purpose, value);

    /// <summary>Makes new keys durable, before anything sealed under them is committed.</summary>
    /// <exception cref="StoreAway">The ring does not lie in its directory any more.</exception>
    public void Flush()
    {
        FlushKeys();
        Stand();
    }

    private void FlushKeys()
    {
        lock (flushing)
        {
            if (Interlocked.Exchange(ref dirty, 0) == 0)
                return;
            var some = new List<(long Slot, byte[] Key)>();
            while (fresh.TryDequeue(out var one))
                some.Add(one);
            try
            {
                UnderMasterOfNow(some);
                RandomAccess.FlushToDisk(ring);
            }
            catch
            {
                some.ForEach(fresh.Enqueue);
                Interlocked.Exchange(ref dirty, 1);
                throw;
            }
        }
    }

    /// <summary>Overwrites a key for good and makes that durable.</summary>
    public void Destroy(long slot)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slot, 1);
        Span<byte> record = stackalloc byte[RecordBytes];
        record.Clear();
        record[0] = (byte)Mark.Destroyed;
        Stand();
        // Under the lock: whoever wraps the ring anew must not bring back what goes now.
        using (Locked(directory))
            RandomAccess.Write(ring, record, slot * RecordBytes);
        RandomAccess.FlushToDisk(ring);
        // Forgotten, not zeroed: a box being sealed right now must not end up under a key of zeros.
        Volatile.Write(ref cache[slot % CacheSize], null);
    }

    /// <summary>
    /// 锁定: keeps a key and lets it open nothing any more, in no process; destroying it later is possible as ever.
    /// </summary>
    public void Shut(long slot)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slot, 1);
        Span<byte> mark = stackalloc byte[1];
        Stand();
        using (Locked(directory))
        {
            RandomAccess.Read(ring, mark, slot * RecordBytes);
            if (mark[0] != (byte)Mark.Live)
                return;
            mark[0] = (byte)Mark.Shut;
            RandomAccess.Write(ring, mark, slot * RecordBytes);
        }
        RandomAccess.FlushToDisk(ring);
        Volatile.Write(ref cache[slot % CacheSize], null);
    }

    /// <summary>Whether a key lies in a slot, be it shut.</summary>
    internal bool Keeps(long slot)
    {
        Span<byte> mark = stackalloc byte[1];
        return RandomAccess.Read(ring, mark, slot * RecordBytes) == 1 && (Mark)mark[0] is Mark.Live or Mark.Shut;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        FlushKeys();
        ring.Dispose();
        CryptographicOperations.ZeroMemory(masters.Current);
        foreach (var one in cache)
            CryptographicOperations.ZeroMemory(one?.Key);
    }

    private byte[]? Find(long slot)
    {
        if (slot < 1)
            return null;
        var now = Environment.TickCount64;
        var known = Volatile.Read(ref cache[slot % CacheSize]);
        if (known?.Slot == slot && now - known.CheckedAtMs < RecheckAfterMs)
            return known.Key;
        Span<byte> record = stackalloc byte[RecordBytes];
        record.Clear();
        var read = RandomAccess.Read(ring, record, slot * RecordBytes);
        if (read < RecordBytes || record[0] != (byte)Mark.Live)
        {
            Interlocked.CompareExchange(ref cache[slot % CacheSize], null, known);
            return null;
        }
        var key = known?.Slot == slot ? known.Key : Unwrap(slot, Mark.Live);
        return key is null ? null : Remember(slot, key);
    }

    private byte[] Remember(long slot, byte[] key)
    {
        Volatile.Write(ref cache[slot % CacheSize], new Cached(slot, key, Environment.TickCount64));
        return key;
    }
}
