using System.Security.Cryptography;

namespace Hengping.App.Platform;

/// <summary>
/// A body that is hashed while a door reads it: a file that is sealed on its way lies nowhere as it came, also where it
/// was sent with a key.
/// </summary>
/// <param name="hash">With what stands for the address already in it.</param>
internal sealed class HashedBody(Stream body, IncrementalHash hash) : OneWayStream
{
    private byte[]? whole;

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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            hash.Dispose();
        base.Dispose(disposing);
    }
}
