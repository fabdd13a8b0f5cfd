using Hengping.App.Accounts;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Desk;

/// <summary>The cases of one member, as the overview of the admins leads to them: nobody else is asked for by name.
/// </summary>
public sealed partial class DeskPage
{
    private string? owner;

    /// <summary>Id of an account, or <c>none</c>: whose first contact it is.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Owner { get; set; }

    /// <summary>Their name; null where the list is everybody's.</summary>
    public string? OwnerName { get; private set; }

    private async Task ReadOwner()
    {
        if (Me!.Role != Role.Admin || string.IsNullOrEmpty(Owner))
            return;
        if (Owner == DepartmentChoice.Nobodys)
            OwnerName = Texts.T("load.nobody");
        else if (Guid.TryParse(Owner, out var id))
        {
            owner = Caller.StaffAuthor(id);
            OwnerName = (await AccountDesk.ProfileOf(Store, id, Ct))?.Name ?? Texts.T("load.gone");
        }
    }
}
