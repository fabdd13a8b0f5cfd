using Hengping.Rules.Accounts;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Platform;

/// <summary>Who opened one thing, and when last.</summary>
public sealed record Readings(Guid Of, IReadOnlyDictionary<string, DateTimeOffset> Last);

/// <summary>
/// Who opened what: a stream of its own beside each thing, so that reading never races with acting. Not noted, not
/// shown.
/// </summary>
/// <param name="prefix">Also what the streams' ids are made from.</param>
/// <param name="of">The column that holds what was read.</param>
public abstract class ReadingsBook<TEvent>(string prefix, string table, string of) : Book<Readings, TEvent>
    where TEvent : class
{
    private const int TriesMax = 5;

    /// <summary>Opening it again within this time is the same reading.</summary>
    private static readonly TimeSpan SameReading = TimeSpan.FromHours(1);

    private readonly Table<(Guid Of, string By, DateTimeOffset At)> reads = new(
        table,
        [of, "account"],
        [(of, ColumnType.Guid, r => r.Of), ("account", Text, r => r.By), ("at", Long, r => r.At)]
    );

    /// <inheritdoc/>
    public sealed override string Prefix => prefix;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Table> Tables => [reads];

    /// <summary>SQL about row <c>r</c> of the readings: what it saw is what there is to see.</summary>
    protected virtual string Fresh => "1 = 1";

    /// <summary>The event of a reading.</summary>
    protected abstract TEvent EventOf(Guid of, Role role);

    /// <summary>What an event says.</summary>
    protected abstract (Guid Of, Role Role) ReadIn(TEvent happened);

    /// <inheritdoc/>
    public sealed override Readings Fold(Readings? state, TEvent happened, DateTimeOffset at, string author) =>
        new(
            ReadIn(happened).Of,
            new Dictionary<string, DateTimeOffset>(state?.Last ?? new Dictionary<string, DateTimeOffset>())
            {
                [author] = at,
            }
        );

    /// <inheritdoc/>
    public sealed override IEnumerable<RowChange> Rows(Guid id, int version, Readings state) =>
        state.Last.Select(last => reads.Put((state.Of, last.Key, last.Value)));

    /// <summary>Notes that something is opened, before it is shown.</summary>
    public Task Note(Store store, Guid read, Caller caller, CancellationToken ct) => Note(store, [read], caller, ct);

    /// <summary>The same of all that one page shows, in one commit.</summary>
    /// <exception cref="StoreAway">It cannot be noted now.</exception>
    public async Task Note(Store store, IReadOnlyList<Guid> read, Caller caller, CancellationToken ct)
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var changes = new List<Change>();
            foreach (var one in read)
                if (!await IsNoted(store, one, caller, ct))
                    changes.Add(await NoteOf(store, one, caller, ct));
            if (changes.Count == 0 || await store.Append(new Commit(changes), ct) is Outcome.Done)
                return;
        }
        throw new StoreAway(StoreAway.Away);
    }

    /// <summary>Readings of before, of a thing of which none is noted yet.</summary>
    public Change Past(Store store, Guid read, IEnumerable<(DateTimeOffset At, string By, Role Role)> readings) =>
        store.Change(
            this,
            new Loaded<Readings>(StreamOf(read), 0, 0, null),
            [.. readings.Select(one => new Stamped<TEvent>(EventOf(read, one.Role), one.At, one.By))]
        );

    /// <summary>Every reading, oldest first.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset At, Role Role)>> Of(Store store, Guid read, CancellationToken ct) =>
        [.. from one in await store.ReadStory(this, StreamOf(read), ct) select (one.At, ReadIn(one.Event).Role)];

    private async Task<bool> IsNoted(Store store, Guid read, Caller caller, CancellationToken ct) =>
        await store.First<long?>(
            $"select r.at from {table} r where r.{of} = @read and r.account = @account and r.at > @since and {Fresh}",
            new
            {
                read,
                account = caller.Author,
                since = (store.Now - SameReading).ToUnixTimeMilliseconds(),
            },
            ct
        )
            is not null;

    private async Task<Change> NoteOf(Store store, Guid read, Caller caller, CancellationToken ct)
    {
        var loaded = await store.Load(this, StreamOf(read), ct);
        return store.Change(this, loaded, store.Now, caller.Author, [EventOf(read, caller.Role)]);
    }

    /// <summary>The stream beside something: a hash of its id.</summary>
    private Guid StreamOf(Guid read) => StreamId.Beside(prefix, read);
}
