using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.App.Reports;
using Hengping.Rules.Complaints;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Intake;

/// <summary>回执: number, who has it, by when, and the link to keep.</summary>
public sealed class ReceiptPage(Store store, SiteAddress site) : HousePage(store)
{
    /// <summary>Where number and code of a report filed with it wait, sealed, in the reader's own cookie.</summary>
    public const string ReportKey = "report-beside";

    public string Number { get; private set; } = "";

    /// <summary>Once, when a report was filed with it.</summary>
    public ReportPair? Report { get; private set; }
    public DateTimeOffset? ScreenBy { get; private set; }

    /// <summary>What is promised where somebody was hurt or is in danger.</summary>
    public SafetyReceipt? Safety { get; private set; }
    public string RespondentName { get; private set; } = "";
    public string Link => site.Shown($"/cases/{Number}");

    public async Task<IActionResult> OnGet(string number)
    {
        if (Me is null)
            return ToSignIn();
        var loaded = await Store.Load(ComplaintBook.Instance, await CaseNumbers.Find(Store, number, Ct), Ct);
        if (loaded.State is not { } complaint || CaseAccess.PartyOf(complaint, Me) != Party.Claimant)
            return NotFound();
        // The earliest day is no promise: until the calendar comes the receipt says what is waited for.
        var isKnown = complaint.NoteOf("screening")?.Provisional != true;
        (Number, ScreenBy) = (complaint.Number, isKnown ? complaint.ScreenBy : null);
        Safety = SafetyReceipt.Of(complaint);
        Response.Headers.CacheControl = "no-cache, no-store";
        Response.Headers.Pragma = "no-cache";
        Report = ReportPair.TakeFrom(TempData[ReportKey]);
        RespondentName = (await MerchantDirectory.Find(Store, complaint.Respondent, Ct))?.Name ?? "";
        return Page();
    }
}
