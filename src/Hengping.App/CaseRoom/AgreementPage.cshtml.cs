using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hengping.App.CaseRoom;

/// <summary>和解协议书: what was agreed, on a page to print or to keep as PDF; for its parties and staff.</summary>
[Prints]
public sealed class AgreementPage(Store store, CurrentOperator house, PaperPress press) : HousePage(store)
{
    /// <summary>This machine can make a PDF; elsewhere a browser prints one.</summary>
    public bool HasPdf => press.Program is not null;

    public Complaint Case { get; private set; } = null!;
    public Agreement Agreed { get; private set; } = null!;
    public string RespondentName { get; private set; } = "";

    /// <summary>The whole name for the claimant and staff; the surname for the respondent.</summary>
    public string ClaimantName { get; private set; } = "";
    public string? OrderNo { get; private set; }
    public string OperatorName { get; private set; } = "";

    /// <summary>Where it can be checked.</summary>
    public string Address => $"{Request.Scheme}://{Request.Host}/cases/{Case.Number}/agreement";

    /// <summary>The same as a file.</summary>
    public async Task<IActionResult> OnGetPdf(string number)
    {
        if (await OnGet(number, pdf: null) is not PageResult page)
            return NotFound();
        var here = $"/cases/{Case.Number}/agreement";
        if (!HasPdf)
            return Redirect(here + "?pdf=failed");
        PrintsAttribute.Ask(HttpContext, $"hengping-{Case.Number}.pdf", here);
        return page;
    }

    public async Task<IActionResult> OnGet(string number, string? pdf)
    {
        if (pdf == "failed")
            Fault("", PaperPress.Failed);
        if (Me is null)
            return ToSignIn();
        var id = await CaseNumbers.Find(Store, number, Ct);
        if (
            (await Store.Load(ComplaintBook.Instance, id, Ct)).State is not { } found
            || CaseAccess.PartyOf(found, Me) is not { } reader
        )
            return NotFound();
        var story = await Store.ReadStory(ComplaintBook.Instance, id, Ct);
        if (Agreement.Of(found, story, reader) is not { } agreed)
            return NotFound();
        if (Me.IsStaff)
            await AccessBook.Instance.Note(Store, id, Me, Ct);
        (Case, Agreed) = (found, agreed);
        var filed = (ComplaintEvent.Filed)story[0].Event;
        OrderNo = filed.Story?.OrderNo;
        ClaimantName =
            filed.Contact?.Name is not { Length: > 0 } name ? Texts.T("case.claimant.erased")
            : reader == Party.Respondent ? Texts.T("case.surname", PersonName.Surname(name))
            : name;
        RespondentName = (await MerchantDirectory.Find(Store, found.Respondent, Ct))?.Name ?? "";
        OperatorName = (await house.Now(Ct))?.Sign is { } sign
            ? Texts.Pick(sign.NameZh, sign.NameEn)
            : Templates.NameOf(Texts.English ? "en" : "zh");
        return Page();
    }
}
