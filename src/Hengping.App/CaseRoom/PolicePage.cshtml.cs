using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.CaseRoom;

/// <summary>
/// 报案材料: where a sham dispatch served to collect personal data, what the claimant takes to the police: printed, and
/// completed and signed by hand. The house sends nothing, and notes nothing.
/// </summary>
public sealed class PolicePage(Store store) : HousePage(store)
{
    public Complaint Case { get; private set; } = null!;
    public Story? Story { get; private set; }
    public Contact? Contact { get; private set; }
    public string RespondentName { get; private set; } = "";
    public IReadOnlyList<Proof> Proofs { get; private set; } = [];

    /// <summary>Offered to the claimant and staff, where the problem says so; to the respondent never.</summary>
    public static bool IsOffered(Complaint complaint, Party reader) =>
        reader != Party.Respondent
        && Taxonomies.Taxonomies.Find(Taxonomies.Taxonomies.Current.Problems, complaint.Problem) is { Police: true };

    public async Task<IActionResult> OnGet(string number)
    {
        if (Me is null)
            return ToSignIn();
        var id = await CaseNumbers.Find(Store, number, Ct);
        if (
            (await Store.Load(ComplaintBook.Instance, id, Ct)).State is not { } found
            || CaseAccess.PartyOf(found, Me) is not { } party
            || !IsOffered(found, party)
        )
            return NotFound();
        if (Me.IsStaff)
            await AccessBook.Instance.Note(Store, id, Me, Ct);
        Case = found;
        var filed = (ComplaintEvent.Filed)(await Store.ReadStory(ComplaintBook.Instance, id, Ct))[0].Event;
        (Story, Contact) = (filed.Story, filed.Contact);
        RespondentName = (await MerchantDirectory.Find(Store, found.Respondent, Ct))?.Name ?? "";
        Proofs = await CaseNumbers.Proofs(Store, id, Me, Ct);
        return Page();
    }
}
