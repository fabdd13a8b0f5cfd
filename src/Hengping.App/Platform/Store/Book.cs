using System.Collections.Frozen;
using System.Text.Json;

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

    /// <summary>What this state holds alone. What differs between two states is reserved and released by itself.
    /// </summary>
    public virtual IEnumerable<Reservation> Reservations(Guid id, TState state) => [];

    /// <summary>Whether prints are made of what is sealed in this event, so that it is opened wherever it is read.
    /// </summary>
    public virtual bool IsPrinted(TEvent happened) => false;

    /// <summary>The event, opened, with its prints; without them where its key is gone.</summary>
    public virtual TEvent Printed(TEvent happened, Prints prints) => happened;

    /// <summary>The kind of an event, as the log holds it.</summary>
    public string KindOf<T>()
        where T : TEvent => KindOf(typeof(T));

    internal sealed override bool IsPrintedAny(object happened) => IsPrinted((TEvent)happened);

    internal sealed override object PrintedAny(object happened, Prints prints) => Printed((TEvent)happened, prints);

    /// <summary>Folds a decoded event (secrets may be null).</summary>
    internal sealed override object FoldAny(object? state, object happened, DateTimeOffset at, string author) =>
        Fold((TState?)state, (TEvent)happened, at, author);

    internal sealed override IEnumerable<RowChange> RowsAny(Guid id, int version, object state) =>
        Rows(id, version, (TState)state);

    internal sealed override IEnumerable<Reservation> ReservationsAny(Guid id, object state) =>
        Reservations(id, (TState)state);

    internal sealed override Type EventType => typeof(TEvent);
}

/// <summary>The untyped side of a book, for what walks over all of them (rebuild, listeners, digest).</summary>
public abstract class Book
{
    /// <summary>First part of the event kinds, as <c>complaint</c> in <c>complaint.filed</c>.</summary>
    public abstract string Prefix { get; }

    /// <summary>How all of its kinds begin.</summary>
    public string Kinds => Prefix + ".";

    /// <summary>The tables this book's rows stand in; <c>rebuild</c> empties them first.</summary>
    public abstract IReadOnlyList<Table> Tables { get; }

    /// <summary>
    /// SQL: the streams whose rows or claims hold prints of persons' values, to be made again under new print keys.
    /// Null where none do.
    /// </summary>
    internal virtual string? PrintedStreams => null;

    /// <summary>
    /// SQL: the streams whose rows lack what a newer column holds; an index answers it, for each opening asks. Null
    /// where there is no such column.
    /// </summary>
    internal virtual string? UnfilledStreams => null;

    /// <summary>The scopes of claims that are such prints.</summary>
    internal virtual IReadOnlyList<string> PrintedScopes => [];

    /// <summary>
    /// Names of the files its rows stand for: of each, the SHA-256 of what lies on disk. Null where it has none.
    /// </summary>
    public virtual string? FilesSql => null;

    internal abstract Type EventType { get; }

    internal IEnumerable<Type> EventTypes =>
        EventType.GetNestedTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(EventType));

    /// <summary>The kind of an event's type, as the log holds it.</summary>
    internal string KindOf(Type type) =>
        type.DeclaringType == EventType
            ? $"{Prefix}.{JsonNamingPolicy.CamelCase.ConvertName(type.Name)}"
            : throw new ArgumentException($"{type} is no event of {Prefix}.", nameof(type));

    /// <summary>The kinds of several types.</summary>
    internal FrozenSet<string> KindsOf(params IEnumerable<Type> types) =>
        types.Select(KindOf).ToFrozenSet(StringComparer.Ordinal);

    internal abstract bool IsPrintedAny(object happened);
    internal abstract object PrintedAny(object happened, Prints prints);
    internal abstract object FoldAny(object? state, object happened, DateTimeOffset at, string author);
    internal abstract IEnumerable<RowChange> RowsAny(Guid id, int version, object state);
    internal abstract IEnumerable<Reservation> ReservationsAny(Guid id, object state);
}
