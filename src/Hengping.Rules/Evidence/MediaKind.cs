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
    public const int HeadBytes = 64;

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

    private static readonly string[] HeifBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];

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
            return IsoMedia(head.Slice(8, 4));
        return Sound(head);
    }

    private static MediaKind? Riff(ReadOnlySpan<byte> form)
    {
        if (form.SequenceEqual("WEBP"u8))
            return Images[3];
        return form.SequenceEqual("WAVE"u8) ? new("audio/wav", 50 * Mebi) : null;
    }

    private static MediaKind IsoMedia(ReadOnlySpan<byte> brand)
    {
        if (HeifBrands.Contains(Encoding.ASCII.GetString(brand)))
            return Images[4];
        if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8))
            return Images[5];
        if (brand.SequenceEqual("M4A "u8))
            return new("audio/mp4", 50 * Mebi);
        return new(brand.SequenceEqual("qt  "u8) ? "video/quicktime" : "video/mp4", AnyBytesMax);
    }

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
