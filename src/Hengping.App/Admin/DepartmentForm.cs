using System.Globalization;
using Hengping.Rules.Operators;

namespace Hengping.App.Admin;

/// <summary>One department as a page shows and takes it.</summary>
public sealed class DepartmentRow
{
    public string? Code { get; set; }
    public string? NameZh { get; set; }
    public string? NameEn { get; set; }
    public string[] Problems { get; set; } = [];
    public bool TakesRest { get; set; }
    public string? Place { get; set; }
    public bool IsRemoved { get; set; }

    /// <summary>It stands already: its code is what accounts know it by, and stays.</summary>
    public bool IsKept { get; set; }

    /// <summary>The rows of what holds now, and empty ones behind them.</summary>
    public static List<DepartmentRow> Of(IReadOnlyList<Department> all, int empty) =>
        [
            .. all.Select(
                (one, index) =>
                    new DepartmentRow
                    {
                        Code = one.Code,
                        NameZh = one.NameZh,
                        NameEn = one.NameEn,
                        Problems = [.. one.Problems],
                        TakesRest = one.TakesRest,
                        Place = (index + 1).ToString(CultureInfo.InvariantCulture),
                        IsKept = true,
                    }
            ),
            .. Enumerable.Range(0, empty).Select(_ => new DepartmentRow()),
        ];

    /// <summary>As the rules take it.</summary>
    public DepartmentDraft ToDraft() =>
        new(Code, NameZh, NameEn, [.. Problems.Where(p => p is { Length: > 0 })], TakesRest, Place, IsRemoved);

    /// <summary>The rules' answer to all rows.</summary>
    public static IReadOnlyList<Department> Judge(IReadOnlyList<DepartmentRow> rows, Rules.Fields.FieldFaults faults) =>
        Departments.Check(
            [.. rows.Select(row => row.ToDraft())],
            Taxonomies.Taxonomies.Current.Problems.Select(p => p.Code).ToHashSet(StringComparer.Ordinal),
            faults
        );
}
