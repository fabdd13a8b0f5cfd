using System.Buffers.Binary;
using System.Text;

namespace Hengping.App.Evidence;

/// <summary>
/// PNG, also animated: the chunks that make the picture, each as long as it may be, and nothing after its end, nor
/// after the end of its packed pixels.
/// </summary>
internal static class CleanPng
{
    private const int Overhead = 12;

    // Longest each, where it comes once; 0 where it comes as often and as long as the picture is large.
    private static readonly Dictionary<string, int> Content = new(StringComparer.Ordinal)
    {
        ["IHDR"] = 13,
        ["PLTE"] = 768,
        ["IDAT"] = 0,
        ["IEND"] = 0,
        ["tRNS"] = 256,
        ["gAMA"] = 4,
        ["cHRM"] = 32,
        ["sRGB"] = 1,
        ["cICP"] = 4,
        ["sBIT"] = 4,
        ["bKGD"] = 6,
        ["pHYs"] = 9,
        ["acTL"] = 8,
        ["fcTL"] = 0,
        ["fdAT"] = 0,
    };

    public static Pieces Of(Source source)
    {
        var pieces = new Pieces { Piece.Of(0, 8) };
        var frames = new Frames(source);
        var once = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 8L; ; )
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(source.Bytes(at, 4));
            var name = Encoding.Latin1.GetString(source.Bytes(at + 4, 4));
            if (at + Overhead + length > source.Length || (at == 8 && name != "IHDR"))
                throw Source.Wrong("chunks do not fit");
            if (Content.TryGetValue(name, out var most))
            {
                if (most > 0 && (length > most || !once.Add(name)))
                    throw Source.Wrong("a chunk holds more than its own");
                frames.Take(name, at + 8, length);
                pieces.Add(Piece.Of(at, Overhead + length));
            }
            else if (name == "eXIf" && length <= 60_000 && Turned.Read(source.Bytes(at + 8, (int)length)) is { } way)
                pieces.Insert(2, Chunk("eXIf", Turned.Write(way)));
            // A chunk a decoder must know, and we do not.
            else if (char.IsUpper(name[0]))
                throw Source.Wrong("an unknown chunk");
            if (name == "IEND")
                return pieces;
            at += Overhead + length;
        }
    }

    /// <summary>The pictures of a file, one after another: the packed pixels of each are looked through when it ends.
    /// </summary>
    private sealed class Frames(Source source)
    {
        private const int NumberBytes = 4;

        private readonly List<(long At, long Length)> parts = [];
        private long bitsOfPixel;
        private long unpacked;
        private bool isLaced;
        private (long Wide, long High) whole;
        private (long Wide, long High) frame;

        public void Take(string name, long at, long length)
        {
            var isFrame = name is "fcTL" or "fdAT";
            if (name == "IHDR")
                Begin(at, length);
            else if (name == "IDAT" && frame == whole)
                parts.Add((at, length));
            else if (name == "fdAT" && length >= NumberBytes)
                parts.Add((at + NumberBytes, length - NumberBytes));
            else if (name == "IDAT" || (isFrame && (name == "fdAT" || length != 26)) || (name == "IEND" && length > 0))
                throw Source.Wrong("a frame of no picture");
            else if (name is "fcTL" or "IEND")
            {
                End();
                if (name == "fcTL")
                    frame = Size(at + 4);
            }
        }

        private void Begin(long at, long length)
        {
            if (length != 13)
                throw Source.Wrong("no head");
            whole = frame = Size(at);
            var (depth, kind) = (source.Byte(at + 8), source.Byte(at + 9));
            bitsOfPixel =
                depth
                * kind switch
                {
                    2 => 3,
                    4 => 2,
                    6 => 4,
                    _ => 1,
                };
            isLaced = source.Byte(at + 12) != 0;
        }

        private (long, long) Size(long at) =>
            (
                BinaryPrimitives.ReadUInt32BigEndian(source.Bytes(at, 4)),
                BinaryPrimitives.ReadUInt32BigEndian(source.Bytes(at + 4, 4))
            );

        private void End()
        {
            if (parts.Count == 0)
                return;
            var raw = isLaced ? Laced() : Raw(frame.Wide, frame.High);
            // Of all frames together: a small file may hold many that are large.
            if ((unpacked += raw) > PackedPixels.RawMax)
                throw Source.Wrong("more pixels than may be looked through");
            PackedPixels.AreWhole(source, parts, raw);
            parts.Clear();
        }

        // A line begins with the byte of its filter.
        private long Raw(long wide, long high) =>
            wide == 0 || high == 0 ? 0 : checked(high * (1 + (((wide * bitsOfPixel) + 7) / 8)));

        private long Laced()
        {
            long raw = 0;
            foreach (var (x, y, stepX, stepY) in Adam7)
                raw = checked(raw + Raw((frame.Wide - x + stepX - 1) / stepX, (frame.High - y + stepY - 1) / stepY));
            return raw;
        }

        private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [
            (0, 0, 8, 8),
            (4, 0, 8, 8),
            (0, 4, 4, 8),
            (2, 0, 4, 4),
            (0, 2, 2, 4),
            (1, 0, 2, 2),
            (0, 1, 1, 2),
        ];
    }

    private static Piece Chunk(string name, byte[] body)
    {
        byte[] chunk = [0, 0, 0, (byte)body.Length, .. Encoding.ASCII.GetBytes(name), .. body, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(^4..), Crc(chunk.AsSpan(4..^4)));
        return Piece.Of(chunk);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }
        return ~crc;
    }
}
