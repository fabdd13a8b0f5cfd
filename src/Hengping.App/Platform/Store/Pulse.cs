using Dapper;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// Whether a write would be taken now, found out by one: a commit on the writer's own thread, behind what waits there.
/// Asked by many at once or again within a second, the answer is the same one.
/// </summary>
internal sealed class Pulse(Store store, Writer writer)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private const long RememberedMs = 1000;

    private readonly Lock gate = new();
    private Task<Refusal?>? last;
    private long askedAtMs;

    /// <summary>Null where a write is taken and this program knows the store's format; else why not.</summary>
    public async Task<Refusal?> Now(CancellationToken ct)
    {
        Task<Refusal?> asked;
        lock (gate)
        {
            var isFresh = Environment.TickCount64 - askedAtMs < RememberedMs || last is { IsCompleted: false };
            if (last is null || !isFresh)
                (last, askedAtMs) = (Ask(), Environment.TickCount64);
            asked = last;
        }
        try
        {
            return await asked.WaitAsync(Patience, ct);
        }
        catch (TimeoutException)
        {
            return StoreAway.Away;
        }
    }

    private async Task<Refusal?> Ask()
    {
        try
        {
            var at = store.Now.ToUnixTimeMilliseconds();
            var (format, isOwn) = await writer.Beside(
                session =>
                    (
                        session.Connection.ExecuteScalar<long>(
                            "update store_state set pulse_at = @at where one = 1 returning format",
                            new { at },
                            session.Transaction
                        ),
                        RingOfStore.IsOwn(store, session)
                    ),
                CancellationToken.None
            );
            // Most commits need a key.
            await Task.Run(store.Keys.Probe);
            return format > Schema.Format ? Schema.Newer(format)
                : isOwn ? null
                : RingOfStore.Changed;
        }
        catch (Exception fault) when (StoreAway.In(fault) is { } away)
        {
            return away.Refusal;
        }
    }
}
