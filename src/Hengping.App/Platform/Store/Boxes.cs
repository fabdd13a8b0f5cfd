using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Hengping.App.Platform;

/// <summary>
/// The sealed parts of an event's body, and what the chain sees of them. In the place of a box of today the chain
/// hashes <c>#</c> and the base64 of its SHA-256: a box whose key is destroyed can be dropped, with that left in its
/// place, and the chain holds. Boxes of logs before format 4 stand under other names and are hashed as they are.
/// </summary>
internal static class Boxes
{
    /// <summary>Under the stream's key.</summary>
    public static readonly JsonEncodedText OfStream = JsonEncodedText.Encode("$sealed");

    /// <summary>Under the person's key, inside the stream's.</summary>
    public static readonly JsonEncodedText OfBoth = JsonEncodedText.Encode("$sealedBoth");

    /// <summary>As before format 4.</summary>
    public static readonly JsonEncodedText OldOfStream = JsonEncodedText.Encode("$case");

    /// <inheritdoc cref="OldOfStream"/>
    public static readonly JsonEncodedText OldOfBoth = JsonEncodedText.Encode("$both");

    /// <summary>From before a person's words in a case were sealed with the case's key as well.</summary>
    public static readonly JsonEncodedText OldOfPerson = JsonEncodedText.Encode("$person");

    private const byte Dropped = (byte)'#';
    private static readonly int HashLength = Base64.GetMaxEncodedToUtf8Length(SHA256.HashSizeInBytes);

    /// <summary>The body as the chain hashes it, and as it is once its boxes are dropped.</summary>
    public static byte[] AsHashed(byte[] body) => Of(body) is { Count: > 0 } boxes ? WithHashes(body, boxes) : body;

    /// <summary>Something is sealed in it under the stream's key.</summary>
    public static bool HasSealed(ReadOnlySpan<byte> body) =>
        body.IndexOf("\"$sealed\":"u8) >= 0 || body.IndexOf("\"$case\":"u8) >= 0;

    /// <summary>Its box under the stream's key is not there any more.</summary>
    public static bool HasDropped(ReadOnlySpan<byte> body) => body.IndexOf("\"$sealed\":\"#"u8) >= 0;

    /// <summary>The box at a value; null where it was dropped.</summary>
    public static byte[]? Read(ref Utf8JsonReader reader) =>
        reader.ValueSpan is [Dropped, ..] ? null : reader.GetBytesFromBase64();

    private static byte[] WithHashes(byte[] body, List<(int Start, int Length)> boxes)
    {
        var shorter = boxes.Sum(box => box.Length - HashLength - 1);
        var hashed = new byte[body.Length - shorter];
        var (from, to) = (0, 0);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var (start, length) in boxes)
        {
            body.AsSpan(from, start - from).CopyTo(hashed.AsSpan(to));
            to += start - from;
            // What is hashed is the box and not how it is written.
            var box = body.AsSpan(start, length).ToArray();
            Base64.DecodeFromUtf8InPlace(box, out var size);
            SHA256.HashData(box.AsSpan(0, size), hash);
            hashed[to] = Dropped;
            Base64.EncodeToUtf8(hash, hashed.AsSpan(to + 1), out _, out var written);
            to += 1 + written;
            from = start + length;
        }
        body.AsSpan(from).CopyTo(hashed.AsSpan(to));
        return hashed;
    }

    // Of the object itself: what lies deeper is a fact.
    private static List<(int Start, int Length)>? Of(ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("\"$sealed"u8) < 0)
            return null;
        List<(int, int)> boxes = [];
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isBox =
                reader.ValueTextEquals(OfStream.EncodedUtf8Bytes) || reader.ValueTextEquals(OfBoth.EncodedUtf8Bytes);
            reader.Read();
            if (isBox && reader.TokenType == JsonTokenType.String && reader.ValueSpan is not [Dropped, ..])
                boxes.Add(((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length));
            else
                reader.Skip();
        }
        return boxes;
    }
}
