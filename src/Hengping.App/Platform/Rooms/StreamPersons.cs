using System.Text.Json.Nodes;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// What a room keeps about persons where each thing is a stream with a key of its own, and a row with columns
/// <c>id</c>, <c>erased</c> and <c>ended_at</c> that names the person.
/// </summary>
/// <param name="table">Of these rows.</param>
/// <param name="whose">Its column with the account.</param>
/// <param name="what">As the result of an erasure names them.</param>
public abstract class StreamPersons<TState, TEvent>(Book<TState, TEvent> book, string table, string whose, string what)
    : IHoldsPersons
    where TState : class, IErasable<TEvent>
    where TEvent : class
{
    /// <summary>SQL about <c>r</c>, a row: nothing forbids to erase it.</summary>
    protected virtual string Free => "";

    /// <summary>What is not over yet counts from now.</summary>
    protected virtual string EndedAt => "coalesce(ended_at, @now)";

    /// <summary>SQL about a row: its stream was never locked.</summary>
    protected static string Unlocked(string row, string kinds) =>
        $"not exists (select 1 from events x where x.stream = {row}.id and x.kind = '{kinds}locked')";

    private string Left(bool isLock) => isLock ? $"not r.erased and {Unlocked("r", book.Kinds)}" : "not r.erased";

    /// <inheritdoc/>
    public string LeftSql(bool isLock) =>
        $"exists (select 1 from {table} r where r.{whose} = a.id {Free} and {Left(isLock)})";

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> KeptUntil(Store store, Guid person, int years, CancellationToken ct) =>
        await store.First<long?>(
            $"select max({EndedAt}) from {table} where {whose} = @person and not erased",
            new { person, now = store.Now.ToUnixTimeMilliseconds() },
            ct
        )
            is { } ended
            ? DateTimeOffset.FromUnixTimeMilliseconds(ended).AddYears(years)
            : null;

    /// <inheritdoc/>
    public async Task<(IReadOnlyList<Change> Changes, Refusal? Held)> Erase(
        Store store,
        Guid person,
        Leaving how,
        string author,
        CancellationToken ct
    )
    {
        var streams = await store.Query<Guid>(
            $"select r.id from {table} r where r.{whose} = @person and {Left(how.IsLock)}",
            new { person },
            ct
        );
        return await Erasing.Each(store, book, streams, author, state => Leave(state, how), ct);
    }

    // Null where it is done already.
    private static Decided<TEvent>? Leave(TState state, Leaving how)
    {
        if (how.IsLock ? state.IsShut : state.IsErased)
            return null;
        return how.IsLock ? state.Lock() : state.Erase(how.Because);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Gone>> Keys(Store store, Guid person, bool isLock, CancellationToken ct)
    {
        var slots = await store.Query<long>(
            $"""
            select s.key from {table} r join streams s on s.stream = r.id
            where r.{whose} = @person and not ({Left(isLock)})
            """,
            new { person },
            ct
        );
        return [new Gone(what, slots.Count, slots)];
    }

    /// <inheritdoc/>
    public abstract Task Export(Store store, Caller person, JsonObject all, CancellationToken ct);
}
