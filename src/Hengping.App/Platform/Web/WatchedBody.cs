using System.Diagnostics;

namespace Hengping.App.Platform;

/// <summary>
/// A body that must keep coming. What it brings pays for waiting, and no more than the grace can be saved up: a sender
/// that was fast once cannot be silent for hours after. Time in which nobody asks for more is not counted.
/// </summary>
/// <param name="place">Of a large one: what it has to bring depends on who else is there.</param>
public sealed class WatchedBody(Stream body, BodyCosts costs, int secondsMax, BodyGate.Place? place = null)
    : OneWayStream
{
    private readonly CancellationTokenSource timer = new();
    private readonly TimeSpan grace = TimeSpan.FromSeconds(costs.GraceSeconds);
    private TimeSpan left = TimeSpan.FromSeconds(costs.GraceSeconds);
    private TimeSpan ceiling = TimeSpan.FromSeconds(secondsMax);

    /// <inheritdoc/>
    /// <exception cref="BadHttpRequestException">It came too slowly.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var patience = left < ceiling ? left : ceiling;
        timer.CancelAfter(patience > TimeSpan.Zero ? patience : TimeSpan.Zero);
        await using var leaving = cancellationToken.UnsafeRegister(
            static one => ((CancellationTokenSource)one!).Cancel(),
            timer
        );
        var since = Stopwatch.GetTimestamp();
        try
        {
            var read = await body.ReadAsync(buffer, timer.Token);
            timer.CancelAfter(Timeout.InfiniteTimeSpan);
            Paid(Stopwatch.GetElapsedTime(since), read);
            place?.Came(read);
            return read;
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body comes too slowly", StatusCodes.Status408RequestTimeout, late);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            timer.Dispose();
        base.Dispose(disposing);
    }

    private void Paid(TimeSpan waited, int read)
    {
        ceiling -= waited;
        left += TimeSpan.FromSeconds((double)read / (place?.BytesPerSecondMin ?? costs.BytesPerSecondMin)) - waited;
        if (left > grace)
            left = grace;
    }
}
