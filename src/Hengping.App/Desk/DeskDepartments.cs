using Hengping.App.Design;
using Hengping.Rules.Operators;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Desk;

/// <summary>The queue of a department: whoever belongs to one sees its cases first, and all others a choice away.
/// </summary>
public sealed partial class DeskPage
{
    private const string All = "all";
    private const string Nobodys = "none";

    /// <summary>Code of a department, <c>all</c> or <c>none</c>; absent means the reader's own.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Department { get; set; }

    public IReadOnlyList<Department> Departments { get; private set; } = [];

    /// <summary>The department the reader belongs to, where it still stands.</summary>
    public Department? Mine { get; private set; }

    /// <summary>What the queue shows: a code, <c>all</c> or <c>none</c>.</summary>
    public string Shown { get; private set; } = All;

    /// <summary>Some problems come to no department.</summary>
    public bool HasNobodys => Departments.Count > 0 && Departments.All(d => !d.TakesRest);

    /// <summary>The name of the department a case belongs to now; null where there are none.</summary>
    public string? DepartmentOf(string problem) =>
        Departments.Count == 0 ? null
        : Rules.Operators.Departments.Of(Departments, problem) is { } one ? NameOf(one)
        : Texts.T("desk.department.none");

    /// <summary>In the reader's language.</summary>
    public static string NameOf(Department one) => Texts.Pick(one.NameZh, one.NameEn);

    private async Task ReadDepartments()
    {
        Departments = (await house.Now(Ct))?.Departments ?? [];
        if (Departments.Count == 0)
            return;
        var own = await Store.First<string?>(
            "select department from accounts where id = @id",
            new { id = Me!.Account },
            Ct
        );
        Mine = Departments.FirstOrDefault(d => d.Code == own);
        // Who searches looks for a case wherever it stands, but in another department that was chosen for it.
        var isSearch = !string.IsNullOrWhiteSpace(Q);
        var chosen = isSearch && Department == Mine?.Code ? null : Department;
        var isKnown = chosen is All || (chosen is Nobodys && HasNobodys) || Departments.Any(d => d.Code == chosen);
        Shown =
            isKnown ? chosen!
            : isSearch ? All
            : Mine?.Code ?? All;
    }

    private (string Where, IReadOnlyDictionary<string, object?> Args) OfDepartment()
    {
        var args = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (Shown == All)
            return ("1 = 1", args);
        var (problems, isAllBut) = Rules.Operators.Departments.ProblemsOf(Departments, Shown == Nobodys ? null : Shown);
        var names = new List<string>(problems.Count);
        foreach (var problem in problems)
        {
            names.Add($"@problem{names.Count}");
            args[$"problem{args.Count}"] = problem;
        }
        var listed = string.Join(", ", names);
        return problems.Count == 0
            ? (isAllBut ? "1 = 1" : "1 = 0", args)
            : ($"c.problem {(isAllBut ? "not in" : "in")} ({listed})", args);
    }
}
