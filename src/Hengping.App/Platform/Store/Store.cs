using System.Data.Common;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>Where a store lives.</summary>
/// <param name="Data">Directory of files; holds the SQLite database where <paramref name="Postgres"/> is null.</param>
/// <param name="Postgres">Connection string, or null for embedded SQLite.</param>
/// <param name="Keys">Directory of the key ring.</param>
/// <param name="NewKeys">A new ring may take the place of the store's own, which is gone for good.</param>
/// <param name="TakesOver">Another store that has these directories is gone for good.</param>
public sealed record StorePlace(
    string Data,
    string? Postgres,
    string Keys,
    bool NewKeys = false,
    bool TakesOver = false
)
{
    /// <summary>Somebody made a store here, or named a database: who only wants to look makes none.</summary>
    public bool IsMade => Postgres is not null || File.Exists(SqliteEngine.FileIn(Data));
}

/// <summary>A stream as it stands: the decision is taken on it, the commit expects its version.</summary>
/// <param name="KeySlot">The stream's key; 0 where it has none yet: its first change makes one.</param>
/// <param name="Prints">The set that prints in the state were made with; null where there are none.</param>
public sealed record Loaded<TState>(Guid Id, int Version, long KeySlot, TState? State, Prints? Prints = null)
    where TState : class;

/// <summary>One decoded event of a stream's story, secrets unsealed where their key still exists.</summary>
public sealed record StoryEvent<TEvent>(
    int Version,
    TEvent Event,
    DateTimeOffset At,
    DateTimeOffset RecordedAt,
    string Author
);

/// <summary>The event log with its current rows: one door to write (<see cref="Append"/>), plain SQL to read.</summary>
public sealed partial class Store : IAsyncDisposable
{
    private readonly Codec codec;
    private readonly Engine engine;
    private readonly TimeProvider clock;
    private readonly Writer writer;
    private readonly Pulse pulse;
    private readonly LogTail tail = new();
    private long asked;

    private Store(StorePlace place, Engine engine, KeyRing keys, House house, TimeProvider clock)
    {
        Place = place;
        this.engine = engine;
        Keys = keys;
        House = house;
        codec = new Codec(house.Books, keys);
        this.clock = clock;
        writer = new Writer(engine, keys, () => Now, () => !IsClockDoubted, Landed);
        pulse = new Pulse(this, writer);
    }

    /// <summary>Where it lives.</summary>
    public StorePlace Place { get; }

    /// <summary><c>sqlite</c> or <c>postgres</c>.</summary>
    public string EngineName => engine.Name;

    /// <summary>The key ring.</summary>
    public KeyRing Keys { get; }

    /// <summary>Now, in whole milliseconds: what events are stamped with.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>The rooms whose store it is.</summary>
    public House House { get; }

    /// <summary>How its writer is doing.</summary>
    public WriterFigures Writing => writer.Figures;

    internal IReadOnlyList<Book> Books => House.Books;

    internal Engine Engine => engine;

    /// <summary>Something was committed by this process. Raised on the writer's thread: be short.</summary>
    internal Action? Committed { get; set; }

    /// <summary>Why the clock is not to be believed, as far as somebody watches it.</summary>
    internal Func<CancellationToken, Task<Refusal?>>? ClockDoubt { get; set; }

    /// <summary>The clock was doubted when it was looked at last: nothing is forgotten for being old.</summary>
    internal bool IsClockDoubted { get; set; }

    /// <summary>How many SMS may go out within a day: <see cref="SmsBudget"/>.</summary>
    public int SmsPerDay { get; set; } = SmsBudget.PerDayDefault;

    /// <summary>For <c>bench intake</c> alone, its yardstick: appends are answered at once and kept nowhere.</summary>
    internal bool AnswersAtOnce { get; set; }

    /// <summary>Opens the store, applies schema files that are new to it, starts the writer.</summary>
    /// <exception cref="Refused">The place cannot be used: which one, and why, is said.</exception>
    public static async Task<Store> Open(StorePlace place, House house, TimeProvider clock, CancellationToken ct)
    {
        Mapping.Register();
        Engine? database = null;
        try
        {
            database = place.Postgres is null ? new SqliteEngine(place.Data) : new PostgresEngine(place.Postgres);
            await Schema.Apply(database, clock.GetUtcNow(), ct);
            var keys = await RingOfStore.Open(database, place, house, clock.GetUtcNow(), ct);
            try
            {
                await DataOfStore.Settle(database, place, ct);
            }
            catch
            {
                keys.Dispose();
                throw;
            }
            var store = new Store(place, database, keys, house, clock);
            await Reprinting.Settle(store, ct);
            await Filling.Settle(store, ct);
            return store;
        }
        catch (Exception fault)
        {
            if (database is not null)
                await database.DisposeAsync();
            if (StartFaults.OfStore(fault, place) is { } refusal)
                throw new Refused(refusal);
            throw;
        }
    }

    /// <summary>
    /// Reads and folds a stream. State null and version 0 where there is none. The state holds facts only, as a
    /// rebuild would fold it: secrets are null in what the book sees; <see cref="ReadStory"/> unseals them.
    /// </summary>
    public async Task<Loaded<TState>> Load<TState, TEvent>(Book<TState, TEvent> book, Guid id, CancellationToken ct)
        where TState : class
        where TEvent : class
    {
        TState? state = null;
        var events = await OfBook(book, id, ct);
        var prints = Keys.Prints;
        foreach (var one in events)
            state = book.Fold(state, (TEvent)Decode(one, prints), one.At, one.Author);
        return events.Count == 0
            ? new Loaded<TState>(id, 0, 0, null)
            : new Loaded<TState>(id, events[^1].Version, events[^1].KeySlot, state, prints);
    }

