using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Admin;

/// <summary>运营方与文书: the set-up's answers, changed later; a changed paper is a new version.</summary>
[Authorize(Sessions.AdminOnly)]
public sealed class OperatorPage(Store store, CurrentOperator house) : HousePage(store)
{
    [BindProperty]
    public OperatorForm Form { get; set; } = new();

    /// <summary>Something was saved a moment ago.</summary>
    public bool Saved { get; private set; }

    /// <summary>What holds now.</summary>
    public Operator? Current { get; private set; }

    /// <summary>The picture there is now.</summary>
    public Logo? Logo => Current?.Logo;

    public async Task OnGet(string? did)
    {
        Saved = did == "saved";
        Current = await CurrentOperator.Load(Store, Ct);
        Form = OperatorForm.Of(Current);
    }

    public async Task<IActionResult> OnPost(IFormFile? logo, bool dropLogo)
    {
        var loaded = await Store.Load(OperatorBook.Instance, OperatorBook.Stream, Ct);
        var faults = new FieldFaults();
        Current = loaded.State;
        IReadOnlyList<OperatorEvent> described =
        [
            .. Operator.Describe(loaded.State, Form.ToDraft(), faults),
            .. await LogoDoor.Judge(logo, dropLogo, Logo, faults, Ct),
        ];
        Fault(faults.All);
        if (!faults.None)
            return Again();
        if (described.Count > 0)
        {
            if (!await house.Append(loaded, described, Me!.Author, Ct))
            {
                Fault("", Problems.Raced);
                return Again();
            }
        }
        return Redirect("/admin/operator?did=saved");
    }
}
