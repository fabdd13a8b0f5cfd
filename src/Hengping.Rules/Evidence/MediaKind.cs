using System.Buffers.Binary;
using System.Text;

namespace Hengping.Rules.Evidence;

/// <summary>What a file is by its content, and how large one of its kind may be.</summary>
/// <param name="MediaType">How it is served: never a type that a browser executes.</param>
/// <param name="BytesMax">Limit in bytes.</param>
public sealed record MediaKind(string MediaType, long BytesMax)
{
    private const long Mebi = 1024 * 1024;

    /// <summary>Largest limit of any kind: nothing longer is ever read.</summary>
    public const long AnyBytesMax = 200 * Mebi;

    /// <summary>Bytes at the start of a file that <see cref="Of"/> looks at.</summary>
    public const int HeadBytes = 256;

    /// <summary>Too large for its kind: 413.</summary>
    public static readonly Refusal TooLarge = new(
        "evidence.too-large",
        "文件太大：图片 20 MB、PDF 30 MB、音频 50 MB、视频 200 MB 以内",
        "The file is too large: images 20 MB, PDF 30 MB, audio 50 MB, video 200 MB"
    );

    /// <summary>Not an accepted kind: 415.</summary>
    public static readonly Refusal NotAccepted = new(
        "evidence.kind",
        "只接受图片、音频、视频和 PDF（按文件内容判断，不看文件名）",
        "Only images, audio, video and PDF are accepted, judged by content, not by name"
    );

    /// <summary>Nothing was sent.</summary>
    public static readonly Refusal Empty = new("evidence.empty", "文件是空的", "The file is empty");

    private static readonly MediaKind[] Images =
    [
        new("image/jpeg", 20 * Mebi),
        new("image/png", 20 * Mebi),
        new("image/gif", 20 * Mebi),
        new("image/webp", 20 * Mebi),
        new("image/heic", 20 * Mebi),
        new("image/avif", 20 * Mebi),
    ];

    private static readonly string[] AvifBrands = ["avif", "avis", "avio", "MA1A", "MA1B"];

    // Packed as HEVC or H.264.
    private static readonly string[] HevcBrands =
    [
        "heic",
        "heix",
        "heim",
        "heis",
        "hevc",
        "hevx",
        "hevm",
        "hevs",
        "MiHA",
        "MiHB",
        "MiHE",
        "avci",
        "avcs",
    ];

    // Pictures, packed as the other brands say.
    private static readonly string[] PictureBrands = ["mif1", "mif2", "mif3", "msf1", "miaf", "MiPr", "1pic"];

    /// <summary>The kind of a file that begins with <paramref name="head"/>, or null where none is accepted.</summary>
    public static MediaKind? Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return Images[0];
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return Images[1];
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8))
            return Images[2];
        if (head.StartsWith("%PDF-"u8))
            return new("application/pdf", 30 * Mebi);
        if (head.StartsWith("RIFF"u8) && head.Length >= 12)
            return Riff(head.Slice(8, 4));
        if (head.Length >= 12 && head.Slice(4, 4).SequenceEqual("ftyp"u8))
            return IsoMedia(head);
        return Sound(head);
    }

    private static MediaKind? Riff(ReadOnlySpan<byte> form)
    {
        if (form.SequenceEqual("WEBP"u8))
            return Images[3];
        return form.SequenceEqual("WAVE"u8) ? new("audio/wav", 50 * Mebi) : null;
    }

    private static MediaKind IsoMedia(ReadOnlySpan<byte> head)
    {
        var brand = head.Slice(8, 4);
        if (Pictured(Brands(head)) is { } picture)
            return picture;
        if (brand.SequenceEqual("M4A "u8))
            return new("audio/mp4", 50 * Mebi);
        return new(brand.SequenceEqual("qt  "u8) ? "video/quicktime" : "video/mp4", AnyBytesMax);
    }

    // The brand of the file, then those it is compatible with: as far as the head reaches.
    private static List<string> Brands(ReadOnlySpan<byte> head)
    {
        var end = Math.Min(head.Length, (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head), HeadBytes));
        List<string> brands = [Encoding.ASCII.GetString(head.Slice(8, 4))];
        for (var at = 16; at + 4 <= end; at += 4)
            brands.Add(Encoding.ASCII.GetString(head.Slice(at, 4)));
        return brands;
    }

    /// <summary>A picture where the first brand that says what it is says so: films carry pictures beside them.
    /// </summary>
    private static MediaKind? Pictured(List<string> brands)
    {
        var isPicture = false;
        foreach (var brand in brands)
        {
            if (AvifBrands.Contains(brand))
                return Images[5];
            if (HevcBrands.Contains(brand))
                return Images[4];
            if (PictureBrands.Contains(brand))
                isPicture = true;
            else if (!isPicture && IsFilm(brand))
                return null;
        }
        return isPicture ? Images[4] : null;
    }

    private static bool IsFilm(string brand) =>
        brand is "qt  " or "avc1" or "MSNV" or "dash"
        || brand.StartsWith("iso", StringComparison.Ordinal)
        || brand.StartsWith("mp4", StringComparison.Ordinal)
        || brand.StartsWith("M4", StringComparison.Ordinal)
        || brand.StartsWith("3g", StringComparison.Ordinal);

    private static MediaKind? Sound(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("ID3"u8) || (head.Length > 1 && head[0] == 0xFF && (head[1] & 0xE6) is 0xE2))
            return new("audio/mpeg", 50 * Mebi);
        if (head.StartsWith("OggS"u8))
            return new("audio/ogg", 50 * Mebi);
        if (head.StartsWith("#!AMR"u8))
            return new("audio/amr", 50 * Mebi);
        return head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) ? new("video/webm", AnyBytesMax) : null;
    }
}
