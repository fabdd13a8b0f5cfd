using Hengping.App.Platform;
using Hengping.Rules;

namespace Hengping.App.Accounts;

/// <summary>
/// Who left while a legal term kept what is theirs is erased when the last of these terms ends. Each of their cases
/// goes by its own age before.
/// </summary>
public sealed class LockedPersons(Store store, IConfiguration configuration, ILogger<LockedPersons> log)
    : ErasureByAge(store, configuration, log)
{
    private readonly Store store = store;

    /// <inheritdoc/>
    public override string Name => "locks";

    /// <inheritdoc/>
    public override async Task<int> EraseSome(CancellationToken ct)
    {
        var due = await store.Query<Guid>(
            """
            select id from accounts where erases_on is not null and erases_on <= @now
            order by erases_on, id limit @batch
            """,
            new { now = store.Now.ToUnixTimeMilliseconds(), batch = Batch },
            ct
        );
        var erased = 0;
        foreach (var person in due)
        {
            Decided<Erasure.Result> decided = await Erasure.Erase(store, person, "age", "clock", ct);
            erased += decided.Event is null ? 0 : 1;
        }
        return erased;
    }

    // The round of erasures finishes what broke off, of locks as of erasures.
    /// <inheritdoc/>
    public override Task FinishErased(CancellationToken ct) => Task.CompletedTask;
}
