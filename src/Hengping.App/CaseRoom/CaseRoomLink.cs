using Hengping.App.Complaints;
using Hengping.App.Merchants;
using Hengping.Rules.Complaints;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.CaseRoom;

/// <summary>What the desk sees of the link of a respondent that has not enrolled, and does about it.</summary>
public sealed partial class CaseRoomPage
{
    /// <summary>The link in force or its end; null where none was made, or it is not this reader's to know.</summary>
    public AnswerLink? AnswerLink { get; private set; }

    /// <summary>The desk may send a link: the respondent has a contact and no account.</summary>
    public bool MayLink { get; private set; }

    /// <summary>Sends a new link.</summary>
    public Task<IActionResult> OnPostLink(string number) => AboutLink(number, "link", "link");

    /// <summary>Takes the link back.</summary>
    public Task<IActionResult> OnPostLinkRevoke(string number) => AboutLink(number, "link/revoke", "linkRevoked");

    private async Task<IActionResult> AboutLink(string number, string door, string did)
    {
        if (Me is null)
            return ToSignIn();
        if (!await Open(number))
            return NotFound();
        var answer = await ownApi.Post(HttpContext, CaseVerbs.Doors + door, new { id = Id }, body: null);
        if (answer.Ok)
            return await Acted(did);
        Faults[""] = answer.Title ?? "";
        return NotActed();
    }

    private async Task LookAtLink(MerchantRow? respondent)
    {
        if (!ownApi.May(HttpMethods.Post, CaseVerbs.Doors + "link", Me!.Role))
            return;
        MayLink = Case.DeliveredAt is not null && !Case.Ended && respondent is { Enrolled: false, HasContact: true };
        AnswerLink = MayLink ? await AnswerLinks.Of(Store, Id, Case.Respondent, Ct) : null;
    }
}
