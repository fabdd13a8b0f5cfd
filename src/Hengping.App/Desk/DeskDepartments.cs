using Hengping.App.Complaints;
using Hengping.App.Design;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Desk;

/// <summary>The queue of a department: whoever belongs to one sees its cases first, and all others a choice away.
/// </summary>
public sealed partial class DeskPage
{
    /// <summary>Code of a department, <c>all</c> or <c>none</c>; absent means the reader's own.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Department { get; set; }

    /// <summary>What the queue shows.</summary>
    public DepartmentChoice OfDepartments { get; private set; } = new([], DepartmentChoice.Everything);

    /// <summary>The name of the department a case belongs to now; null where there are none.</summary>
    public string? DepartmentOf(string problem) =>
        OfDepartments.All.Count == 0 ? null
        : Rules.Operators.Departments.Of(OfDepartments.All, problem) is { } one ? DepartmentChoice.NameOf(one)
        : Texts.T("desk.department.none");

    private async Task ReadDepartments()
    {
        var all = (await house.Now(Ct))?.Departments ?? [];
        if (all.Count == 0)
            return;
        var own = await Store.First<string?>(
            "select department from accounts where id = @id",
            new { id = Me!.Account },
            Ct
        );
        var known = new DepartmentChoice(all, DepartmentChoice.Everything, all.FirstOrDefault(d => d.Code == own));
        // Who searches looks for a case wherever it stands, but in another department that was chosen for it.
        var isSearch = !string.IsNullOrWhiteSpace(Q);
        var chosen = isSearch && Department == known.Mine?.Code ? null : Department;
        OfDepartments = known with
        {
            Shown =
                known.Knows(chosen) ? chosen!
                : isSearch ? DepartmentChoice.Everything
                : known.Mine?.Code ?? DepartmentChoice.Everything,
        };
    }
}
