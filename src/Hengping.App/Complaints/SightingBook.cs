using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Complaints;

/// <summary>What is kept of a list whose rows show how cases begin.</summary>
public abstract record SightingEvent
{
    private SightingEvent() { }

    /// <summary>A member of staff saw these cases in one page of a list.</summary>
    public sealed record Listed(IReadOnlyList<Guid> Complaints, Role Role) : SightingEvent;
}

/// <summary>One page of a list that was looked at.</summary>
public sealed record Sighting(IReadOnlyList<Guid> Complaints, Role Role, string By, DateTimeOffset At);

/// <summary>
/// Which cases staff saw in lists, one stream a page: a queue that is looked at is one note, and not one a row. To look
/// at a row is not to read the case: what the word list found stays unread.
/// </summary>
public sealed class SightingBook : Book<Sighting, SightingEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly SightingBook Instance = new();

    /// <summary>Seeing a row again within this time is the same look.</summary>
    private static readonly TimeSpan SameLook = TimeSpan.FromHours(1);

    private static readonly Table<(Guid Id, Guid Complaint, Sighting Of)> Seen = new(
        "case_sightings",
        ["complaint", "sighting"],
        [
            ("complaint", ColumnType.Guid, r => r.Complaint),
            ("sighting", ColumnType.Guid, r => r.Id),
            ("account", Text, r => r.Of.By),
            ("role", Text, r => Words.Of(r.Of.Role)),
            ("at", Long, r => r.Of.At),
        ]
    );

    private sealed record Row(long At, string Role);

    /// <inheritdoc/>
    public override string Prefix => "sighting";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Seen];

    /// <inheritdoc/>
    public override Sighting Fold(Sighting? state, SightingEvent happened, DateTimeOffset at, string author)
    {
        var listed = (SightingEvent.Listed)happened;
        return new Sighting(listed.Complaints, listed.Role, author, at);
    }

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, Sighting state) =>
        state.Complaints.Select(complaint => Seen.Put((id, complaint, state)));

    /// <summary>Notes what a page of a list is about to show, in one event.</summary>
    /// <exception cref="StoreAway">It cannot be noted now.</exception>
    public async Task Note(Store store, IReadOnlyList<Guid> cases, Caller caller, CancellationToken ct)
    {
        if (cases.Count == 0)
            return;
        var known = await store.Query<Guid>(
            """
            select distinct complaint from case_sightings
            where complaint in @cases and account = @account and at > @since
            """,
            new
            {
                cases = cases.ToArray(),
                account = caller.Author,
                since = (store.Now - SameLook).ToUnixTimeMilliseconds(),
            },
            ct
        );
        IReadOnlyList<Guid> fresh = [.. cases.Except(known)];
        if (fresh.Count == 0)
            return;
        var page = await store.Load(this, StreamId.Next(), ct);
        var listed = new SightingEvent.Listed(fresh, caller.Role);
        var change = store.Change(this, page, store.Now, caller.Author, [listed]);
        if (await store.Append(new Commit([change]), ct) is not Outcome.Done)
            throw new StoreAway(StoreAway.Away);
    }

    /// <summary>When a case was seen in lists, oldest first: the first look of each role on each day.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset At, Role Role)>> Of(
        Store store,
        Guid complaint,
        CancellationToken ct
    )
    {
        var rows = await store.Query<Row>(
            "select at as At, role as Role from case_sightings where complaint = @complaint",
            new { complaint },
            ct
        );
        return
        [
            .. from row in rows
            let at = DateTimeOffset.FromUnixTimeMilliseconds(row.At)
            group at by (Shanghai.DayOf(at), row.Role) into looks
            let first = looks.Min()
            orderby first
            select (first, Words.Parse<Role>(looks.Key.Role) ?? Role.Mediator),
        ];
    }
}
