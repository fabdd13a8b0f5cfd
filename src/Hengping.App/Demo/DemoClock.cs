namespace Hengping.App.Demo;

/// <summary>The clock of the stage: it stands still until somebody turns it, and goes forward only.</summary>
public sealed class DemoClock(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    /// <summary>Forward to an instant; one that is past already changes nothing.</summary>
    public void TurnTo(DateTimeOffset instant)
    {
        if (instant > GetUtcNow())
            Interlocked.Exchange(ref ticks, instant.UtcTicks);
    }
}
