namespace Hengping.Tests.Harness;

/// <summary>A clock that stands still until a test turns it. Timers and time spans run on as they do.</summary>
public sealed class TurnableClock(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    /// <summary>Moves on by a span.</summary>
    public void Turn(TimeSpan span) => Interlocked.Add(ref ticks, span.Ticks);

    /// <summary>Moves on to an instant.</summary>
    public void TurnTo(DateTimeOffset instant) => Interlocked.Exchange(ref ticks, instant.UtcTicks);
}
