using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Hengping.Tests.Evidence;

/// <summary>
/// Small files of each kind that say beside their content what nobody else should read: <see cref="Canary"/>. They are
/// put together here byte by byte, with sums of their own.
/// </summary>
internal static partial class SampleFiles
{
    public const string Canary = "CANARY 31.2304N 121.4737E";
    public const string Content = "what the picture shows";

    // Turned by 90 degrees, as phones write it, and where it was taken.
    private static readonly byte[] Exif =
    [
        .. "MM\0*"u8,
        .. U32(8),
        .. U16(1),
        .. U16(0x0112),
        .. U16(3),
        .. U32(1),
        .. U16(6),
        0,
        0,
        .. U32(0),
        .. B(Canary),
    ];

    private static readonly byte[] OnlyTurned = Convert.FromHexString(
        "49492A0008000000010012010300010000000600000000000000"
    );

    /// <param name="Clean">What others get, where that is laid out anew; null where the file keeps its length.</param>
    /// <param name="Kept">Names that must still stand in what others get.</param>
    public sealed record Sample(string MediaType, byte[] Sent, byte[]? Clean, params string[] Kept);

    /// <summary>Every kind that is accepted and can be cleaned.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Sample>> All = new Dictionary<string, Func<Sample>>(
        StringComparer.Ordinal
    )
    {
        ["jpeg"] = Jpeg,
        ["png"] = Png,
        ["gif"] = Gif,
        ["webp"] = WebP,
        ["wav"] = Wav,
        ["mp3"] = Mp3,
        ["amr"] = Amr,
        ["ogg"] = Ogg,
        ["webm"] = WebM,
        ["mp4"] = () => Movie("isom", "video/mp4"),
        ["mov"] = () => Movie("qt  ", "video/quicktime"),
        ["m4a"] = () => Movie("M4A ", "audio/mp4"),
        ["heic"] = () => Heif("heic", "hvc1", "image/heic"),
        ["avif"] = () => Heif("avif", "av01", "image/avif"),
    };

    private static Sample Jpeg()
    {
        byte[] jfif = [.. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1];
        byte[] content =
        [
            .. Segment(0xDB, new byte[65]),
            .. Segment(0xC0, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
            .. Segment(0xC4, new byte[17]),
            .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
            .. B(Content),
            0xFF,
            0,
            0xFF,
            0xD0,
            1,
        ];
        byte[] sent =
        [
            0xFF,
            0xD8,
            .. Segment(0xE0, [.. jfif, 1, 1, 1, 2, 3]),
            .. Segment(0xE1, [.. "Exif\0\0"u8, .. Exif]),
            .. Segment(0xE1, B("http://ns.adobe.com/xap/1.0/\0" + Canary)),
            .. Segment(0xED, B("Photoshop 3.0\0" + Canary)),
            .. Segment(0xFE, B(Canary)),
            .. content,
            0xFF,
            0xD9,
            .. B(Canary),
        ];
        byte[] clean =
        [
            0xFF,
            0xD8,
            .. Segment(0xE1, [.. "Exif\0\0"u8, .. OnlyTurned]),
            .. Segment(0xE0, [.. jfif, 0, 0]),
            .. content,
            0xFF,
            0xD9,
        ];
        return new("image/jpeg", sent, clean);
    }

    private static byte[] Segment(byte code, byte[] body) => [0xFF, code, .. U16(body.Length + 2), .. body];

    private static Sample Png()
    {
        byte[] head = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", Head)];
        byte[] content = [.. Chunk("IDAT", Packed(Content)), .. Chunk("IEND", [])];
        byte[] beside =
        [
            .. Chunk("tEXt", B("Author\0" + Canary)),
            .. Chunk("iTXt", B("XML:com.adobe.xmp\0\0\0\0\0" + Canary)),
            .. Chunk("eXIf", Exif),
            .. Chunk("tIME", [7, 234, 10, 12, 10, 0, 0]),
        ];
        return new(
            "image/png",
            [.. head, .. beside, .. content, .. B(Canary)],
            [.. head, .. Chunk("eXIf", OnlyTurned), .. content]
        );
    }

    // One line of grey, as wide as the content is long.
    private static byte[] Head => [.. U32(Content.Length), .. U32(1), 8, 0, 0, 0, 0];

    // Not smaller: what it says stands in it.
    private static byte[] Packed(string line)
    {
        using var packed = new MemoryStream();
        using (var pixels = new ZLibStream(packed, CompressionLevel.NoCompression))
            pixels.Write([0, .. B(line)]);
        return packed.ToArray();
    }

    private static byte[] Chunk(string name, byte[] body)
    {
        byte[] named = [.. B(name), .. body];
        var crc = uint.MaxValue;
        foreach (var one in named)
            for (var bit = 0; bit < 8; bit++)
                crc = (((crc ^ ((uint)one >> bit)) & 1) * 0xEDB88320u) ^ (crc >> 1);
        return [.. U32(body.Length), .. named, .. U32(~crc)];
    }

    /// <summary>A picture that says nothing beside its content: everybody gets it as it was sent.</summary>
    public static byte[] PictureOf(string content) =>
        [
            .. "GIF89a"u8,
            .. (byte[])[1, 0, 1, 0, 0, 0, 0],
            .. (byte[])[0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2],
            .. Block(content),
            0,
            0x3B,
        ];

    private static Sample Gif()
    {
        byte[] head = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
        byte[] loop = [0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0];
        byte[] picture =
        [
            .. (byte[])[0x21, 0xF9, 4, 0, 0, 0, 0, 0],
            .. (byte[])[0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2],
            .. Block(Content),
            0,
        ];
        byte[] comment = [0x21, 0xFE, .. Block(Canary), 0];
        byte[] application = [0x21, 0xFF, .. Block("XMP DataXMP"), .. Block(Canary), 0];
        return new(
            "image/gif",
            [.. head, .. comment, .. loop, .. application, .. picture, 0x3B, .. B(Canary)],
            [.. head, .. loop, .. picture, 0x3B]
        );
    }

    private static byte[] Block(string text) => [(byte)text.Length, .. B(text)];

    private static Sample WebP()
    {
        static byte[] Head(byte flags) => Riffed("VP8X", [flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        var picture = Riffed("VP8L", B(Content));
        byte[] sent =
        [
            .. Head(0x2C),
            .. Riffed("ICCP", B(Canary)),
            .. picture,
            .. Riffed("EXIF", Exif),
            .. Riffed("XMP ", B(Canary)),
        ];
        return new(
            "image/webp",
            [.. Riff("WEBP", sent), .. B(Canary)],
            Riff("WEBP", [.. Head(0x08), .. picture, .. Riffed("EXIF", OnlyTurned)])
        );
    }

    private static Sample Wav()
    {
        var format = Riffed("fmt ", [1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x40, 0x1F, 0, 0, 1, 0, 8, 0]);
        var sound = Riffed("data", B(Content));
        byte[] info = Riffed("LIST", [.. "INFO"u8, .. Riffed("IART", B(Canary))]);
        return new(
            "audio/wav",
            Riff("WAVE", [.. format, .. info, .. Riffed("bext", B(Canary)), .. sound, .. Riffed("id3 ", B(Canary))]),
            Riff("WAVE", [.. format, .. sound])
        );
    }

    private static byte[] Riff(string form, byte[] chunks) =>
        [.. "RIFF"u8, .. L32(chunks.Length + 4), .. B(form), .. chunks];

    private static byte[] Riffed(string name, byte[] body) =>
        [.. B(name), .. L32(body.Length), .. body, .. new byte[body.Length & 1]];

    private static Sample Mp3()
    {
        // 32 kbit/s at 44.1 kHz: 104 bytes a frame.
        byte[] frame = [0xFF, 0xFB, 0x10, 0, .. B(Content), .. new byte[100 - Content.Length]];
        byte[] frames = [.. frame, .. frame, .. frame];
        byte[] title = [.. "TIT2"u8, .. U32(Canary.Length), 0, 0, .. B(Canary)];
        byte[] tag = [.. "ID3"u8, 3, 0, 0, 0, 0, 0, (byte)title.Length, .. title];
        byte[] old = [.. "TAG"u8, .. B(Canary), .. new byte[125 - Canary.Length]];
        return new("audio/mpeg", [.. tag, .. frames, .. old], frames);
    }

    private static Sample Amr()
    {
        byte[] frame = [0x3C, .. B(Content), .. new byte[31 - Content.Length]];
        byte[] clean = [.. "#!AMR\n"u8, .. frame, .. frame];
        return new("audio/amr", [.. clean, .. B(Canary)], clean);
    }

    private static Sample Ogg()
    {
        byte[] first = Page(2, 0, [.. "OpusHead"u8, 1, 1, 0, 0, 0x80, 0xBB, 0, 0, 0, 0, 0]);
        byte[] said = [.. L32(Canary.Length), .. B(Canary), .. L32(1), .. L32(Canary.Length), .. B(Canary)];
        byte[] last = Page(4, 2, B(Content));
        return new(
            "audio/ogg",
            [.. first, .. Page(0, 1, [.. "OpusTags"u8, .. said]), .. last],
            [.. first, .. Page(0, 1, [.. "OpusTags"u8, .. new byte[said.Length]]), .. last]
        );
    }

    private static byte[] Page(byte flags, byte number, byte[] packet)
    {
        byte[] page =
        [
            .. "OggS\0"u8,
            flags,
            .. new byte[8],
            .. L32(77),
            .. L32(number),
            .. L32(0),
            1,
            (byte)packet.Length,
            .. packet,
        ];
        uint sum = 0;
        foreach (var one in page)
        {
            sum ^= (uint)one << 24;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 0x80000000) != 0 ? (sum << 1) ^ 0x04C11DB7u : sum << 1;
        }
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(22), sum);
        return page;
    }

    private static byte[] B(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] U16(int number) => [(byte)(number >> 8), (byte)number];

    private static byte[] U32(long number) => [.. U16((int)(number >> 16)), .. U16((int)number)];

    private static byte[] L32(int number) => BitConverter.GetBytes(number);
}