    /// <summary>The stream's events, decoded and unsealed, oldest first.</summary>
    public async Task<IReadOnlyList<StoryEvent<TEvent>>> ReadStory<TState, TEvent>(
        Book<TState, TEvent> book,
        Guid id,
        CancellationToken ct
    )
        where TState : class
        where TEvent : class
    {
        var events = await OfBook(book, id, ct);
        return
        [
            .. events.Select(one => new StoryEvent<TEvent>(
                one.Version,
                Decode<TEvent>(one, unseal: true),
                one.At,
                one.RecordedAt,
                one.Author
            )),
        ];
    }

    /// <summary>The event a stream begins with, unsealed; null where there is no such stream.</summary>
    public async Task<TEvent?> Beginning<TState, TEvent>(Book<TState, TEvent> book, Guid id, CancellationToken ct)
        where TState : class
        where TEvent : class =>
        await OfBook(book, id, ct) is [var first, ..] ? Decode<TEvent>(first, unseal: true) : null;

    /// <summary>
    /// The stream's events; none where the id is another kind's: an address that names a merchant where a case is
    /// asked for names nothing.
    /// </summary>
    private async Task<IReadOnlyList<StoredEvent>> OfBook(Book book, Guid id, CancellationToken ct)
    {
        var events = await Reached(() => engine.ReadStream(id, ct));
        var isOwn =
            events.Count == 0
            || (
                events[0].Kind.StartsWith(book.Prefix, StringComparison.Ordinal)
                && events[0].Kind[book.Prefix.Length] == '.'
            );
        return isOwn ? events : [];
    }

    /// <summary>Appends through the process's one queue; answers after the commit is durable.</summary>
    /// <param name="commit">At most one change of a stream.</param>
    /// <param name="ct">Leaves the queue while it waits; what was taken from it is done and answered.</param>
    /// <exception cref="StoreAway">The clock is doubted: nothing is stamped with it.</exception>
    public async Task<Outcome> Append(Commit commit, CancellationToken ct)
    {
        if (AnswersAtOnce)
            return new Outcome.Done(0);
        if (ClockDoubt is { } doubt && !ClockGate.IsOpen && await doubt(ct) is { } no)
            throw new StoreAway(no);
        var outcome = commit.Once is null ? await writer.Append(commit, ct) : await AppendOnce(commit, ct);
        // Where another store shares the ring and rotated it, every commit would lose for ever.
        if (outcome is Outcome.Raced raced)
        {
            Memory.Forget(raced.Stream);
            await Reprinting.Settle(this, ct);
        }
        return outcome;
    }

    private async Task<Outcome> AppendOnce(Commit commit, CancellationToken ct)
    {
        var outcome = await writer.Append(KeptAnswer.Sealed(commit, Keys), ct);
        return outcome is Outcome.Replayed again ? KeptAnswer.Again(again.First, commit.Once!, Keys) : outcome;
    }

    /// <summary>The answer kept under a caller's Idempotency-Key within the last 24 hours.</summary>
    public async Task<Idempotent?> Answered(string caller, string key, CancellationToken ct)
    {
        var row = await First<Answer>(
            """
            select body_hash as BodyHash, status as Status, answer as Body, location as Location
            from idempotency where caller = @caller and key = @key and at > @since
            """,
            new
            {
                caller,
                key,
                since = (Now - Writer.AnswersKept).ToUnixTimeMilliseconds(),
            },
            ct
        );
        return row is null
            ? null
            : KeptAnswer.Opened(new Idempotent(caller, key, row.BodyHash, row.Status, row.Body, row.Location), Keys);
    }

    /// <summary>
    /// Writes rows that are no facts (codes, sessions, outbox state, read models) in one transaction. Do not append
    /// inside it, nor wait for anything but the database: on SQLite everybody else waits meanwhile. It may run twice
    /// when PostgreSQL breaks a deadlock.
    /// </summary>
    public async Task<T> Write<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct)
    {
        CountAsked();
        if (!engine.WritesBeside)
            return await writer.Write(
                session => work(session.Connection, session.Transaction).GetAwaiter().GetResult(),
                ct
            );
        return await Reached(() => new ValueTask<T>(engine.Write(work, ct)));
    }

    /// <summary>
    /// Whether a write would be taken now: one that changes nothing goes through the writer's queue. Null where it is
    /// so, and this program knows the format of the store; else why not.
    /// </summary>
    public Task<Refusal?> Pulse(CancellationToken ct) => pulse.Now(ct);

    /// <summary>Decodes one stored event of a book; secrets too when <paramref name="unseal"/>.</summary>
    public TEvent Decode<TEvent>(StoredEvent stored, bool unseal)
        where TEvent : class => (TEvent)codec.Decode(stored.Kind, stored.Stream, stored.Body, unseal);

    /// <summary>What a state is folded from, with the prints of a set.</summary>
    internal object Decode(StoredEvent stored, Prints prints) =>
        codec.Decode(stored.Kind, stored.Stream, stored.Body, unseal: false, prints);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        writer.Dispose();
        await engine.DisposeAsync();
        Keys.Dispose();
    }

    private void Landed(List<StoredEvent> events)
    {
        tail.Add(events);
        foreach (var one in events)
            Memory.Forget(one.Stream);
        Committed?.Invoke();
    }

    /// <summary>Work under the log's lock, in a transaction of its own.</summary>
    internal Task<T> Alone<T>(Func<WriteSession, T> work, CancellationToken ct) => writer.Work(work, ct);

    private sealed record Answer(byte[] BodyHash, int Status, byte[] Body, string? Location);
}
