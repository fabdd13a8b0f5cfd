using System.IO.Compression;

namespace Hengping.App.Evidence;

/// <summary>
/// The packed pixels of one picture of a PNG, over all chunks that hold them: where they end is known by unpacking them
/// only. Fed byte by byte near the end, so that what was taken is what was needed.
/// </summary>
internal sealed class PackedPixels(Source source, IReadOnlyList<(long At, long Length)> parts) : Stream
{
    // 50 million pixels in full colour: what is larger costs too much to look through.
    internal const long RawMax = 200_000_000;

    // No packed byte unpacks to more.
    private const long RatioMax = 1032;
    private const int StepMax = 8192;

    private readonly long inAll = parts.Sum(part => part.Length);
    private int part;
    private long within;
    private long left;

    /// <summary>They are so many raw bytes, and nothing stands behind them.</summary>
    public static void AreWhole(Source source, IReadOnlyList<(long At, long Length)> parts, long raw)
    {
        if (raw is <= 0 or > RawMax)
            throw Source.Wrong("a picture of unknown size");
        using var packed = new PackedPixels(source, parts) { left = raw };
        using var pixels = new ZLibStream(packed, CompressionMode.Decompress);
        var room = new byte[64 * 1024];
        while (pixels.Read(room, 0, room.Length) is > 0 and var read)
            if ((packed.left -= read) < 0)
                throw Source.Wrong("more pixels than the picture has");
        if (packed.left > 0)
            throw Source.Wrong("fewer pixels than the picture has");
        if (packed.Position < packed.Length)
            throw Source.Wrong("more than pixels");
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => inAll;
    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (part < parts.Count && within == parts[part].Length)
            (part, within) = (part + 1, 0);
        if (part == parts.Count || buffer.Length == 0)
            return 0;
        var step = Math.Clamp(left / RatioMax, 1, Math.Min(StepMax, buffer.Length));
        var read = (int)Math.Min(step, parts[part].Length - within);
        source.Bytes(parts[part].At + within, read).CopyTo(buffer);
        within += read;
        Position += read;
        return read;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
