using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Complaints;

/// <summary>
/// What is kept of staff opening a case. A stream of its own beside the case: reading must not race with acting.
/// </summary>
public abstract record AccessEvent
{
    private AccessEvent() { }

    /// <summary>A member of staff opened the case.</summary>
    public sealed record Read(Guid Complaint, Role Role) : AccessEvent;
}

/// <summary>Who opened one case, and when last.</summary>
public sealed record CaseReadings(Guid Complaint, IReadOnlyDictionary<string, DateTimeOffset> Last);

/// <summary>The log of staff access, one stream a case; shown to its claimant.</summary>
public sealed class AccessBook : Book<CaseReadings, AccessEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly AccessBook Instance = new();

    /// <summary>Opening it again within this time is the same reading.</summary>
    private static readonly TimeSpan SameReading = TimeSpan.FromHours(1);
    private const int TriesMax = 5;

    private static readonly Table Reads = new(
        "case_reads",
        ["complaint", "account"],
        [("complaint", ColumnType.Guid), ("account", Text), ("at", Long)]
    );

    /// <inheritdoc/>
    public override string Prefix => "access";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Reads];

    /// <inheritdoc/>
    public override CaseReadings Fold(CaseReadings? state, AccessEvent happened, DateTimeOffset at, string author)
    {
        var read = (AccessEvent.Read)happened;
        var last = new Dictionary<string, DateTimeOffset>(state?.Last ?? new Dictionary<string, DateTimeOffset>())
        {
            [author] = at,
        };
        return new CaseReadings(read.Complaint, last);
    }

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, CaseReadings state) =>
        state.Last.Select(r => RowChange.Put(Reads, state.Complaint, r.Key, r.Value.ToUnixTimeMilliseconds()));

    /// <summary>
    /// SQL: the word list found something in case <c>c</c>, and no member of staff has opened it since.
    /// </summary>
    public const string Unread =
        "(c.marked_at > 0 and not exists "
        + "(select 1 from case_reads r where r.complaint = c.id and r.at >= c.marked_at))";

    /// <summary>Notes that staff opened a case, before they see it. Not noted, not shown.</summary>
    public static Task Note(Store store, Guid complaint, Caller caller, CancellationToken ct) =>
        Note(store, [complaint], caller, ct);

    /// <summary>The same of all cases that one page shows the words of, in one commit.</summary>
    /// <exception cref="StoreAway">It cannot be noted now.</exception>
    public static async Task Note(Store store, IReadOnlyList<Guid> complaints, Caller caller, CancellationToken ct)
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var changes = new List<Change>();
            foreach (var complaint in complaints)
                if (!await IsNoted(store, complaint, caller, ct))
                    changes.Add(await NoteOf(store, complaint, caller, ct));
            if (changes.Count == 0 || await store.Append(new Commit(changes), ct) is Outcome.Done)
                return;
        }
        throw new StoreAway(StoreAway.Away);
    }

    // What was marked since then was not read then.
    private static async Task<bool> IsNoted(Store store, Guid complaint, Caller caller, CancellationToken ct) =>
        await store.First<long?>(
            """
            select r.at from case_reads r join complaints c on c.id = r.complaint
            where r.complaint = @complaint and r.account = @account and r.at > @since
              and (c.marked_at is null or r.at >= c.marked_at)
            """,
            new
            {
                complaint,
                account = caller.Author,
                since = (store.Now - SameReading).ToUnixTimeMilliseconds(),
            },
            ct
        )
            is not null;

    private static async Task<Change> NoteOf(Store store, Guid complaint, Caller caller, CancellationToken ct)
    {
        var loaded = await store.Load(Instance, StreamOf(complaint), ct);
        var read = new AccessEvent.Read(complaint, caller.Role);
        return store.Change(Instance, loaded, store.Now, caller.Author, [read]);
    }

    /// <summary>Every reading of a case, oldest first.</summary>
    public static async Task<IReadOnlyList<(DateTimeOffset At, Role Role)>> Of(
        Store store,
        Guid complaint,
        CancellationToken ct
    ) =>
        [
            .. from told in await store.Tell(Instance, StreamOf(complaint), ct)
            select (told.At, ((AccessEvent.Read)told.Event).Role),
        ];

    /// <summary>The stream beside a case: a hash of the case's id.</summary>
    private static Guid StreamOf(Guid complaint) => StreamId.Beside("access", complaint);
}
