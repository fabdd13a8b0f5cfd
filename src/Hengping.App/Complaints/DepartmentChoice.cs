using Hengping.App.Design;
using Hengping.Rules.Operators;

namespace Hengping.App.Complaints;

/// <summary>部门筛选: the choice of one department in a list of cases.</summary>
/// <param name="All">The departments of this moment.</param>
/// <param name="Shown">A code, <c>all</c> or <c>none</c>.</param>
/// <param name="Mine">The reader's own; null where they have none.</param>
public sealed record DepartmentChoice(IReadOnlyList<Department> All, string Shown, Department? Mine = null)
{
    /// <summary>Cases of all departments.</summary>
    public const string Everything = "all";

    /// <summary>Cases that come to no department.</summary>
    public const string Nobodys = "none";

    /// <summary>Some problems come to no department.</summary>
    public bool HasNobodys => All.Count > 0 && All.All(d => !d.TakesRest);

    /// <summary>Not all cases are shown.</summary>
    public bool IsNarrow => Shown != Everything;

    /// <summary>In the reader's language.</summary>
    public static string NameOf(Department one) => Texts.Pick(one.NameZh, one.NameEn);

    /// <summary>Whether a code can be chosen.</summary>
    public bool Knows(string? code) =>
        code is Everything || (code is Nobodys && HasNobodys) || All.Any(d => d.Code == code);

    /// <summary>A condition on <c>complaints c</c>.</summary>
    public (string Where, IReadOnlyDictionary<string, object?> Args) Sql()
    {
        var args = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (!IsNarrow)
            return ("1 = 1", args);
        var (problems, isAllBut) = Departments.ProblemsOf(All, Shown == Nobodys ? null : Shown);
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
