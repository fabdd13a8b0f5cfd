using System.Data.Common;
using Dapper;
using Hengping.App.Platform;

namespace Hengping.Tests.Platform;

/// <summary>Writes down the name of every toy that was made, by position.</summary>
public sealed class ToyListener(string name = "toy-words") : Listener
{
    private int heard;

    public override string Name => name;

    public override IReadOnlyList<string> Prefixes => ["toy."];

    /// <summary>Throws at the end of each hearing while it is set.</summary>
    public volatile bool IsBroken;

    public int Heard => heard;

    public override async Task Hear(
        Store store,
        IReadOnlyList<StoredEvent> batch,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        foreach (var one in batch)
        {
            if (store.Decode<ToyEvent>(one, unseal: false) is not ToyEvent.Made made)
                continue;
            await db.ExecuteAsync(
                "insert into toy_words (position, name) values (@Position, @Name) on conflict (position) do nothing",
                new { one.Position, made.Name },
                transaction
            );
            Interlocked.Increment(ref heard);
        }
        // After the rows: what a failed hearing wrote must not stay.
        if (IsBroken)
            throw new InvalidOperationException("broken on purpose");
    }

    public override Task Forget(DbConnection db, DbTransaction transaction) =>
        db.ExecuteAsync("delete from toy_words", transaction: transaction);
}
