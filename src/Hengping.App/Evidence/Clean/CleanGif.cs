namespace Hengping.App.Evidence;

/// <summary>GIF: its pictures and how they follow each other; no comments, texts or application data.</summary>
internal static class CleanGif
{
    private const byte Extension = 0x21;
    private const byte Picture = 0x2C;
    private const byte End = 0x3B;

    public static Pieces Of(Source source)
    {
        var at = 13 + TableBytes(source.Byte(10));
        var pieces = new Pieces { Piece.Of(0, at) };
        while (true)
        {
            var (begins, kind) = (at, source.Byte(at));
            if (kind == End)
                break;
            if (kind == Picture)
            {
                at += 10;
                at = EndOfBlocks(source, at + TableBytes(source.Byte(at - 1)) + 1);
                pieces.Add(Piece.Of(begins, at - begins));
            }
            else if (kind == Extension)
            {
                var label = source.Byte(at + 1);
                at = EndOfBlocks(source, at + 2);
                if (
                    label == 0xF9
                    || (label == 0xFF && source.Has(begins + 3, "NETSCAPE2.0\x03"u8) && at - begins == 19)
                )
                    pieces.Add(Piece.Of(begins, at - begins));
            }
            else
                throw Source.Wrong("an unknown block");
        }
        if (pieces.Count == 1)
            throw Source.Wrong("no picture");
        pieces.Add(Piece.Of([End]));
        return pieces;
    }

    private static long TableBytes(byte flags) => (flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1);

    private static long EndOfBlocks(Source source, long at)
    {
        for (byte size; (size = source.Byte(at)) > 0; )
            at += 1 + size;
        return at + 1;
    }
}
