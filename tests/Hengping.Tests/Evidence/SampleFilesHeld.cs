namespace Hengping.Tests.Evidence;

/// <summary>Those that cannot be cleaned here: of a format that says things anywhere, broken, made to cost.</summary>
internal static partial class SampleFiles
{
    public static readonly IReadOnlyDictionary<string, Func<(string MediaType, byte[] Sent)>> Held = new Dictionary<
        string,
        Func<(string, byte[])>
    >(StringComparer.Ordinal)
    {
        ["pdf"] = () => ("application/pdf", [.. "%PDF-1.7 "u8, .. B(Canary)]),
        ["jpeg that breaks off"] = () => ("image/jpeg", [0xFF, 0xD8, 0xFF, .. B(Canary)]),
        ["jpeg with more than a table"] = () => ("image/jpeg", LongTable()),
        ["png with more than pixels"] = () => ("image/png", PngOf([.. Packed(Content), .. B(Canary)])),
        ["png with fewer pixels"] = () => ("image/png", PngOf(Packed("what"))),
        ["png with a long chunk"] = () => ("image/png", PngOf(Packed(Content), Chunk("gAMA", B(Canary)))),
        ["png with a chunk again"] = () =>
            ("image/png", PngOf(Packed(Content), [.. Chunk("bKGD", [0, 1]), .. Chunk("bKGD", [0, 2])])),
        ["ogg that is none"] = () => ("audio/ogg", [.. "OggS"u8, .. B(Canary)]),
        // The head of this codec holds comments.
        ["webm with Vorbis"] = () => ("video/webm", WebMOf("A_VORBIS")),
        ["jpeg of many pieces"] = () => ("image/jpeg", [0xFF, 0xD8, .. Many([0xFF, 0xDB, 0, 2], 200_001)]),
        ["film of many boxes"] = () => ("video/mp4", [.. Mp4Type(), .. Many(Box("moov", []), 100_001)]),
        ["film of a codec nobody knows"] = () => ("video/mp4", Renamed(Movie("isom", "").Sent, "avc1", "what")),
        ["heic whose picture is a jpeg"] = () => ("image/heic", Renamed(Heif("heic", "hvc1", "").Sent, "hvc1", "jpeg")),
        ["film that says more samples than it has"] = () => ("video/mp4", [.. Mp4Type(), .. Box("moov", NoSamples())]),
        ["heic of many places"] = () => ("image/heic", ManyPlaces()),
    };

    // Quantisation, and words where the next table would begin.
    private static byte[] LongTable()
    {
        var sent = Jpeg().Sent;
        var at = sent.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDB]);
        return [.. sent[..at], .. Segment(0xDB, [.. new byte[65], .. B(Canary)]), .. sent[(at + 4 + 65)..]];
    }

    private static byte[] PngOf(byte[] pixels, params byte[] beside) =>
        [
            .. (byte[])[0x89, .. "PNG\r\n"u8, 0x1A, 0x0A],
            .. Chunk("IHDR", Head),
            .. beside,
            .. Chunk("IDAT", pixels),
            .. Chunk("IEND", []),
        ];

    private static byte[] Renamed(byte[] sent, string name, string other)
    {
        var at = sent.AsSpan().IndexOf(B(name));
        B(other).CopyTo(sent, at);
        return sent;
    }

    private static byte[] Mp4Type() => Box("ftyp", [.. B("isom"), .. U32(0), .. B("isom")]);

    private static byte[] Many(byte[] one, int times)
    {
        var all = new byte[one.Length * times];
        for (var i = 0; i < times; i++)
            one.CopyTo(all, i * one.Length);
        return all;
    }

    // A table of a million sizes, of which none is there.
    private static byte[] NoSamples()
    {
        byte[] table =
        [
            .. Box("stsc", [.. U32(0), .. U32(1), .. U32(1), .. U32(1_000_000), .. U32(1)]),
            .. Box("stsz", [.. U32(0), .. U32(0), .. U32(1_000_000)]),
            .. Box("stco", [.. U32(0), .. U32(1), .. U32(24)]),
        ];
        byte[] handler = Box("hdlr", [.. U32(0), .. U32(0), .. B("meta"), .. new byte[12], .. B(Canary), 0]);
        var media = Box("mdia", [.. handler, .. Box("minf", Box("stbl", table))]);
        return [.. Box("trak", media), .. new byte[8 * 1024]];
    }

    // Places that take no byte to say.
    private static byte[] ManyPlaces()
    {
        byte[] places = [1, 0, 0, 0, 0, 0, .. U16(1), .. U16(1), .. U16(0), .. U16(0), .. U16(0xFFFF)];
        byte[] handler = Box("hdlr", [.. U32(0), .. U32(0), .. B("pict"), .. new byte[12], .. B(Canary), 0]);
        byte[] meta = [.. U32(0), .. handler, .. Box("iloc", places)];
        return [.. Box("ftyp", [.. B("heic"), .. U32(0), .. B("heic")]), .. Box("meta", meta)];
    }
}
