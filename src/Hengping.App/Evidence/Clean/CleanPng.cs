using System.Buffers.Binary;
using System.Text;

namespace Hengping.App.Evidence;

/// <summary>PNG, also animated: the chunks that make the picture, and nothing after its end.</summary>
internal static class CleanPng
{
    private const int Overhead = 12;

    private static readonly HashSet<string> Content = new(StringComparer.Ordinal)
    {
        "IHDR",
        "PLTE",
        "IDAT",
        "IEND",
        "tRNS",
        "gAMA",
        "cHRM",
        "sRGB",
        "cICP",
        "sBIT",
        "bKGD",
        "pHYs",
        "acTL",
        "fcTL",
        "fdAT",
    };

    public static Pieces Of(Source source)
    {
        var pieces = new Pieces { Piece.Of(0, 8) };
        for (var at = 8L; ; )
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(source.Bytes(at, 4));
            var name = Encoding.Latin1.GetString(source.Bytes(at + 4, 4));
            if (at + Overhead + length > source.Length || (at == 8 && name != "IHDR"))
                throw Source.Wrong("chunks do not fit");
            if (Content.Contains(name))
                pieces.Add(Piece.Of(at, Overhead + length));
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
