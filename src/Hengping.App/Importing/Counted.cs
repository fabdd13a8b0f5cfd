using Hengping.App.Platform;

namespace Hengping.App.Importing;

/// <summary>What something packed really unpacks to, whatever it says of itself: so much and no more.</summary>
internal sealed class Counted(Stream inner, long most, Func<Refused> no) : OneWayStream
{
    public long Taken { get; private set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Taken += read;
        return Taken <= most ? read : throw no();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
