using Hengping.App.Accounts;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Operators;

namespace Hengping.App.Desk;

/// <summary>What waits for the desk, or for a part of it.</summary>
/// <param name="Link">The list that shows it.</param>
/// <param name="Open">Cases in that list.</param>
/// <param name="Late">Those of them whose deadline is over.</param>
public sealed record LoadLine(string Name, string Link, long Open, long Late)
{
    /// <summary>The list of those that are late.</summary>
    public string LateLink => Link + "&late=1";
}

/// <summary>
/// 工作量: the desk's queue as an admin looks over it. Each number is that of the list it links to. Counted from what
/// is open, by the index that holds only that.
/// </summary>
/// <param name="Departments">Empty where there are none.</param>
/// <param name="Members">Whose first contact it is; the most loaded first.</param>
public sealed record DeskLoad(LoadLine All, IReadOnlyList<LoadLine> Departments, IReadOnlyList<LoadLine> Members)
{
    private const string Queue = "/desk?view=queue&department=";

    private sealed record Row(string Problem, string Owner, long Cases, long Late);

    /// <summary>As it is now.</summary>
    public static async Task<DeskLoad> Read(
        Store store,
        IReadOnlyList<Department> departments,
        Guid me,
        CancellationToken ct
    )
    {
        var rows = await Rows(store, ct);
        var all = Line("", Queue + "all", rows);
        var parts = departments
            .Select(d => (d.Code, Name: Texts.Pick(d.NameZh, d.NameEn)))
            .Append((Code: "none", Name: Texts.T("desk.department.none")))
            .Select(d =>
                Line(
                    d.Name,
                    Queue + d.Code,
                    rows.Where(r => (Rules.Operators.Departments.Of(departments, r.Problem)?.Code ?? "none") == d.Code)
                )
            )
            .Where(line =>
                departments.Count > 0 && (line.Open > 0 || !line.Link.EndsWith("none", StringComparison.Ordinal))
            );
        return new DeskLoad(all, [.. parts], await MembersOf(store, rows, me, ct));
    }

    private static Task<IReadOnlyList<Row>> Rows(Store store, CancellationToken ct) =>
        KeptAWhile.Read(
            store,
            "desk-load",
            () =>
                store.Query<Row>(
                    $"""
                    select c.problem as Problem, coalesce(c.first_owner, '') as Owner, count(*) as Cases,
                           cast(sum(case when {DeskSql.Late} then 1 else 0 end) as bigint) as Late
                    from complaints c where {DeskSql.Live} and {DeskSql.Todo}
                    group by c.problem, coalesce(c.first_owner, '')
                    """,
                    new { now = store.Now.ToUnixTimeMilliseconds() },
                    ct
                ),
            summed => summed.Sum(row => row.Cases)
        );

    private static async Task<IReadOnlyList<LoadLine>> MembersOf(
        Store store,
        IReadOnlyList<Row> rows,
        Guid me,
        CancellationToken ct
    )
    {
        var staff = (await StaffList.Read(store, me, ct))
            .Where(one => CaseSides.Desk.Roles.Contains(one.State.Role))
            .ToDictionary(one => Caller.StaffAuthor(one.Id), one => one.Profile?.Name, StringComparer.Ordinal);
        var members = staff.Keys.Union(
            rows.Select(r => r.Owner).Where(owner => owner.Length > 0),
            StringComparer.Ordinal
        );
        var nobodys = Line(Texts.T("load.nobody"), Queue + "all&owner=none", rows.Where(r => r.Owner.Length == 0));
        return
        [
            .. nobodys.Open > 0 ? [nobodys] : Array.Empty<LoadLine>(),
            .. members
                .Select(owner =>
                    Line(
                        staff.GetValueOrDefault(owner) ?? Texts.T("load.gone"),
                        $"{Queue}all&owner={DecisionBook.AccountOf(owner)}",
                        rows.Where(r => r.Owner == owner)
                    )
                )
                .OrderByDescending(line => line.Open)
                .ThenBy(line => line.Name, StringComparer.Ordinal),
        ];
    }

    private static LoadLine Line(string name, string link, IEnumerable<Row> rows)
    {
        var of = rows.ToList();
        return new LoadLine(name, link, of.Sum(r => r.Cases), of.Sum(r => r.Late));
    }
}
