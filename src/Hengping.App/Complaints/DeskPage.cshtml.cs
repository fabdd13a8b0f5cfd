using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Complaints;

/// <summary>调解台: one queue, what runs out first on top, P0 before all.</summary>
public sealed class DeskPage(Store store) : HousePage(store)
{
    /// <summary>Saved views; the first is where a day begins.</summary>
    public static readonly IReadOnlyList<string> Views =
    [
        "screen",
        "contested",
        "silent",
        "mediation",
        "review",
        "all",
    ];

    private static readonly Dictionary<string, Status[]> StatusesOf = new(StringComparer.Ordinal)
    {
        ["screen"] = [Status.Filed],
        ["contested"] = [Status.Contested],
        ["silent"] = [Status.Delivered, Status.Unreached],
        ["mediation"] = [Status.InMediation],
    };

    /// <summary>Waits for a decision that a party asked for: a review, or a reply to be judged again.</summary>
    private const string Asked = $"due_kind in ('{Deadlines.Review}', '{Deadlines.Validity}')";

    private IReadOnlyDictionary<Status, long> _counts = new Dictionary<Status, long>();
    private long _reviews;

    [BindProperty(SupportsGet = true)]
    public string View { get; set; } = "screen";

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Priority { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public CaseTable Table { get; private set; } = null!;

    /// <summary>What was done a moment ago.</summary>
    public string? Done { get; private set; }

    /// <summary>Cases in a view.</summary>
    public long CountOf(string view) =>
        view switch
        {
            "review" => _reviews,
            "all" => _counts.Values.Sum(),
            _ => StatusesOf[view].Sum(s => _counts.GetValueOrDefault(s)),
        };

    public async Task<IActionResult> OnGet()
    {
        if (Me is null)
            return ToSignIn();
        if (!Me.IsStaff)
            return Forbid();
        // Who searches looks for a case wherever it stands.
        if (!string.IsNullOrWhiteSpace(Q))
            View = "all";
        if (!Views.Contains(View))
            View = Views[0];
        _counts = await CaseLists.Counts(Store, "1 = 1", null, Ct);
        _reviews = await Store.First<long>($"select count(*) from complaints where {Asked}", null, Ct);
        var (where, args) = await Filter();
        Table = await CaseLists.Read(
            Store,
            where,
            args,
            View == "all" ? "newest" : "due",
            Cursor,
            Party.Mediator,
            (Texts.T("desk.empty"), Texts.T("desk.empty.do")),
            Ct
        );
        return Page();
    }

    private async Task<(string Where, Dictionary<string, object?> Args)> Filter()
    {
        var args = new Dictionary<string, object?>(StringComparer.Ordinal);
        var where = "1 = 1";
        if (StatusesOf.TryGetValue(View, out var statuses))
            where = $"c.status in ({string.Join(", ", statuses.Select(s => $"'{Words.Of(s)}'"))})";
        if (View == "review")
            where = "c." + Asked;
        if (Words.Parse<Priority>(Priority) is { } priority)
        {
            where += " and c.priority = @priority";
            args["priority"] = Words.Of(priority);
        }
        if (!string.IsNullOrWhiteSpace(Q))
        {
            // By number, by merchant, or by what was said in the case.
            var said = await CaseSearch.Find(Store, Q, Ct);
            where +=
                said.Count == 0
                    ? $" and (c.id = {ComplaintBook.WithNumber()} or m.name like @like)"
                    : $" and (c.id = {ComplaintBook.WithNumber()} or m.name like @like or c.id in @said)";
            args["number"] = CaseNumber.Parse(Q) ?? Q.Trim();
            args["like"] = $"%{Q.Trim()}%";
            if (said.Count > 0)
                args["said"] = said;
        }
        return (where, args);
    }
}
