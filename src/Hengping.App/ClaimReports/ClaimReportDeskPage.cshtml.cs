using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.ClaimReports;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.ClaimReports;

/// <summary>职业索赔举报台: what is overdue and due first on top. Nothing about a claimant orders it.</summary>
public sealed class ClaimReportDeskPage(Store store) : HousePage(store)
{
    /// <summary>Saved views; the first is where a day begins.</summary>
    public static readonly IReadOnlyList<string> Views = ["open", "waits", "defect", "ended"];

    private IReadOnlyDictionary<ClaimReportStatus, long> counts = new Dictionary<ClaimReportStatus, long>();
    private long defects;

    [BindProperty(SupportsGet = true)]
    public string View { get; set; } = "open";

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public IReadOnlyList<ListClaimReports.Item> Rows { get; private set; } = [];
    public string? Next { get; private set; }

    /// <summary>Reports in a view.</summary>
    public long CountOf(string view) =>
        view == "defect" ? defects : counts.Where(row => IsIn(view, row.Key)).Sum(row => row.Value);

    public async Task<IActionResult> OnGet()
    {
        if (Me is null)
            return ToSignIn();
        if (!ClaimReportOpened.Desk.Contains(Me.Role))
            return Forbid();
        if (!Views.Contains(View))
            View = Views[0];
        (counts, defects) = await ListClaimReports.Counts(Store, Ct);
        var isDefect = View == "defect";
        var statuses = isDefect ? [] : Enum.GetValues<ClaimReportStatus>().Where(one => IsIn(View, one)).ToList();
        var page = await ListClaimReports.Of(
            Store,
            Me,
            new ListClaimReports.Wanted(statuses, isDefect, Size: 50, Cursor: Cursor),
            Ct
        );
        (Rows, Next) = (page.Items, page.Cursor);
        return Page();
    }

    private static bool IsIn(string view, ClaimReportStatus status) =>
        view switch
        {
            "open" => ClaimReportLife.IsUndecided(status) || status == ClaimReportStatus.Appealed,
            "waits" => status == ClaimReportStatus.Upheld,
            _ => !ClaimReportLife.IsOpen(status),
        };
}
