namespace Hengping.App.Platform;

/// <summary>Several streams, as a page of a list shows them: one question to the database, and not one for each row.
/// </summary>
public sealed partial class Store
{
    /// <summary>Folds streams as <see cref="Load"/> does; an id that is no stream of the book is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, TState>> LoadSeveral<TState, TEvent>(
        Book<TState, TEvent> book,
        IReadOnlyList<Guid> ids,
        CancellationToken ct
    )
        where TState : class
        where TEvent : class
    {
        var stories = await OfBook(book, ids, "version > 0", ct);
        var (states, prints) = (new Dictionary<Guid, TState>(), Keys.Prints);
        foreach (var one in stories.OrderBy(one => one.Version))
            states[one.Stream] = book.Fold(
                states.GetValueOrDefault(one.Stream),
                (TEvent)codec.Decode(one.Kind, one.Stream, one.Body, unseal: false, prints),
                one.At,
                one.Author
            );
        return states;
    }

    /// <summary>The event each stream begins with, unsealed; an id that is no stream of the book is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, TEvent>> Beginnings<TState, TEvent>(
        Book<TState, TEvent> book,
        IReadOnlyList<Guid> ids,
        CancellationToken ct
    )
        where TState : class
        where TEvent : class =>
        (await OfBook(book, ids, "version = 1", ct)).ToDictionary(
            one => one.Stream,
            one => (TEvent)codec.Decode(one.Kind, one.Stream, one.Body, unseal: true)
        );

    private async Task<IEnumerable<EventRow>> OfBook(
        Book book,
        IReadOnlyList<Guid> ids,
        string which,
        CancellationToken ct
    ) =>
        ids.Count == 0
            ? []
            : (
                await Query<EventRow>(
                    $"select {EventRow.Columns} from events where stream in @ids and {which}",
                    new { ids = ids.ToArray() },
                    ct
                )
            ).Where(one => one.Kind.StartsWith(book.Kinds, StringComparison.Ordinal));
}
