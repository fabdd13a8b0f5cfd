namespace Hengping.Tests.Evidence;

/// <summary>Those that keep their length: boxes and elements, of which what says too much is blanked in place.
/// </summary>
internal static partial class SampleFiles
{
    private const int FirstByte = 24 + 8;

    private static Sample Movie(string brand, string mediaType)
    {
        byte[] type = Box("ftyp", [.. B(brand), .. U32(0), .. B(brand), .. B("mp42")]);
        // The second track says where the film was made, second by second; the last bytes no track points to.
        byte[] data = Box("mdat", [.. B(Content), .. B(Canary), .. B(Canary)]);
        var isSound = brand == "M4A ";
        byte[] film = Box(
            "moov",
            [
                .. Box("mvhd", [.. U32(0), .. U32(3_900_000_000), .. U32(3_900_000_000), .. new byte[88]]),
                .. Box("udta", Box("\u00A9xyz", B(Canary))),
                .. Box("meta", B(Canary)),
                .. Track(isSound ? "soun" : "vide", FirstByte, Content.Length),
                .. Track("meta", FirstByte + Content.Length, Canary.Length),
            ]
        );
        byte[] sent = [.. type, .. data, .. film, .. Box("uuid", B("0123456789abcdef" + Canary))];
        return new(mediaType, sent, Clean: null, "ftyp", "mdat", "moov", "mvhd", "trak", "stsd", "stco", Content);
    }

    private static byte[] Track(string kind, int at, int length) =>
        Box(
            "trak",
            [
                .. Box("tkhd", new byte[84]),
                .. Box("udta", B(Canary)),
                .. Box(
                    "mdia",
                    [
                        .. Box("mdhd", new byte[24]),
                        .. Box("hdlr", [.. U32(0), .. U32(0), .. B(kind), .. new byte[12], .. B(Canary), 0]),
                        .. Box("minf", Box("stbl", Samples(kind, at, length))),
                    ]
                ),
            ]
        );

    private static byte[] Samples(string kind, int at, int length) =>
        [
            .. Box("stsd", [.. U32(0), .. U32(1), .. Entry(kind)]),
            .. Box("stts", [.. U32(0), .. U32(1), .. U32(1), .. U32(1), .. B(Canary)]),
            .. Box("sgpd", B(Canary)),
            .. Box("stsc", [.. U32(0), .. U32(1), .. U32(1), .. U32(1), .. U32(1)]),
            .. Box("stsz", [.. U32(0), .. U32(0), .. U32(1), .. U32(length)]),
            .. Box("stco", [.. U32(0), .. U32(1), .. U32(at)]),
        ];

    // Names of who made it, and words behind the end of what a decoder needs.
    private static byte[] Entry(string kind) =>
        kind == "soun"
            ? Box("mp4a", [.. new byte[7], 1, .. U32(0), .. "ABCD"u8, 0, 1, 0, 16, .. U32(0), .. U32(0), .. Sound])
            : Box("avc1", [.. new byte[7], 1, .. new byte[34], .. B(Canary.PadRight(32)[..32]), .. U32(0), .. Coder]);

    private static byte[] Coder =>
        [
            .. Box("avcC", [1, 66, 0, 30, 0xFF, 0xE1, 0, 2, 7, 7, 1, 0, 1, 8, .. B(Canary)]),
            .. Box("uuid", B(Canary)),
            .. Box("colr", [.. B("prof"), .. B(Canary)]),
        ];

    private static byte[] Sound =>
        Box("esds", [.. U32(0), 3, 23, 0, 1, 0, 4, 15, 0x40, 0x15, .. new byte[11], 5, 0, 6, 1, 2, .. B(Canary)]);

    private static Sample Heif(string brand, string codec, string mediaType)
    {
        byte[] type = Box("ftyp", [.. B(brand), .. U32(0), .. B("mif1"), .. B(brand)]);
        // A small picture that says where it was taken, and at the end what no item points to.
        byte[] data = Box("mdat", [.. B(Content), .. B(Canary), .. B(Canary), .. B(Canary), .. B(Canary)]);
        byte[] properties =
        [
            .. Box("ispe", [.. U32(0), .. U32(1), .. U32(1)]),
            .. Box("irot", [1, .. B(Canary)]),
            .. Box("colr", [.. B("prof"), .. B(Canary)]),
        ];
        byte[] beside = [.. Info(2, "Exif"), .. Info(3, "mime"), .. Info(4, "jpeg")];
        byte[] meta =
        [
            .. U32(0),
            .. Box("hdlr", [.. U32(0), .. U32(0), .. B("pict"), .. new byte[12], .. B(Canary), 0]),
            .. Box("pitm", [.. U32(0), .. U16(1)]),
            .. Box("iinf", [.. U32(0), .. U16(4), .. Info(1, codec), .. beside]),
            .. Box("iref", [.. U32(0), .. Box("thmb", [.. U16(4), .. U16(1), .. U16(1), .. B(Canary)])]),
            .. Box("iloc", Places()),
            .. Box("iprp", Box("ipco", properties)),
            .. Box("xml ", B(Canary)),
        ];
        byte[] sent = [.. type, .. data, .. Box("meta", meta), .. Box("uuid", B("0123456789abcdef" + Canary))];
        return new(mediaType, sent, Clean: null, "ftyp", "mdat", "meta", "pitm", codec, "ispe", "irot", Content);
    }

    private static byte[] Info(int id, string kind) =>
        Box("infe", [2, 0, 0, 0, .. U16(id), .. U16(0), .. B(kind), .. B(Canary), 0]);

    private static byte[] Places()
    {
        byte[] places = [1, 0, 0, 0, 0x44, 0x00, .. U16(4)];
        var at = FirstByte;
        foreach (var (i, length) in new[] { Content.Length, Canary.Length, Canary.Length, Canary.Length }.Index())
        {
            places = [.. places, .. U16(i + 1), .. U16(0), .. U16(0), .. U16(1), .. U32(at), .. U32(length)];
            at += length;
        }
        return places;
    }

    private static byte[] Box(string name, byte[] body) => [.. U32(body.Length + 8), .. B(name), .. body];

    private static Sample WebM() => new("video/webm", WebMOf("V_VP9"), Clean: null, "webm", "V_VP9", Content);

    private static byte[] WebMOf(string codec)
    {
        byte[] information =
        [
            .. Element("2AD7B1", [15, 66, 64]),
            .. Element("4D80", B(Canary)),
            .. Element("5741", B(Canary)),
            .. Element("7BA9", B(Canary)),
        ];
        // What an editor left of something longer.
        var blank = Element("EC", B(Canary));
        byte[] block = Element("A3", [0x81, 0, 0, 0x80, .. B(Content)]);
        byte[] group = Element("A0", [.. Element("A1", [0x81, 0, 1, 0]), .. blank]);
        byte[] track = [.. Element("D7", [1]), .. Element("86", B(codec)), .. Element("536E", B(Canary)), .. blank];
        byte[] segment =
        [
            .. Element("1549A966", information),
            .. Element("1654AE6B", Element("AE", track)),
            .. Element("1F43B675", [.. Element("E7", [0]), .. block, .. blank, .. group]),
            .. Element("1254C367", B(Canary)),
            .. Element("1941A469", B(Canary)),
        ];
        return [.. Element("1A45DFA3", Element("4282", B("webm"))), .. Element("18538067", segment), .. B(Canary)];
    }

    // The length in two bytes.
    private static byte[] Element(string id, byte[] body) =>
        [.. Convert.FromHexString(id), (byte)(0x40 | (body.Length >> 8)), (byte)body.Length, .. body];
}
