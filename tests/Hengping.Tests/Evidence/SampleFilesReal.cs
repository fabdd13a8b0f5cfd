namespace Hengping.Tests.Evidence;

/// <summary>What real files of phones and programs do and the plain samples do not: each from one found so.</summary>
internal static partial class SampleFiles
{
    private const string Second = "the same sound, packed otherwise";

    /// <summary>A film with content of these two tracks, one after the other.</summary>
    private static byte[] FilmOf(string brand, byte[] first, byte[] second, string content, string beside) =>
        [
            .. Box("ftyp", [.. B(brand), .. U32(0), .. B(brand), .. B("mp42")]),
            .. Box("mdat", [.. B(content), .. B(beside)]),
            .. Box("moov", [.. Box("mvhd", new byte[100]), .. first, .. second]),
        ];

    private static byte[] TrackOf(string kind, byte[] entry, byte[] sizes, int at, byte[] led) =>
        Box(
            "trak",
            [
                .. Box("tkhd", new byte[84]),
                .. led,
                .. Box(
                    "mdia",
                    [
                        .. Box("mdhd", new byte[24]),
                        .. Box("hdlr", [.. U32(0), .. U32(0), .. B(kind), .. new byte[12]]),
                        .. Box("minf", Box("stbl", TablesOf(entry, sizes, at))),
                    ]
                ),
            ]
        );

    private static byte[] TablesOf(byte[] entry, byte[] sizes, int at) =>
        [
            .. Box("stsd", [.. U32(0), .. U32(1), .. entry]),
            .. Box("stsc", [.. U32(0), .. U32(1), .. U32(1), .. sizes[^4..], .. U32(1)]),
            .. Box("stsz", sizes),
            .. Box("stco", [.. U32(0), .. U32(1), .. U32(at)]),
        ];

    private static byte[] One(int length) => [.. U32(0), .. U32(length), .. U32(1)];

    private static byte[] SoundOf(string codec, int version, int channels, int bits, params byte[] more) =>
        Box(
            codec,
            [
                .. new byte[7],
                1,
                .. U16(version),
                .. new byte[6],
                .. U16(channels),
                .. U16(bits),
                .. new byte[8],
                .. more,
            ]
        );

    private static byte[] PackedOf(string codec, params byte[] more) =>
        Box(codec, [.. new byte[7], 1, .. new byte[70], .. more]);

    /// <summary>Two tracks of one kind, of which the second is of another codec.</summary>
    public static byte[] Twice(string kind, string first, string second) =>
        FilmOf(
            "isom",
            TrackOf(kind, EntryOf(kind, first), One(Content.Length), FirstByte, []),
            TrackOf(kind, EntryOf(kind, second), One(Second.Length), FirstByte + Content.Length, []),
            Content,
            Second
        );

    private static byte[] EntryOf(string kind, string codec) =>
        kind == "soun" ? SoundOf(codec, 0, 2, 16) : PackedOf(codec);

    /// <summary>Plain sound as QuickTime tells it: one byte for each sample, whatever it takes.</summary>
    /// <param name="version">0: by channels and bits; 1: so many bytes for so many samples.</param>
    public static byte[] PlainSound(int version)
    {
        var samples = (Content.Length + 3) / 4;
        byte[] sizes = [.. U32(0), .. U32(1), .. U32(samples)];
        byte[] more = version == 0 ? [] : [.. U32(1), .. U32(2), .. U32(4), .. U32(2)];
        var sound = TrackOf("soun", SoundOf("sowt", version, 2, 16, more), sizes, FirstByte, []);
        return FilmOf("qt  ", sound, [], Content.PadRight(4 * samples), Canary);
    }

    /// <summary>A moving picture whose transparency is a track of its own, which says so.</summary>
    public static byte[] MovingAlpha()
    {
        byte[] purpose = Box("auxi", [.. U32(0), .. B("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"), 0]);
        byte[] led = Box("tref", [.. Box("auxl", U32(1)), .. Box("cdsc", B(Canary))]);
        return FilmOf(
            "avis",
            TrackOf("pict", PackedOf("av01"), One(Content.Length), FirstByte, []),
            TrackOf("auxv", PackedOf("av01", purpose), One(Second.Length), FirstByte + Content.Length, led),
            Content,
            Second
        );
    }

    /// <summary>A picture of one property, which its reader must know.</summary>
    public static byte[] Needing(byte[] property)
    {
        byte[] assigned = [.. U32(0), .. U32(1), .. U16(1), 1, 0x81];
        byte[] place = [1, 0, 0, 0, 0x44, 0, .. U16(1), .. U16(1), .. U16(0), .. U16(0), .. U16(1)];
        byte[] meta =
        [
            .. U32(0),
            .. Box("hdlr", [.. U32(0), .. U32(0), .. B("pict"), .. new byte[13]]),
            .. Box("pitm", [.. U32(0), .. U16(1)]),
            .. Box("iinf", [.. U32(0), .. U16(1), .. Box("infe", [2, 0, 0, 0, .. U16(1), 0, 0, .. B("av01"), 0])]),
            .. Box("iloc", [.. place, .. U32(FirstByte), .. U32(Content.Length)]),
            .. Box("iprp", [.. Box("ipco", property), .. Box("ipma", assigned)]),
        ];
        byte[] type = Box("ftyp", [.. B("avif"), .. U32(0), .. B("mif1"), .. B("avif")]);
        return [.. type, .. Box("mdat", B(Content)), .. Box("meta", meta)];
    }

    public static byte[] Property(string name, string said) => Box(name, B(said));

    public static byte[] Purpose(string urn) => Box("auxC", [.. U32(0), .. B(urn), 0]);
}
