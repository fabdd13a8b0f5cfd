using System.Collections.ObjectModel;

namespace Hengping.App.Evidence;

/// <summary>A run of bytes of a clean copy: of the original, of ours, or zeros.</summary>
/// <param name="From">Where it begins in the original; <see cref="Nowhere"/> for what is not of it.</param>
/// <param name="Ours">What stands there instead; null for zeros.</param>
internal readonly record struct Piece(long From, long Length, byte[]? Ours)
{
    public const long Nowhere = -1;

    public static Piece Of(long from, long length) => new(from, length, Ours: null);

    public static Piece Of(byte[] ours) => new(Nowhere, ours.Length, ours);

    public static Piece Zeros(long length) => new(Nowhere, length, Ours: null);
}

/// <summary>
/// What others see of a file: its pictures and sounds without what its container says beside them (place, device,
/// author, software, comments, thumbnails, times, colour profile). Only what is known to be content is taken over; of
/// all that, only which way a photo is turned is said again. A file that does not hold to its format is not cleaned.
/// The copy is made while it is read: the original stays the one that is kept, with the hash it came with.
/// </summary>
internal static class CleanCopy
{
    /// <summary>Of what the clean copy is made; null where this program cannot clean the file.</summary>
    public static IReadOnlyList<Piece>? Pieces(string mediaType, Stream original)
    {
        var source = new Source(original);
        try
        {
            return mediaType switch
            {
                "image/jpeg" => CleanJpeg.Of(source),
                "image/png" => CleanPng.Of(source),
                "image/gif" => CleanGif.Of(source),
                "image/webp" => CleanRiff.Picture(source),
                "audio/wav" => CleanRiff.Sound(source),
                "image/heic" or "image/avif" => CleanBoxes.Of(source, isPicture: true),
                "video/mp4" or "video/quicktime" or "audio/mp4" => CleanBoxes.Of(source, isPicture: false),
                "audio/mpeg" => CleanFrames.Mpeg(source),
                "audio/amr" => CleanFrames.Amr(source),
                "audio/ogg" => CleanOgg.Of(source),
                "video/webm" => CleanWebm.Of(source),
                // A PDF says who and what in streams that are packed and may be anywhere.
                _ => null,
            };
        }
        catch (Exception fault) when (fault is InvalidDataException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The clean copy to read from any place; null where the file cannot be cleaned. It owns the original.
    /// </summary>
    public static Stream? Open(string mediaType, Stream original)
    {
        if (Pieces(mediaType, original) is { } pieces)
            return new PiecedStream(original, pieces);
        original.Dispose();
        return null;
    }
}

/// <summary>A clean copy as it grows: no file of people falls into more pieces, and those made to do it cost no memory.
/// </summary>
internal sealed class Pieces : Collection<Piece>
{
    private const int Most = 200_000;

    protected override void InsertItem(int index, Piece item)
    {
        if (Count == Most)
            throw Source.Wrong("too many pieces");
        base.InsertItem(index, item);
    }
}

/// <summary>A file read from any place through one window.</summary>
internal sealed class Source(Stream stream)
{
    private readonly byte[] window = new byte[64 * 1024];
    private long start;
    private int held;

    public long Length { get; } = stream.Length;

    public static InvalidDataException Wrong(string what) => new(what);

    /// <summary>Bytes that must be there; good until the next call.</summary>
    public ReadOnlySpan<byte> Bytes(long at, int count)
    {
        if (at < 0 || count < 0 || count > window.Length || at > Length - count)
            throw Wrong("shorter than it says");
        if (at < start || at + count > start + held)
            Fill(at);
        return window.AsSpan((int)(at - start), count);
    }

    public byte Byte(long at) => Bytes(at, 1)[0];

    public bool Has(long at, ReadOnlySpan<byte> bytes) =>
        at + bytes.Length <= Length && Bytes(at, bytes.Length).SequenceEqual(bytes);

    /// <summary>Where this byte comes next; the length where it does not.</summary>
    public long IndexOf(byte what, long from)
    {
        while (from < Length)
        {
            _ = Byte(from);
            var at = window.AsSpan((int)(from - start), held - (int)(from - start)).IndexOf(what);
            if (at >= 0)
                return from + at;
            from = start + held;
        }
        return Length;
    }

    private void Fill(long at)
    {
        stream.Position = at;
        held = stream.ReadAtLeast(window, window.Length, throwOnEndOfStream: false);
        start = at;
    }
}

/// <summary>What lies over a file that keeps its length: places said again or blanked.</summary>
internal sealed class Overlay
{
    private const int Most = 100_000;

    private readonly List<(long At, Piece Piece)> over = [];

    public void Put(long at, byte[] ours) => Add(at, Piece.Of(ours));

    public void Blank(long at, long length)
    {
        if (length > 0)
            Add(at, Piece.Zeros(length));
    }

    public Pieces Over(long length)
    {
        over.Sort((a, b) => a.At.CompareTo(b.At));
        var pieces = new Pieces();
        var at = 0L;
        foreach (var (from, piece) in over)
        {
            if (from < at || from > length - piece.Length)
                throw Source.Wrong("parts lie over each other");
            if (from > at)
                pieces.Add(Piece.Of(at, from - at));
            pieces.Add(piece);
            at = from + piece.Length;
        }
        if (at < length)
            pieces.Add(Piece.Of(at, length - at));
        return pieces;
    }

    private void Add(long at, Piece piece)
    {
        if (over.Count == Most)
            throw Source.Wrong("too much to blank");
        over.Add((at, piece));
    }
}

/// <summary>Pieces as one stream.</summary>
internal sealed class PiecedStream : Stream
{
    private readonly Stream original;
    private readonly IReadOnlyList<Piece> pieces;
    private readonly long[] begins;

    public PiecedStream(Stream original, IReadOnlyList<Piece> pieces)
    {
        this.original = original;
        this.pieces = pieces;
        begins = new long[pieces.Count];
        foreach (var (i, piece) in pieces.Index())
        {
            begins[i] = Length;
            Length += piece.Length;
        }
    }

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length { get; }
    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (Position >= Length || count == 0)
            return 0;
        var i = Array.BinarySearch(begins, Position);
        if (i < 0)
            i = ~i - 1;
        // Of pieces that begin at one place all but the last are empty.
        while (Position >= begins[i] + pieces[i].Length)
            i++;
        var piece = pieces[i];
        var within = Position - begins[i];
        var read = (int)Math.Min(count, piece.Length - within);
        if (piece.From >= 0)
        {
            original.Position = piece.From + within;
            read = original.Read(buffer, offset, read);
        }
        else if (piece.Ours is { } ours)
            Array.Copy(ours, within, buffer, offset, read);
        else
            Array.Clear(buffer, offset, read);
        Position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => Length + offset,
        };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            original.Dispose();
        base.Dispose(disposing);
    }
}
