using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Hengping.App.Platform;

/// <summary>The hash that links a stream's events: whoever changes one byte of what is stored breaks it.</summary>
internal static class Chain
{
    /// <summary>What the first event of a stream stands on.</summary>
    public static readonly byte[] Root = new byte[SHA256.HashSizeInBytes];

    /// <summary>
    /// SHA-256 over previous ‖ stream ‖ version ‖ kind ‖ at ‖ recordedAt ‖ author ‖ key ‖ body, each with its length
    /// (4 bytes, big-endian) before it; numbers as 8 bytes big-endian, instants as Unix milliseconds. In the body each
    /// sealed box counts by its own SHA-256 (<see cref="Boxes.AsHashed"/>).
    /// </summary>
    public static byte[] Hash(StoredEvent one)
    {
        var body = Boxes.AsHashed(one.Body);
        var most =
            9 * 4
            + one.Previous.Length
            + 16
            + 4 * 8
            + Encoding.UTF8.GetMaxByteCount(one.Kind.Length + one.Author.Length)
            + body.Length;
        var rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var rest = rented.AsSpan();
            Put(ref rest, one.Previous);
            Span<byte> stream = stackalloc byte[16];
            one.Stream.TryWriteBytes(stream, bigEndian: true, out _);
            Put(ref rest, stream);
            Put(ref rest, one.Version);
            Put(ref rest, one.Kind);
            Put(ref rest, one.At.ToUnixTimeMilliseconds());
            Put(ref rest, one.RecordedAt.ToUnixTimeMilliseconds());
            Put(ref rest, one.Author);
            Put(ref rest, one.KeySlot);
            Put(ref rest, body);
            return SHA256.HashData(rented.AsSpan(0, rented.Length - rest.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static void Put(ref Span<byte> rest, scoped ReadOnlySpan<byte> part)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, part.Length);
        part.CopyTo(rest[4..]);
        rest = rest[(4 + part.Length)..];
    }

    private static void Put(ref Span<byte> rest, long number)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, 8);
        BinaryPrimitives.WriteInt64BigEndian(rest[4..], number);
        rest = rest[12..];
    }

    private static void Put(ref Span<byte> rest, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, rest[4..]);
        BinaryPrimitives.WriteInt32BigEndian(rest, length);
        rest = rest[(4 + length)..];
    }
}
