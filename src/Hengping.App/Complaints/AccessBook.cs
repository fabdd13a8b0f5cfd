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
public sealed record CaseAccess(Guid Complaint, IReadOnlyDictionary<string, DateTimeOffset> Last);

/// <summary>The log of staff access, one stream a case; shown to its claimant.</summary>
public sealed class AccessBook : Book<CaseAccess, AccessEvent>
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
    public override CaseAccess Fold(CaseAccess? state, AccessEvent happened, DateTimeOffset at, string author)
    {
        var read = (AccessEvent.Read)happened;
        var last = new Dictionary<string, DateTimeOffset>(state?.Last ?? new Dictionary<string, DateTimeOffset>())
        {
            [author] = at,
        };
        return new CaseAccess(read.Complaint, last);
    }

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, CaseAccess state) =>
        state.Last.Select(r => RowChange.Put(Reads, state.Complaint, r.Key, r.Value.ToUnixTimeMilliseconds()));

    /// <summary>
    /// SQL: the word list found something in case <c>c</c>, and no member of staff has opened it since.
    /// </summary>
    public const string Unread =
        "(c.marked_at > 0 and not exists "
        + "(select 1 from case_reads r where r.complaint = c.id and r.at >= c.marked_at))";

    /// <summary>Notes that staff opened a case, before they see it.</summary>
    public static async Task Note(Store store, Guid complaint, Caller caller, CancellationToken ct)
    {
        var now = store.Now;
        var since = (now - SameReading).ToUnixTimeMilliseconds();
        // What was marked since then was not read then.
        var seen = await store.First<long?>(
            """
            select r.at from case_reads r join complaints c on c.id = r.complaint
            where r.complaint = @complaint and r.account = @account and r.at > @since
              and (c.marked_at is null or r.at >= c.marked_at)
            """,
            new
            {
                complaint,
                account = caller.Author,
                since,
            },
            ct
        );
        for (var tries = 0; seen is null && tries < TriesMax; tries++)
        {
            var loaded = await store.Load(Instance, StreamOf(complaint), ct);
            var change = store.Change(
                Instance,
                loaded,
                now,
                caller.Author,
                [new AccessEvent.Read(complaint, caller.Role)]
            );
            if (await store.Append(new Commit([change]), ct) is Outcome.Done)
                return;
            if (tries == TriesMax - 1)
                // Not noted, not shown.
                throw new Refused(Problems.Raced);
        }
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
