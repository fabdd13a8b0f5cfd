using System.Collections.Frozen;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>
/// Keeps <c>rating_cases</c> and their roll-ups. A complaint is folded again from its whole stream and a dirty cell is
/// summed again from its cases, so hearing an event twice changes nothing.
/// </summary>
public sealed class RatingsListener : Listener
{
    /// <summary>The one instance.</summary>
    public static readonly RatingsListener Instance = new();

    /// <summary>Events that move a case; the others are not even decoded.</summary>
    private static readonly FrozenSet<string> Moving = ComplaintBook.Instance.KindsOf(
        typeof(ComplaintEvent.Delivered),
        typeof(ComplaintEvent.ContestDecided),
        typeof(ComplaintEvent.Replied),
        typeof(ComplaintEvent.OfferMade),
        typeof(ComplaintEvent.ValidityDecided),
        typeof(ComplaintEvent.Scored),
        typeof(ComplaintEvent.Excluded),
        typeof(ComplaintEvent.Included),
        typeof(ComplaintEvent.Returned),
        typeof(ComplaintEvent.Declined),
        typeof(ComplaintEvent.Terminated),
        typeof(ComplaintEvent.Withdrawn),
        typeof(ComplaintEvent.Closed)
    );

    private static readonly string Filed = ComplaintBook.Instance.KindOf<ComplaintEvent.Filed>();
    private static readonly string Published = ListBook.Instance.KindOf<ListEvent.Published>();

    /// <inheritdoc/>
    public override string Name => "ratings";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Prefixes => [ComplaintBook.Instance.Kinds, ListBook.Instance.Kinds];

    /// <inheritdoc/>
    public override async Task Hear(
        Store store,
        IReadOnlyList<StoredEvent> batch,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        // What a list tells live views tell from then on.
        if (batch.Any(e => e.Kind == Published))
            await Snapshots.Renew(db, transaction);
        var moved = batch.Where(e => Moving.Contains(e.Kind)).Select(e => e.Stream).Distinct().ToList();
        if (moved.Count == 0)
            return;
        var folded = await Fold(store, moved, transaction, ct);
        if (folded.Count == 0)
            return;
        var firstHeard = batch
            .Where(e => Moving.Contains(e.Kind))
            .GroupBy(e => e.Stream)
            .ToDictionary(e => e.Key, e => e.Min(one => Cells.DayOf(one.At)));
        await Courses.Keep(folded, firstHeard, transaction, ct);
        var now = folded.ConvertAll(one => one.Row);
        var before = await Before(moved, transaction, ct);
        var changed = now.Where(row => !Same(row, before.GetValueOrDefault(row.PublicId))).ToList();
        if (changed.Count == 0)
            return;
        await Bulk.Put(transaction, CaseRow.Table, changed, ct);
        var dirty = changed
            .Concat(changed.Select(r => before.GetValueOrDefault(r.PublicId)).OfType<CaseRow>())
            .Select(r => (r.Merchant, r.Side, r.Day))
            .ToHashSet();
        await Cells.Renew(dirty, transaction, ct);
    }

    /// <inheritdoc/>
    public override async Task Forget(DbConnection db, DbTransaction transaction) =>
        await db.ExecuteAsync(
            """
            delete from rating_cells; delete from rating_cases;
            delete from rating_shown; delete from rating_snapshots; delete from rating_courses
            """,
            transaction: transaction
        );

    /// <summary>The cases of one complaint as they stood at an instant.</summary>
    internal static async Task<IEnumerable<CaseRow>> FoldOne(
        Store store,
        Guid complaint,
        DateTimeOffset until,
        CancellationToken ct
    )
    {
        var all = await store.Query<EventRow>(
            $"select {EventRow.Columns} from events where stream = @complaint order by version",
            new { complaint },
            ct
        );
        var heard = all.Where(e => IsHeard(e.Kind)).Select(e => e.ToStored()).Where(e => e.At <= until);
        return RowsOf(store, [.. heard]).Select(one => one.Row);
    }

    /// <summary>The cases of some complaints, folded from all their events.</summary>
    private static async Task<List<FoldedCase>> Fold(
        Store store,
        IReadOnlyList<Guid> complaints,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        var rows = new List<FoldedCase>();
        var story = new List<StoredEvent>();
        Func<DbDataReader, EventRow>? parse = null;
        await Bulk.Each(
            transaction,
            """
            select e.stream, e.version, e.kind, e.at, e.author, e.body
            from (values {0}) v cross join events e where e.stream = v.column1 order by e.stream, e.version
            """,
            complaints.Select(id => new object?[] { id }).ToList(),
            reader =>
            {
                var one = (parse ??= reader.GetRowParser<EventRow>())(reader);
                if (story.Count > 0 && story[0].Stream != one.Stream)
                {
                    rows.AddRange(RowsOf(store, story));
                    story.Clear();
                }
                if (IsHeard(one.Kind))
                    story.Add(one.ToStored());
                return Task.CompletedTask;
            },
            ct
        );
        rows.AddRange(RowsOf(store, story));
        return rows;
    }

    private static bool IsHeard(string kind) => kind == Filed || Moving.Contains(kind);

    private static IEnumerable<FoldedCase> RowsOf(Store store, List<StoredEvent> story)
    {
        if (story.Count == 0)
            return [];
        RatingFacts? facts = null;
        var courses = new CourseFold();
        foreach (var one in story)
        {
            var happened = store.Decode<ComplaintEvent>(one, unseal: false);
            facts = RatingFacts.Fold(facts, happened, one.At, one.Version, one.Author);
            courses.Add(facts, one.At);
        }
        var words = WordsOf(facts!);
        return facts!
            .Cases.Select(c => new FoldedCase(
                CaseRow.Of(story[0].Stream, c, words, story[^1].At),
                Courses.Write(courses[c.PublicId])
            ))
            .ToList();
    }

    private static CaseWords WordsOf(RatingFacts facts)
    {
        var filed = facts.Filed;
        var side = CaseRow.SideWord(facts.Side);
        var band = filed?.Amount is { } sum
            ? Taxonomies.Taxonomies.Current.AmountBands.FirstOrDefault(b =>
                (b.Side is null || b.Side == side) && sum >= b.Lo && (b.Hi is null || sum < b.Hi)
            )
            : null;
        return new CaseWords(
            filed?.Sector,
            filed?.Problem,
            filed?.Province,
            band?.Code,
            facts.Resolved?.ToString().ToLowerInvariant(),
            facts.Recovered?.ToString(CultureInfo.InvariantCulture),
            filed?.Imported?.Source
        );
    }

    private static async Task<Dictionary<string, CaseRow>> Before(
        List<Guid> complaints,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        var rows = new Dictionary<string, CaseRow>(StringComparer.Ordinal);
        Func<DbDataReader, CaseRow>? parse = null;
        await Bulk.Each(
            transaction,
            $$"""
            select {{CaseRow.Columns}}
            from (values {0}) v cross join rating_cases c where c.complaint = v.column1
            """,
            complaints.Select(id => new object?[] { id }).ToList(),
            reader =>
            {
                var row = (parse ??= reader.GetRowParser<CaseRow>())(reader);
                rows[row.PublicId] = row;
                return Task.CompletedTask;
            },
            ct
        );
        return rows;
    }

    private static bool Same(CaseRow row, CaseRow? before) => before is not null && CaseRow.Same(row, before);
}
