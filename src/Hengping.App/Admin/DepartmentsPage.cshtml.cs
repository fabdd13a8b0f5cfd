using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Admin;

/// <summary>部门: which disputes come to whom. Cases belong by computation alone: nothing is moved by a change.</summary>
[Authorize(Sessions.AdminOnly)]
public sealed class DepartmentsPage(Store store, CurrentOperator house) : HousePage(store)
{
    [BindProperty]
    public List<DepartmentRow> Departments { get; set; } = [];

    /// <summary>Something was saved a moment ago.</summary>
    public bool Saved { get; private set; }

    /// <summary>Names of the problems that come to no department.</summary>
    public IReadOnlyList<string> Nobodys { get; private set; } = [];

    public async Task OnGet(string? did)
    {
        Saved = did == "saved";
        var all = (await CurrentOperator.Load(Store, Ct))?.Departments ?? [];
        Departments = DepartmentRow.Of(all, empty: 1);
        Nobodys =
        [
            .. Taxonomies
                .Taxonomies.Current.Problems.Where(p => Rules.Operators.Departments.Of(all, p.Code) is null)
                .Select(Names.Of),
        ];
    }

    public async Task<IActionResult> OnPost()
    {
        var faults = new FieldFaults();
        var typed = DepartmentRow.Judge(Departments, faults);
        Fault(faults.All);
        if (!faults.None)
            return Again();
        var loaded = await Store.Load(OperatorBook.Instance, OperatorBook.Stream, Ct);
        if (!Rules.Operators.Departments.IsSame(loaded.State?.Departments ?? [], typed))
        {
            OperatorEvent[] events = [new OperatorEvent.DepartmentsSet(typed)];
            if (!await house.Append(loaded, events, Me!.Author, Ct))
            {
                Fault("", Problems.Raced);
                return Again();
            }
        }
        return Redirect("/admin/departments?did=saved");
    }
}
