using Hengping.App.Clocks;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Appeals;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Appeals;

/// <summary>我的申诉: an appellant's own, the newest first.</summary>
public sealed class AppealsPage(Store store, Law law) : HousePage(store)
{
    private const int Size = 50;

    public IReadOnlyList<AppealRow> Rows { get; private set; } = [];

    /// <summary>Where the list goes on.</summary>
    public string? Next { get; private set; }

    public async Task<IActionResult> OnGet(string? cursor)
    {
        if (Me is null)
            return ToSignIn();
        if (!AppealOpened.Readers.Contains(Me.Role))
            return Forbid();
        if (Me.Role is not (Role.Merchant or Role.Claimant))
            return Redirect("/desk/appeals");
        (Rows, Next) = await Read(Store, law, Me, new ListAppeals.Wanted([], Size: Size, Cursor: cursor), Ct);
        return Page();
    }

    /// <summary>Rows with what they are against.</summary>
    internal static async Task<(IReadOnlyList<AppealRow> Rows, string? Next)> Read(
        Store store,
        Law law,
        Caller me,
        ListAppeals.Wanted wanted,
        CancellationToken ct
    )
    {
        var page = await ListAppeals.Of(store, me, wanted, ct);
        var turns = await AppealTurns.Of(store, law, page.Items.Select(item => item.Id), me, ct);
        var rows = new List<AppealRow>();
        foreach (var item in page.Items)
            rows.Add(await AppealRow.Of(store, me, item, ct) with { Turn = turns.GetValueOrDefault(item.Id) });
        return (rows, page.Cursor);
    }
}

/// <summary>申诉台: what goes to the front and what is due first on top.</summary>
public sealed class AppealDeskPage(Store store, Law law) : HousePage(store)
{
    private const int Size = 50;

    /// <summary>Saved views; the first is where a day begins.</summary>
    public static readonly IReadOnlyList<string> Views = ["open", "look", "back", "ended"];

    private (IReadOnlyDictionary<AppealStatus, long> Counts, long Look) counts;

    public string View { get; private set; } = Views[0];
    public IReadOnlyList<AppealRow> Rows { get; private set; } = [];

    /// <summary>Where the list goes on.</summary>
    public string? Next { get; private set; }

    /// <summary>Appeals in a view.</summary>
    public long CountOf(string view) =>
        view == "look" ? counts.Look : counts.Counts.Where(row => IsIn(view, row.Key)).Sum(row => row.Value);

    public async Task<IActionResult> OnGet(string? view, string? cursor)
    {
        if (Me is null)
            return ToSignIn();
        if (!AppealOpened.Deciders.Contains(Me.Role))
            return Forbid();
        View = view is not null && Views.Contains(view) ? view : Views[0];
        if (Me.Role != Role.Lawyer)
            counts = await ListAppeals.Counts(Store, Ct);
        AppealStatus[] statuses = View == "look" ? [] : [.. Enum.GetValues<AppealStatus>().Where(s => IsIn(View, s))];
        var wanted = new ListAppeals.Wanted(statuses, View == "look", Size, cursor);
        (Rows, Next) = await AppealsPage.Read(Store, law, Me, wanted, Ct);
        return Page();
    }

    private static bool IsIn(string view, AppealStatus status) =>
        view switch
        {
            "open" => status == AppealStatus.Submitted,
            "back" => status == AppealStatus.Refused,
            _ => !AppealLife.IsOpen(status),
        };
}
