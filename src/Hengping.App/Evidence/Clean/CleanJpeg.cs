using System.Buffers.Binary;

namespace Hengping.App.Evidence;

/// <summary>
/// JPEG: tables, frames and scans, and of the application segments what a decoder needs to find the colours (JFIF
/// without its thumbnail, Adobe's transform). Nothing after the end of the image; a table that is longer than what it
/// holds is none.
/// </summary>
internal static class CleanJpeg
{
    private const byte Mark = 0xFF;
    private const byte Start = 0xD8;
    private const byte End = 0xD9;
    private const byte Scan = 0xDA;

    public static Pieces Of(Source source)
    {
        if (!source.Has(0, [Mark, Start]))
            throw Source.Wrong("no JPEG");
        var pieces = new Pieces { Piece.Of(0, 2) };
        byte? way = null;
        var (at, frames, scans) = (2L, 0, 0);
        while (true)
        {
            if (source.Byte(at) != Mark)
                throw Source.Wrong("a segment should begin");
            while (source.Byte(at + 1) == Mark)
                at++;
            var code = source.Byte(at + 1);
            if (code == End)
                break;
            var length = BinaryPrimitives.ReadUInt16BigEndian(source.Bytes(at + 2, 2));
            if (length < 2)
                throw Source.Wrong("a segment is shorter than its length");
            var body = source.Bytes(at + 4, length - 2);
            if (code == 0xE1 && body.StartsWith("Exif\0\0"u8))
                way ??= Turned.Read(body);
            if (Kept(code, body, at, length) is { } kept)
                pieces.Add(kept);
            frames += IsFrame(code) ? 1 : 0;
            at += 2 + length;
            if (code != Scan)
                continue;
            scans++;
            var data = at;
            at = EndOfScan(source, at);
            pieces.Add(Piece.Of(data, at - data));
        }
        if (frames == 0 || scans == 0)
            throw Source.Wrong("no picture");
        if (way is { } turned)
            pieces.Insert(1, Segment(0xE1, [.. "Exif\0\0"u8, .. Turned.Write(turned)]));
        pieces.Add(Piece.Of([Mark, End]));
        return pieces;
    }

    private static bool IsFrame(byte code) => code is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static Piece? Kept(byte code, ReadOnlySpan<byte> body, long at, int length)
    {
        if (code == 0xE0)
            return body.StartsWith("JFIF\0"u8) && body.Length >= 14 ? Segment(code, [.. body[..12], 0, 0]) : null;
        if (code == 0xEE)
            return body.StartsWith("Adobe"u8) && body.Length >= 12 ? Segment(code, body[..12].ToArray()) : null;
        // Frames, Huffman and arithmetic tables; scans; quantisation, lines, restarts. No hierarchies.
        if (code is (>= 0xC0 and <= 0xCF and not 0xC8) or Scan or 0xDB or 0xDC or 0xDD)
            return IsWhole(code, body) ? Piece.Of(at, 2 + length) : throw Source.Wrong("more than a table");
        if (code is (> 0xE0 and <= 0xEF) or 0xFE)
            return null;
        throw Source.Wrong("an unknown segment");
    }

    // Nothing stands behind what the segment is made of.
    private static bool IsWhole(byte code, ReadOnlySpan<byte> body) =>
        code switch
        {
            0xDB => Tables(body, (head, _) => 1 + (head >> 4 == 0 ? 64 : 128)),
            0xC4 => Tables(body, (_, table) => table.Length < 17 ? 17 : 17 + Sum(table[1..17])),
            0xCC => Tables(body, (_, _) => 2),
            0xDC or 0xDD => body.Length == 2,
            Scan => body.Length > 0 && body.Length == 4 + (2 * body[0]),
            _ => body.Length > 5 && body.Length == 6 + (3 * body[5]),
        };

    private delegate int BytesOf(byte head, ReadOnlySpan<byte> table);

    private static bool Tables(ReadOnlySpan<byte> body, BytesOf bytesOf)
    {
        while (body.Length > 0)
        {
            var bytes = bytesOf(body[0], body);
            if (bytes > body.Length)
                return false;
            body = body[bytes..];
        }
        return true;
    }

    private static int Sum(ReadOnlySpan<byte> counts)
    {
        var sum = 0;
        foreach (var count in counts)
            sum += count;
        return sum;
    }

    private static Piece Segment(byte code, byte[] body) =>
        Piece.Of([Mark, code, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body]);

    private static long EndOfScan(Source source, long at)
    {
        while ((at = source.IndexOf(Mark, at)) + 1 < source.Length)
        {
            var next = source.Byte(at + 1);
            if (next is not (0 or (>= 0xD0 and <= 0xD7)))
                return at;
            at += 2;
        }
        throw Source.Wrong("a scan without an end");
    }
}
