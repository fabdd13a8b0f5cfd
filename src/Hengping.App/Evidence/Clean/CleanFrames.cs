namespace Hengping.App.Evidence;

/// <summary>Sound that is frame after frame: MP3 and AMR. What is no frame, as ID3 and APE tags, is left out.</summary>
internal static class CleanFrames
{
    private const int FramesMin = 2;

    private static readonly int[] KilobitsOf1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] KilobitsOf2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] HertzOf1 = [44_100, 48_000, 32_000];

    private static readonly int[] Narrow = [13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1];
    private static readonly int[] Wide = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1];

    public static Pieces Mpeg(Source source)
    {
        var (pieces, frames) = (new Pieces(), 0);
        for (var at = AfterTags(source); at < source.Length; )
        {
            var length = FrameBytes(source, at);
            // A frame is one where another follows, or nothing: four bytes alone look like many things.
            if (length == 0 || !(Ends(source, at + length) || FrameBytes(source, at + length) > 0))
            {
                at = source.IndexOf(0xFF, at + 1);
                continue;
            }
            Extend(pieces, at, length);
            at += length;
            frames++;
        }
        return frames >= FramesMin ? pieces : throw Source.Wrong("no frames");
    }

    public static Pieces Amr(Source source)
    {
        var isWide = source.Has(0, "#!AMR-WB\n"u8);
        if (!isWide && !source.Has(0, "#!AMR\n"u8))
            throw Source.Wrong("more than one channel");
        var at = isWide ? 9L : 6L;
        var pieces = new Pieces { Piece.Of(0, at) };
        while (at < source.Length)
        {
            var head = source.Byte(at);
            var length = (isWide ? Wide : Narrow)[(head >> 3) & 15];
            // The first bit and the last two say nothing: what has them set is no frame.
            if ((head & 0x83) != 0 || length == 0 || at + length > source.Length)
                break;
            Extend(pieces, at, length);
            at += length;
        }
        return at > 9 ? pieces : throw Source.Wrong("no frames");
    }

    private static void Extend(Pieces pieces, long at, long length)
    {
        if (pieces is [.., var last] && last.From + last.Length == at)
            pieces[^1] = Piece.Of(last.From, last.Length + length);
        else
            pieces.Add(Piece.Of(at, length));
    }

    private static long AfterTags(Source source)
    {
        var at = 0L;
        while (source.Has(at, "ID3"u8))
        {
            var head = source.Bytes(at, 10);
            var size = ((head[6] & 127) << 21) | ((head[7] & 127) << 14) | ((head[8] & 127) << 7) | (head[9] & 127);
            at += 10 + size + ((head[5] & 0x10) != 0 ? 10 : 0);
        }
        return at;
    }

    private static bool Ends(Source source, long at) =>
        at == source.Length
        || source.Has(at, "TAG"u8)
        || source.Has(at, "APETAGEX"u8)
        || source.Has(at, "LYRICSBEGIN"u8);

    /// <summary>0 where no frame of layer III begins, or not all of it is there.</summary>
    private static int FrameBytes(Source source, long at)
    {
        if (at + 4 > source.Length)
            return 0;
        var head = source.Bytes(at, 4);
        if (head[0] != 0xFF || (head[1] & 0xE6) != 0xE2)
            return 0;
        var version = (head[1] >> 3) & 3;
        var (rate, pitch) = (head[2] >> 4, (head[2] >> 2) & 3);
        if (version == 1 || rate is 0 or 15 || pitch == 3)
            return 0;
        var isFirst = version == 3;
        var hertz =
            HertzOf1[pitch]
            >> (
                isFirst ? 0
                : version == 2 ? 1
                : 2
            );
        var bits = (isFirst ? KilobitsOf1 : KilobitsOf2)[rate] * 1000;
        var length = ((isFirst ? 144 : 72) * bits / hertz) + ((head[2] >> 1) & 1);
        return at + length <= source.Length ? length : 0;
    }
}
