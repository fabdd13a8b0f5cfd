using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Reports;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Reports;

/// <summary>举报台: what is due first on top. An authority sees what was referred to it.</summary>
public sealed class ReportsPage(Store store, Law law, OwnApi ownApi, CurrentOperator house) : HousePage(store)
{
    /// <summary>Saved views; the first is where a day begins.</summary>
    public static readonly IReadOnlyList<string> Views = ["open", "received", "accepted", "ended"];

    private IReadOnlyDictionary<ReportStatus, long> counts = new Dictionary<ReportStatus, long>();

    /// <summary>A row with its clocks and how they were counted.</summary>
    public sealed record Row(ListReports.Item Item, IReadOnlyList<ShownDeadline> Deadlines);

    [BindProperty(SupportsGet = true)]
    public string View { get; set; } = "open";

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Where the list goes on.</summary>
    public string? Next { get; private set; }

    public bool IsAuthority => Me?.Role == Role.Regulator;

    /// <summary>Reports in a view.</summary>
    public long CountOf(string view) => counts.Where(row => IsIn(view, row.Key)).Sum(row => row.Value);

    public async Task<IActionResult> OnGet()
    {
        if (Me is null)
            return ToSignIn();
        if (!ownApi.May(HttpMethods.Get, "/api/v1/reports", Me.Role))
            return Forbid();
        if (IsAuthority)
            View = "ended";
        else if (!Views.Contains(View))
            View = Views[0];
        counts = await ListReports.Counts(Store, Ct);
        var statuses = Enum.GetValues<ReportStatus>().Where(status => IsIn(View, status)).ToList();
        var page = await ListReports.Of(Store, Me, new ListReports.Wanted(statuses, Size: 50, Cursor: Cursor), Ct);
        var kind = (await house.Now(Ct))?.Sign?.Kind;
        var reports = await Store.LoadSeveral(ReportBook.Instance, [.. page.Items.Select(item => item.Id)], Ct);
        Rows = [.. page.Items.Select(item => new Row(item, ReportClocks.Shown(reports[item.Id], law, kind)))];
        Next = page.Cursor;
        return Page();
    }

    private static bool IsIn(string view, ReportStatus status) =>
        view switch
        {
            "received" => status == ReportStatus.Received,
            "accepted" => status == ReportStatus.Accepted,
            "open" => status is ReportStatus.Received or ReportStatus.Accepted,
            _ => status is not (ReportStatus.Received or ReportStatus.Accepted),
        };
}
