using System.Security.Cryptography;

namespace Hengping.App.Platform;

/// <summary>
/// A body that is hashed while a door reads it: a file that is sealed on its way lies nowhere as it came, also where it
/// was sent with a key.
/// </summary>
/// <param name="hash">With what stands for the address already in it.</param>
internal sealed class HashedBody(Stream body, IncrementalHash hash) : Stream
{
    private byte[]? whole;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads what the door has left, and tells the hash of all.</summary>
    public async Task<byte[]> Whole(CancellationToken ct)
    {
        await CopyToAsync(Null, ct);
        return whole ??= hash.GetHashAndReset();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        if (read > 0)
            hash.AppendData(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            hash.Dispose();
        base.Dispose(disposing);
    }
}
