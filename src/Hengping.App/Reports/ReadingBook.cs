using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Reports;

/// <summary>What is kept of somebody opening a report: a stream beside it, so that reading never races with acting.
/// </summary>
public abstract record ReadingEvent
{
    private ReadingEvent() { }

    /// <summary>Staff, or the authority it was referred to, opened the report.</summary>
    public sealed record Opened(Guid Report, Role Role) : ReadingEvent;
}

/// <summary>Who opened one report, and when last.</summary>
public sealed record Readings(Guid Report, IReadOnlyDictionary<string, DateTimeOffset> Last);

/// <summary>The log of readings, one stream a report.</summary>
public sealed class ReadingBook : Book<Readings, ReadingEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly ReadingBook Instance = new();

    /// <summary>Opening it again within this time is the same reading.</summary>
    private static readonly TimeSpan SameReading = TimeSpan.FromHours(1);

    private static readonly Table Reads = new(
        "report_reads",
        ["report", "account"],
        [("report", ColumnType.Guid), ("account", Text), ("at", Long)]
    );

    /// <inheritdoc/>
    public override string Prefix => "reading";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Reads];

    /// <inheritdoc/>
    public override Readings Fold(Readings? state, ReadingEvent happened, DateTimeOffset at, string author) =>
        new(
            ((ReadingEvent.Opened)happened).Report,
            new Dictionary<string, DateTimeOffset>(state?.Last ?? new Dictionary<string, DateTimeOffset>())
            {
                [author] = at,
            }
        );

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, Readings state) =>
        state.Last.Select(r => RowChange.Put(Reads, state.Report, r.Key, r.Value.ToUnixTimeMilliseconds()));

    /// <summary>Notes that a report is opened, before it is shown.</summary>
    /// <exception cref="StoreAway">It cannot be noted now.</exception>
    public static async Task Note(Store store, Guid report, Caller caller, CancellationToken ct)
    {
        var now = store.Now;
        for (var tries = 0; tries < 5; tries++)
        {
            var loaded = await store.Load(Instance, StreamOf(report), ct);
            if (loaded.State?.Last.TryGetValue(caller.Author, out var last) == true && now - last < SameReading)
                return;
            var opened = new ReadingEvent.Opened(report, caller.Role);
            var change = store.Change(Instance, loaded, now, caller.Author, [opened]);
            if (await store.Append(new Commit([change]), ct) is Outcome.Done)
                return;
        }
        throw new StoreAway(StoreAway.Away);
    }

    /// <summary>Every reading, oldest first.</summary>
    public static async Task<IReadOnlyList<(DateTimeOffset At, Role Role)>> Of(
        Store store,
        Guid report,
        CancellationToken ct
    ) =>
        [
            .. from told in await store.Tell(Instance, StreamOf(report), ct)
            select (told.At, ((ReadingEvent.Opened)told.Event).Role),
        ];

    /// <summary>The stream beside a report: a hash of its id.</summary>
    private static Guid StreamOf(Guid report) => StreamId.Beside("reading", report);
}
