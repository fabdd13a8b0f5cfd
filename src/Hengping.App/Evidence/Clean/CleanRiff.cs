using System.Buffers.Binary;
using System.Text;

namespace Hengping.App.Evidence;

/// <summary>RIFF: WebP and WAV, of each the chunks that are content.</summary>
internal static class CleanRiff
{
    private const int ExifFlag = 0x08;

    // Profile, Exif, XMP.
    private const int BesideFlags = 0x20 | ExifFlag | 0x04;

    private static readonly string[] OfPictures = ["VP8 ", "VP8L", "ALPH", "ANIM", "ANMF"];
    private static readonly string[] OfFrames = ["VP8 ", "VP8L", "ALPH"];
    private static readonly string[] OfSounds = ["fmt ", "data", "fact"];

    private readonly record struct Chunk(string Name, long At, long Length)
    {
        /// <summary>Header and padding too.</summary>
        public long Taken => 8 + Length + (Length & 1);
    }

    public static Pieces Picture(Source source)
    {
        var pieces = new Pieces();
        byte? way = null;
        int? extended = null;
        foreach (var chunk in Chunks(source, 12, EndOf(source)))
        {
            if (chunk.Name == "VP8X" && chunk.Length == 10 && extended is null)
            {
                extended = pieces.Count;
                var head = source.Bytes(chunk.At, 18).ToArray();
                head[8] &= unchecked((byte)~BesideFlags);
                pieces.Add(Piece.Of(head));
            }
            else if (OfPictures.Contains(chunk.Name))
            {
                if (chunk.Name == "ANMF" && !IsFrame(source, chunk))
                    throw Source.Wrong("a frame holds more than its picture");
                pieces.Add(Piece.Of(chunk.At, chunk.Taken));
            }
            else if (chunk.Name == "EXIF" && chunk.Length <= 60_000)
                way = Turned.Read(source.Bytes(chunk.At + 8, (int)chunk.Length));
        }
        if (way is { } turned && extended is { } place)
        {
            pieces[place].Ours![8] |= ExifFlag;
            var block = Turned.Write(turned);
            pieces.Add(Piece.Of([.. "EXIF"u8, (byte)block.Length, 0, 0, 0, .. block]));
        }
        return Whole(pieces, "WEBP");
    }

    public static Pieces Sound(Source source)
    {
        Pieces pieces =
        [
            .. Chunks(source, 12, EndOf(source))
                .Where(chunk => OfSounds.Contains(chunk.Name))
                .Select(chunk => Piece.Of(chunk.At, chunk.Taken)),
        ];
        return Whole(pieces, "WAVE");
    }

    private static Pieces Whole(Pieces pieces, string form)
    {
        if (pieces.Count == 0)
            throw Source.Wrong("no content");
        byte[] head = [.. "RIFF"u8, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(form)];
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), checked((uint)(4 + pieces.Sum(p => p.Length))));
        return [Piece.Of(head), .. pieces];
    }

    private static long EndOf(Source source)
    {
        var said = 8 + (long)BinaryPrimitives.ReadUInt32LittleEndian(source.Bytes(4, 4));
        return said <= source.Length ? said : throw Source.Wrong("shorter than it says");
    }

    private static bool IsFrame(Source source, Chunk frame) =>
        frame.Length >= 16
        && Chunks(source, frame.At + 8 + 16, frame.At + 8 + frame.Length).All(chunk => OfFrames.Contains(chunk.Name));

    private static IEnumerable<Chunk> Chunks(Source source, long at, long end)
    {
        while (at < end)
        {
            var name = Encoding.Latin1.GetString(source.Bytes(at, 4));
            var chunk = new Chunk(name, at, BinaryPrimitives.ReadUInt32LittleEndian(source.Bytes(at + 4, 4)));
            if (at + chunk.Taken > end)
                throw Source.Wrong("chunks do not fit");
            yield return chunk;
            at += chunk.Taken;
        }
    }
}
