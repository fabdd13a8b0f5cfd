using System.Security.Cryptography;
using Hengping.Rules.Evidence;

namespace Hengping.Rules.Operators;

/// <summary>标志: the operator's picture, beside its name on every page.</summary>
/// <param name="Type">Media type, by content.</param>
/// <param name="Content">The file in base64. It stands in the log: public, and small.</param>
public sealed record Logo(string Type, string Content)
{
    /// <summary>Bytes of the file at most: every first view fetches it.</summary>
    public const int BytesMax = 100 * 1024;

    private const int VersionLength = 16;
    private static readonly string[] Types = ["image/png", "image/jpeg", "image/webp"];

    /// <summary>No picture that every browser draws and none runs, or too large a one.</summary>
    public static readonly Refusal Bad = new(
        "operator.logo",
        "标志请用 100 KB 以内的 PNG、JPEG 或 WebP 图片（按内容判断）",
        "A logo is a PNG, JPEG or WebP picture of at most 100 kB, judged by content"
    );

    /// <summary>Changes with the picture: an address with it may be kept for good.</summary>
    public string Version { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(Content)))[..VersionLength];

    /// <summary>The file.</summary>
    public byte[] Bytes => Convert.FromBase64String(Content);

    /// <summary>Judges a file that was sent.</summary>
    public static Decided<OperatorEvent> Judge(ReadOnlySpan<byte> file)
    {
        var kind = MediaKind.Of(file[..Math.Min(file.Length, MediaKind.HeadBytes)]);
        return kind is null || !Types.Contains(kind.MediaType) || file.Length > BytesMax
            ? Bad
            : new OperatorEvent.LogoSet(kind.MediaType, Convert.ToBase64String(file));
    }
}
