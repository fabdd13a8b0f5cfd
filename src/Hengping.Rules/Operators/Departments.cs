using System.Globalization;
using System.Text.RegularExpressions;
using Hengping.Rules.Fields;

namespace Hengping.Rules.Operators;

/// <summary>部门: a part of the staff, and which disputes come to it.</summary>
/// <param name="Code">What addresses and accounts name it by; it stays when the name changes.</param>
/// <param name="Problems">Codes of the list of problems.</param>
/// <param name="TakesRest">It gets what no other department takes.</param>
public sealed record Department(
    string Code,
    string NameZh,
    string NameEn,
    IReadOnlyList<string> Problems,
    bool TakesRest
);

/// <summary>A department as it is typed.</summary>
/// <param name="Place">Where it stands; the first that takes a problem gets it.</param>
/// <param name="IsRemoved">It is to go.</param>
public sealed record DepartmentDraft(
    string? Code,
    string? NameZh,
    string? NameEn,
    IReadOnlyList<string>? Problems,
    bool TakesRest,
    string? Place,
    bool IsRemoved
)
{
    /// <summary>Nothing was typed into this row.</summary>
    public bool IsBlank =>
        string.IsNullOrWhiteSpace(Code + NameZh + NameEn) && Problems is null or { Count: 0 } && !TakesRest;
}

/// <summary>
/// 分派: where a case belongs, computed from its problem and the departments of this moment and kept nowhere. So a
/// removed department leaves its cases to the next that takes them, or to the one that takes the rest.
/// </summary>
public static partial class Departments
{
    /// <summary>At most so many.</summary>
    public const int Max = 20;

    private const int NameMax = 40;

    // Words that the desk's address needs for itself.
    private static readonly string[] Reserved = ["all", "none", "mine"];

    /// <summary>Not a code.</summary>
    public static readonly Refusal BadCode = new(
        "department.code",
        "代码用2到20个小写字母、数字或连字符，以字母开头；不能是 all、none、mine",
        "A code has 2 to 20 lower-case letters, digits or hyphens, begins with a letter, and is not all, none or mine"
    );

    /// <summary>Two of one code.</summary>
    public static readonly Refusal Twice = new(
        "department.twice",
        "两个部门不能用同一个代码",
        "Two departments cannot have one code"
    );

    /// <summary>Nothing would ever come to it.</summary>
    public static readonly Refusal TakesNothing = new(
        "department.takes-nothing",
        "请至少选择一类问题，或让它接收其余案件",
        "Choose at least one problem, or let it take the rest"
    );

    /// <summary>Only one can take the rest.</summary>
    public static readonly Refusal OneRest = new(
        "department.one-rest",
        "只能有一个部门接收其余案件",
        "Only one department can take the rest"
    );

    /// <summary>More than anybody can oversee.</summary>
    public static readonly Refusal TooMany = new("department.too-many", "最多20个部门", "At most 20 departments");

    /// <summary>No such department.</summary>
    public static readonly Refusal Unknown = new("department.unknown", "没有这个部门", "There is no such department");

    /// <summary>The first department that names the problem; else the one that takes the rest; else none.</summary>
    public static Department? Of(IReadOnlyList<Department> all, string problem) =>
        all.FirstOrDefault(d => d.Problems.Contains(problem, StringComparer.Ordinal))
        ?? all.FirstOrDefault(d => d.TakesRest);

    /// <summary>
    /// Which problems come to a department, or to nobody where <paramref name="code"/> is null: those listed, or, for
    /// whoever takes the rest, all but those listed. Problems that the lists no longer know belong to the rest.
    /// </summary>
    public static (IReadOnlyList<string> Problems, bool IsAllBut) ProblemsOf(
        IReadOnlyList<Department> all,
        string? code
    )
    {
        var rest = all.FirstOrDefault(d => d.TakesRest);
        var named = all.SelectMany(d => d.Problems).Distinct(StringComparer.Ordinal);
        return rest?.Code == code
            ? ([.. named.Where(problem => Of(all, problem) != rest)], true)
            : ([.. named.Where(problem => Of(all, problem)?.Code == code)], false);
    }

    /// <summary>The departments that are typed, in their order; blank and removed rows are none.</summary>
    /// <param name="known">Codes of all problems.</param>
    public static IReadOnlyList<Department> Check(
        IReadOnlyList<DepartmentDraft> drafts,
        IReadOnlySet<string> known,
        FieldFaults faults
    )
    {
        var found = new List<(int Place, Department Department)>();
        for (var i = 0; i < drafts.Count; i++)
        {
            if (drafts[i].IsBlank || drafts[i].IsRemoved)
                continue;
            var department = Judge($"departments[{i}]", drafts[i], known, faults);
            if (found.Any(f => f.Department.Code == department.Code))
                faults.Add($"departments[{i}].code", Twice);
            if (department.TakesRest && found.Any(f => f.Department.TakesRest))
                faults.Add($"departments[{i}].problems", OneRest);
            found.Add((PlaceOf(drafts[i].Place), department));
        }
        faults.If(found.Count > Max, "", TooMany);
        return [.. found.OrderBy(f => f.Place).Select(f => f.Department)];
    }

    /// <summary>Whether nothing differs.</summary>
    public static bool IsSame(IReadOnlyList<Department> one, IReadOnlyList<Department> other) =>
        one.Count == other.Count
        && one.Zip(other)
            .All(pair =>
                pair.First with { Problems = pair.Second.Problems } == pair.Second
                && pair.First.Problems.SequenceEqual(pair.Second.Problems, StringComparer.Ordinal)
            );

    private static Department Judge(string row, DepartmentDraft draft, IReadOnlySet<string> known, FieldFaults faults)
    {
        var code = PlainText.Plain(draft.Code) ?? "";
        faults.If(!Code().IsMatch(code) || Reserved.Contains(code), row + ".code", BadCode);
        string[] problems = [.. (draft.Problems ?? []).Distinct(StringComparer.Ordinal)];
        faults.If(problems.Any(problem => !known.Contains(problem)), row + ".problems", Fault.Unknown);
        faults.If(problems.Length == 0 && !draft.TakesRest, row + ".problems", TakesNothing);
        return new Department(
            code,
            faults.Text(row + ".nameZh", PlainText.Line(draft.NameZh), min: 1, NameMax),
            faults.Text(row + ".nameEn", PlainText.Line(draft.NameEn), min: 1, NameMax),
            problems,
            draft.TakesRest
        );
    }

    private static int PlaceOf(string? typed) =>
        int.TryParse(PlainText.Plain(typed), NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? place
            : int.MaxValue;

    [GeneratedRegex("^[a-z][a-z0-9-]{1,19}$", RegexOptions.None, matchTimeoutMilliseconds: 500)]
    private static partial Regex Code();
}
