namespace Hengping.App.Platform;

/// <summary>An event with the time and author the log will hold.</summary>
public sealed record Stamped<TEvent>(TEvent Event, DateTimeOffset At, string Author)
    where TEvent : class;

/// <summary>Events of one act.</summary>
public static class Stamped
{
    /// <summary>All at one time, by one author.</summary>
    public static IReadOnlyList<Stamped<TEvent>> All<TEvent>(
        IReadOnlyList<TEvent> events,
        DateTimeOffset at,
        string author
    )
        where TEvent : class => [.. events.Select(e => new Stamped<TEvent>(e, at, author))];
}

/// <summary>How events become a change: sealed, folded, and their rows and claims derived from the state.</summary>
public sealed partial class Store
{
    /// <summary>Seals and folds events into a change: rows, claims and releases follow from the book.</summary>
    /// <param name="from">The stream as the decision saw it. A new stream with key slot 0 gets a key of its
    /// own.</param>
    public Change Change<TState, TEvent>(
        Book<TState, TEvent> book,
        Loaded<TState> from,
        DateTimeOffset at,
        string author,
        IReadOnlyList<TEvent> events
    )
        where TState : class
        where TEvent : class => Change(book, from, Stamped.All(events, at, author));

    /// <summary>The same for history, each event with its own time and author, and for a person's secrets.</summary>
    /// <param name="personKey">Slot of the person's key, for secrets of <c>KeyOf.Person</c>.</param>
    public Change Change<TState, TEvent>(
        Book<TState, TEvent> book,
        Loaded<TState> from,
        IReadOnlyList<Stamped<TEvent>> story,
        long? personKey = null
    )
        where TState : class
        where TEvent : class
    {
        var slot = from.KeySlot == 0 ? Keys.Create() : from.KeySlot;
        var prints = from.Prints ?? Keys.Prints;
        var state = from.State;
        var stored = new NewEvent[story.Count];
        for (var i = 0; i < stored.Length; i++)
        {
            var (happened, time, by) = story[i];
            var at = DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
            var author = Columns.Storable(by);
            stored[i] = codec.Encode(from.Id, slot, personKey, happened, at, author);
            state = book.Fold(state, (TEvent)codec.WithoutSecrets(happened, prints), at, author);
        }
        var (claimed, released) = ReservationsBetween(book, from.Id, from.State, state);
        return new Change(
            from.Id,
            from.Version,
            slot,
            stored,
            RowsBetween(book, from, state, from.Version + stored.Length),
            claimed,
            released,
            book.PrintedStreams is null ? 0 : prints.From
        );
    }

    private static (IReadOnlyList<Reservation> Reserved, IReadOnlyList<Reservation> Released) ReservationsBetween<
        TState,
        TEvent
    >(Book<TState, TEvent> book, Guid id, TState? before, TState? after)
        where TState : class
        where TEvent : class
    {
        var held = Of(before);
        var wanted = Of(after);
        return held.Count == 0
            ? (wanted, [])
            : ([.. wanted.Where(c => !held.Contains(c))], [.. held.Where(c => !wanted.Contains(c))]);

        List<Reservation> Of(TState? state)
        {
            var claims = new List<Reservation>();
            if (state is null)
                return claims;
            foreach (var reservation in book.Reservations(id, state))
            {
                var storable = reservation with { Key = Columns.Storable(reservation.Key) };
                if (!claims.Contains(storable))
                    claims.Add(storable);
            }
            return claims;
        }
    }

    // Rows that the new state no longer has are dropped; rows that stay as they were are not written again.
    private static List<RowChange> RowsBetween<TState, TEvent>(
        Book<TState, TEvent> book,
        Loaded<TState> from,
        TState? after,
        int version
    )
        where TState : class
        where TEvent : class
    {
        if (from.State is not { } before)
            return after is null ? [] : [.. book.Rows(from.Id, version, after)];
        var old = new Dictionary<(string, RowKey), RowChange>();
        foreach (var row in book.Rows(from.Id, from.Version, before))
            old[KeyOf(row)] = row;
        var rows = new List<RowChange>();
        if (after is not null)
        {
            foreach (var row in book.Rows(from.Id, version, after))
            {
                if (!old.Remove(KeyOf(row), out var was) || row.Delete || !Same(was, row))
                    rows.Add(row);
            }
        }
        foreach (var gone in old.Values.Where(row => !row.Delete))
            rows.Add(RowChange.Drop(gone.Table, TableShape.Of(gone.Table).KeyOf(gone)));
        return rows;
    }

    private static (string, RowKey) KeyOf(RowChange row) =>
        (row.Table.Name, new RowKey(TableShape.Of(row.Table).KeyOf(row)));

    private static bool Same(RowChange was, RowChange now) =>
        was.Delete == now.Delete && ValuesComparer.Instance.Equals(was.Values, now.Values);

    private readonly record struct RowKey(object?[] Values)
    {
        public bool Equals(RowKey other) => ValuesComparer.Instance.Equals(Values, other.Values);

        public override int GetHashCode() => ValuesComparer.Instance.GetHashCode(Values);
    }
}
