using System.Buffers.Binary;

namespace Hengping.World.Pictures;

/// <summary>
/// A deflate stream (RFC 1951) of one block with the fixed codes, that looks for repeats at two distances only: the
/// byte before and the row above. Enough for flat drawings.
/// </summary>
public static class Deflate
{
    private static readonly int[] LengthBase =
    [
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
        13,
        15,
        17,
        19,
        23,
        27,
        31,
        35,
        43,
        51,
        59,
        67,
        83,
        99,
        115,
        131,
        163,
        195,
        227,
        258,
    ];
    private static readonly int[] LengthExtra =
    [
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        1,
        1,
        1,
        2,
        2,
        2,
        2,
        3,
        3,
        3,
        3,
        4,
        4,
        4,
        4,
        5,
        5,
        5,
        5,
        0,
    ];

    /// <summary>
    /// zlib frame (RFC 1950) around the block. <paramref name="stride"/> is the length of a row, &lt; 256.
    /// </summary>
    public static byte[] Zlib(ReadOnlySpan<byte> raw, int stride)
    {
        var bits = new Bits();
        bits.Put(0x0178, 16);
        bits.Put(0b011, 3);
        for (var at = 0; at < raw.Length; )
        {
            var above = Match(raw, at, stride);
            var before = Match(raw, at, 1);
            var (length, distance) = above >= before ? (above, stride) : (before, 1);
            if (length < 3)
            {
                Symbol(bits, raw[at++]);
                continue;
            }
            Repeat(bits, length, distance);
            at += length;
        }
        Symbol(bits, 256);
        var end = bits.Bytes();
        Span<byte> sum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, Adler(raw));
        return [.. end, .. sum];
    }

    private static int Match(ReadOnlySpan<byte> raw, int at, int distance)
    {
        if (at < distance)
            return 0;
        var length = 0;
        while (length < 258 && at + length < raw.Length && raw[at + length] == raw[at + length - distance])
            length++;
        return length;
    }

    private static void Repeat(Bits bits, int length, int distance)
    {
        var row = LengthBase.Length - 1;
        while (LengthBase[row] > length)
            row--;
        Symbol(bits, 257 + row);
        bits.Put(length - LengthBase[row], LengthExtra[row]);
        // Distance codes come in pairs: two of each power of two, with the rest in extra bits.
        var zero = distance - 1;
        var extra = zero < 4 ? 0 : 30 - System.Numerics.BitOperations.LeadingZeroCount((uint)zero);
        var code = zero < 4 ? zero : (2 * extra) + (zero >> extra);
        bits.PutReversed(code, 5);
        bits.Put(zero & ((1 << extra) - 1), extra);
    }

    private static void Symbol(Bits bits, int symbol)
    {
        if (symbol < 144)
            bits.PutReversed(0x30 + symbol, 8);
        else if (symbol < 256)
            bits.PutReversed(0x190 + symbol - 144, 9);
        else if (symbol < 280)
            bits.PutReversed(symbol - 256, 7);
        else
            bits.PutReversed(0xC0 + symbol - 280, 8);
    }

    private static uint Adler(ReadOnlySpan<byte> raw)
    {
        uint a = 1,
            b = 0;
        foreach (var value in raw)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }
        return (b << 16) | a;
    }

    private sealed class Bits
    {
        private readonly List<byte> bytes = [];
        private int held;
        private int count;

        public void Put(int value, int width)
        {
            held |= value << count;
            count += width;
            while (count >= 8)
            {
                bytes.Add((byte)held);
                held >>= 8;
                count -= 8;
            }
        }

        public void PutReversed(int value, int width)
        {
            for (var i = width - 1; i >= 0; i--)
                Put((value >> i) & 1, 1);
        }

        public List<byte> Bytes()
        {
            if (count > 0)
                Put(0, 8 - count);
            return bytes;
        }
    }
}
