using System.Data.Common;
using System.Globalization;
using System.Text;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>A complaint's cases as the tables of the ratings hold them.</summary>
/// <param name="Course">Day by day, as <see cref="Courses"/> writes it.</param>
internal sealed record FoldedCase(CaseRow Row, string Course);

/// <summary>Cases day by day, in <c>rating_courses</c>, and from when on a merchant's snapshot may be old.</summary>
internal static class Courses
{
    private static readonly Table<FoldedCase> Table = new(
        "rating_courses",
        ["public_id"],
        [
            ("public_id", ColumnType.Text, c => c.Row.PublicId),
            ("merchant", ColumnType.Guid, c => c.Row.Merchant),
            ("side", ColumnType.Text, c => c.Row.Side),
            ("claimant", ColumnType.Guid, c => c.Row.Claimant),
            ("delivered_at", ColumnType.Long, c => c.Row.DeliveredAt),
            ("imported", ColumnType.Bool, c => c.Row.Source is not null),
            ("course", ColumnType.Text, c => c.Course),
        ]
    );

    /// <summary>As the table holds it.</summary>
    public static string Write(IReadOnlyList<CaseDay> days)
    {
        var text = new StringBuilder();
        foreach (var d in days)
            text.Append(text.Length == 0 ? "" : ";")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"{d.Day} {(int)d.Answered} {d.ScoreMilli} {(d.IsOut ? 1 : 0)} {(int)d.Touched} {Said(d)} "
                )
                .Append(d.RecoveredCents);
        return text.ToString();
    }

    /// <summary>As <see cref="Write"/> wrote it.</summary>
    public static CaseDay[] Read(string course) =>
        Array.ConvertAll(
            course.Split(';'),
            one =>
            {
                var n = Array.ConvertAll(one.Split(' '), part => long.Parse(part, CultureInfo.InvariantCulture));
                return new CaseDay(
                    n[0],
                    (Answered)n[1],
                    (int)n[2],
                    n[3] == 1,
                    (Touches)n[4],
                    n[5] == 0 ? null : (Resolved)(n[5] - 1),
                    n[6]
                );
            }
        );

    /// <summary>Keeps courses, and notes when their merchants must be looked at again.</summary>
    /// <param name="firstHeard">The first day an event of a complaint was heard of now.</param>
    public static async Task Keep(
        IReadOnlyList<FoldedCase> cases,
        IReadOnlyDictionary<Guid, long> firstHeard,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        await Bulk.Put(transaction, Table, cases, ct);
        // What was loaded from a source is shown at once, all else from the next day on.
        var todo = cases
            .Select(c => c.Row)
            .GroupBy(r => (r.Merchant, r.Side))
            .Select(g =>
                new object?[]
                {
                    g.Key.Merchant,
                    g.Key.Side,
                    g.Min(r => firstHeard[r.Complaint] + (r.Source is null ? 1 : 0)),
                    1L,
                }
            )
            .ToList();
        await Bulk.Each(
            transaction,
            """
            insert into rating_snapshots (merchant, side, todo, heard) values {0}
            on conflict (merchant, side) do update set heard = rating_snapshots.heard + 1,
              todo = case when excluded.todo < rating_snapshots.todo then excluded.todo else rating_snapshots.todo end
            """,
            todo,
            read: null,
            ct
        );
    }

    private static int Said(in CaseDay day) => day.Resolved is { } said ? (int)said + 1 : 0;
}
