using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.ClaimReports;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.ClaimReports;

/// <summary>举报记录: a shop's own at <c>/merchant/claim-reports</c>, those about a person by the link of <c>/me</c>.
/// </summary>
public sealed class OwnClaimReportsPage(Store store, CurrentOperator house) : HousePage(store)
{
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public IReadOnlyList<ListClaimReports.Item> Rows { get; private set; } = [];
    public string? Next { get; private set; }

    /// <summary>This house takes such reports.</summary>
    public bool MayReport { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        if (Me is null)
            return ToSignIn();
        if (Me.Role is not (Role.Merchant or Role.Claimant))
            return Forbid();
        MayReport = ClaimReportPower.Why((await house.Now(Ct))?.Sign?.Kind) is null;
        var page = await ListClaimReports.Of(Store, Me, new ListClaimReports.Wanted([], Size: 30, Cursor: Cursor), Ct);
        (Rows, Next) = (page.Items, page.Cursor);
        return Page();
    }
}
