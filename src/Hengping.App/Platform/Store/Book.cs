namespace Hengping.App.Platform;

/// <summary>
/// What one kind of stream is: the prefix of its events, how they fold into a state, and which current rows and
/// claims follow from that state. Rows and claims are functions of the state alone, so that <c>rebuild</c>, which
/// folds every stream again, gives the same rows.
/// </summary>
/// <typeparam name="TState">The folded facts; null before the first event.</typeparam>
/// <typeparam name="TEvent">An abstract record whose nested records are the events.</typeparam>
public abstract class Book<TState, TEvent> : Book
    where TState : class
    where TEvent : class
{
    /// <summary>The next state. <paramref name="at"/> and <paramref name="author"/> are the log's.</summary>
    public abstract TState Fold(TState? state, TEvent happened, DateTimeOffset at, string author);

    /// <summary>The current rows of a stream at <paramref name="version"/>.</summary>
    public abstract IEnumerable<RowChange> Rows(Guid id, int version, TState state);

    /// <summary>What this state holds alone. Differences between two states claim and release by themselves.</summary>
    public virtual IEnumerable<Claim> Claims(Guid id, TState state) => [];

    /// <summary>Folds a decoded event (secrets may be null).</summary>
    internal sealed override object FoldAny(object? state, object happened, DateTimeOffset at, string author) =>
        Fold((TState?)state, (TEvent)happened, at, author);

    internal sealed override IEnumerable<RowChange> RowsAny(Guid id, int version, object state) =>
        Rows(id, version, (TState)state);

    internal sealed override IEnumerable<Claim> ClaimsAny(Guid id, object state) => Claims(id, (TState)state);

    internal sealed override Type EventType => typeof(TEvent);
}

/// <summary>The untyped side of a book, for what walks over all of them (rebuild, listeners, digest).</summary>
public abstract class Book
{
    /// <summary>First part of the event kinds, as <c>complaint</c> in <c>complaint.filed</c>.</summary>
    public abstract string Prefix { get; }

    /// <summary>The tables this book's rows stand in; <c>rebuild</c> empties them first.</summary>
    public abstract IReadOnlyList<Table> Tables { get; }

    /// <summary>
    /// Names of the files its rows stand for: of each, the SHA-256 of what lies on disk. Null where it has none.
    /// </summary>
    public virtual string? FilesSql => null;

    internal abstract Type EventType { get; }
    internal abstract object FoldAny(object? state, object happened, DateTimeOffset at, string author);
    internal abstract IEnumerable<RowChange> RowsAny(Guid id, int version, object state);
    internal abstract IEnumerable<Claim> ClaimsAny(Guid id, object state);
}
