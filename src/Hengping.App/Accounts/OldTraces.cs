using Dapper;
using Hengping.App.Platform;

namespace Hengping.App.Accounts;

/// <summary>
/// What lies about people beside the log goes when its use is over: the texts of old messages, codes, failed tries,
/// codes of claims. None of it is a fact.
/// </summary>
public sealed class OldTraces(Store store, ILogger<OldTraces> log) : Job(log)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public override string Name => "traces";

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override bool WaitsForClock => true;

    /// <inheritdoc/>
    protected override async Task<long> Round(CancellationToken ct)
    {
        var gone = await OutboxKeeping.Sweep(store, ct);
        var before = (store.Now - Day).ToUnixTimeMilliseconds();
        gone += await store.Write(
            (db, transaction) =>
                db.ExecuteAsync(
                    "delete from sign_in_failures where failed_at < @before and locked_until < @before",
                    new { before },
                    transaction
                ),
            ct
        );
        gone += await store.Write(
            (db, transaction) =>
                db.ExecuteAsync(
                    """
                    delete from claim_codes where not exists (
                      select 1 from merchant_claims m
                      where m.id = claim_codes.claim and m.state = 'asked' and m.asked_at >= @before)
                    """,
                    new { before },
                    transaction
                ),
            ct
        );
        return gone;
    }
}
