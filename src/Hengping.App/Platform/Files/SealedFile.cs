using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Hengping.App.Platform;

/// <summary>
/// A file sealed in pieces of 64 KiB under one key of the ring, so that a video can be read from the middle and a
/// destroyed key erases it wherever copies lie. Each piece is bound to the file's id and its place.
/// </summary>
public static class SealedFile
{
    /// <summary>Plain bytes in a piece; the last one may hold fewer.</summary>
    public const int PieceBytes = 64 * 1024;

    /// <summary>What came of writing a file.</summary>
    /// <param name="Sha256">Of the plain content, hex.</param>
    /// <param name="File">Of what lies on disk, hex: its name there.</param>
    public sealed record Written(long Bytes, string Sha256, string File);

    /// <summary>
    /// Streams content to disk under the SHA-256 of what is written. The first piece is shown to
    /// <paramref name="limit"/>, which says how many bytes may follow.
    /// </summary>
    /// <exception cref="Refused">The limit's own refusal, or too many bytes.</exception>
    /// <exception cref="InvalidDataException">The content broke off; an <see cref="IOException"/> is the disk's.
    /// </exception>
    public static async Task<Written> Write(
        KeyRing keys,
        long slot,
        Guid id,
        Stream content,
        string directory,
        Func<ReadOnlyMemory<byte>, long> limit,
        Func<Rules.Refusal> tooLarge,
        CancellationToken ct
    )
    {
        Durable.Create(directory);
        var temporary = Path.Combine(directory, $".{id:N}.part");
        try
        {
            Written written;
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                written = await Seal(keys, slot, id, content, file, limit, tooLarge, ct);
                file.Flush(flushToDisk: true);
            }
            var target = PathOf(directory, written.File);
            Durable.Create(Path.GetDirectoryName(target)!);
            Durable.Move(temporary, target, overwrite: true);
            return written;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Where a file of this name lies.</summary>
    public static string PathOf(string directory, string file) => Path.Combine(directory, file[..2], file);

    /// <summary>Takes one away, if it is there.</summary>
    public static void Delete(string directory, string file)
    {
        if (PathOf(directory, file) is var path && File.Exists(path))
            File.Delete(path);
    }

    /// <summary>Opens a sealed file to read from any place; null when its key is destroyed or it is gone.</summary>
    public static Stream? Read(KeyRing keys, Guid id, string path, long bytes)
    {
        if (!File.Exists(path))
            return null;
        var stream = new Reader(keys, id, File.OpenRead(path), bytes);
        if (stream.FirstPieceReads)
            return stream;
        stream.Dispose();
        return null;
    }

    // What comes in may be broken; what the disk says is another matter, and not the sender's.
    private static async ValueTask<int> Next(Stream content, byte[] buffer, CancellationToken ct)
    {
        try
        {
            return await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        }
        catch (IOException broken) when (broken.GetType() == typeof(IOException))
        {
            throw new InvalidDataException("The content ends too early", broken);
        }
    }

    private static async Task<Written> Seal(
        KeyRing keys,
        long slot,
        Guid id,
        Stream content,
        Stream file,
        Func<ReadOnlyMemory<byte>, long> limit,
        Func<Rules.Refusal> tooLarge,
        CancellationToken ct
    )
    {
        using var plainHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var fileHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PieceBytes];
        var (total, allowed) = (0L, long.MaxValue);
        for (var piece = 0; ; piece++)
        {
            var read = await Next(content, buffer, ct);
            if (piece == 0)
                allowed = limit(buffer.AsMemory(0, read));
            total += read;
            if (total > allowed)
                throw new Refused(tooLarge());
            if (read == 0)
                break;
            plainHash.AppendData(buffer, 0, read);
            var box = keys.Seal(slot, buffer.AsSpan(0, read), Context(id, piece));
            fileHash.AppendData(box);
            await file.WriteAsync(box, ct);
            if (read < PieceBytes)
                break;
        }
        return new Written(
            total,
            Convert.ToHexStringLower(plainHash.GetHashAndReset()),
            Convert.ToHexStringLower(fileHash.GetHashAndReset())
        );
    }

    private static byte[] Context(Guid id, int piece)
    {
        var context = new byte[20];
        id.TryWriteBytes(context);
        BinaryPrimitives.WriteInt32BigEndian(context.AsSpan(16), piece);
        return context;
    }

    // As a disk says it that cannot be read (EIO).
    private const int Unreadable = 5;

    private sealed class Reader(KeyRing keys, Guid id, FileStream file, long bytes) : Stream
    {
        private readonly long pieces = (bytes + PieceBytes - 1) / PieceBytes;
        private long position;
        private int held = -1;
        private byte[] plain = [];

        public bool FirstPieceReads => bytes == 0 || TryHold(0);
        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => bytes;

        public override long Position
        {
            get => position;
            set => position = value;
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (position >= bytes || count == 0)
                return 0;
            if (!TryHold((int)(position / PieceBytes)))
                throw new IOException("the key of this file was destroyed, or the file was changed", Unreadable);
            var from = (int)(position % PieceBytes);
            var copied = Math.Min(count, plain.Length - from);
            plain.AsSpan(from, copied).CopyTo(buffer.AsSpan(offset));
            position += copied;
            return copied;
        }

        public override long Seek(long offset, SeekOrigin origin) =>
            position = origin switch
            {
                SeekOrigin.Begin => offset,
                SeekOrigin.Current => position + offset,
                _ => bytes + offset,
            };

        public override void Flush() { }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                file.Dispose();
            base.Dispose(disposing);
        }

        // Every piece but the last has the same sealed length, so its place is a multiplication.
        private bool TryHold(int piece)
        {
            if (held == piece)
                return true;
            var overhead = (int)((file.Length - bytes) / pieces);
            var length = (int)Math.Min(PieceBytes, bytes - ((long)piece * PieceBytes)) + overhead;
            var box = new byte[length];
            file.Position = (long)piece * (PieceBytes + overhead);
            file.ReadExactly(box);
            if (keys.Unseal(box, Context(id, piece)) is not { } opened)
                return false;
            (plain, held) = (opened, piece);
            return true;
        }
    }
}
