using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Hengping.App.Platform;

/// <summary>
/// Ids of new streams: UUIDs of version 7 whose order is the order in which this process made them. Rows that come
/// together then lie together in every index, which is most of what a large import or a busy day costs.
/// </summary>
public static class StreamId
{
    private const int CountBits = 12;
    private static long Last;

    /// <summary>
    /// A new id: 48 bits of Unix milliseconds, 12 bits that count within the millisecond, 62 random bits. Ahead of
    /// the clock where more than 4,096 are made in one millisecond.
    /// </summary>
    public static Guid Next()
    {
        long stamp;
        long seen;
        do
        {
            seen = Volatile.Read(ref Last);
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << CountBits;
            stamp = Math.Max(now, seen + 1);
        } while (Interlocked.CompareExchange(ref Last, stamp, seen) != seen);

        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes, bigEndian: true, out _);
        var count = (int)(stamp & ((1 << CountBits) - 1));
        BinaryPrimitives.WriteInt64BigEndian(bytes, stamp >> CountBits << 16 | 0x7000L | (long)count);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>
    /// The id of a stream that stands beside others (who read a case, an account's views): a hash of a word and their
    /// ids, so that it is found without a row. Stored streams hang on it: it never changes.
    /// </summary>
    /// <param name="word">What the stream is about, ASCII.</param>
    public static Guid Beside(string word, params ReadOnlySpan<Guid> of)
    {
        const int guidBytes = 16;
        Span<byte> bytes = new byte[word.Length + (of.Length * guidBytes)];
        Encoding.ASCII.GetBytes(word, bytes);
        for (var i = 0; i < of.Length; i++)
            of[i].TryWriteBytes(bytes[(word.Length + (i * guidBytes))..], bigEndian: true, out _);
        return new Guid(SHA256.HashData(bytes).AsSpan(0, guidBytes), bigEndian: true);
    }

    /// <summary>A new id that is random as a whole, for what must not say when it began.</summary>
    public static Guid Undated() => Guid.NewGuid();
}
