using Hengping.App.CaseRoom;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Desk;

/// <summary>调解台: one queue, what is at risk of missing its deadline on top, P0 before all.</summary>
public sealed partial class DeskPage(
    Store store,
    OwnApi ownApi,
    CaseTurns turns,
    IConfiguration configuration,
    CurrentOperator house
) : HousePage(store)
{
    /// <summary>Views everybody has; the first is where a day begins.</summary>
    public static readonly IReadOnlyList<string> Views =
    [
        "queue",
        "screen",
        "contested",
        "silent",
        "mediation",
        "review",
        "told",
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
    private const string Asked = $"c.due_kind in ('{Deadlines.Review}', '{Deadlines.Validity}')";

    /// <summary>
    /// What the desk itself owes next. A silent merchant's clock is the merchant's, and the reminders go out by
    /// themselves; only danger to people is watched all the way.
    /// </summary>
    private const string Todo =
        $"(c.status in ('filed', 'contested', 'inMediation') or {Asked} or {ToTell} or {AccessBook.Unread} "
        + "or (c.status in ('delivered', 'unreached') and c.priority = 'p0'))";

    /// <summary>A mediation was terminated, and somebody is still to be told.</summary>
    private const string ToTell = $"c.due_kind = '{Deadlines.Told}'";

    private IReadOnlyDictionary<Status, long> counts = new Dictionary<Status, long>();
    private long reviews;
    private long todo;
    private long untold;

    [BindProperty(SupportsGet = true)]
    public string View { get; set; } = Views[0];

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Priority { get; set; }

    /// <summary>Only cases whose first contact the reader is.</summary>
    [BindProperty(SupportsGet = true, Name = "mine")]
    public string? FirstMine { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>Number of the case that is open beside the list.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Case { get; set; }

    public CaseTable Table { get; private set; } = null!;

    /// <summary>Cases that somebody's decision is about to reach, and when.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Waiting { get; private set; } =
        new Dictionary<string, DateTimeOffset>();

    /// <summary>The reader's own decisions on their way out, one line an act.</summary>
    public IReadOnlyList<Outgoing> Outgoing { get; private set; } = [];
    public IReadOnlyList<KeepViews.ViewShown> Kept { get; private set; } = [];

    /// <summary>Who may decide: a reviewer reads.</summary>
    public bool MayDecide => ownApi.May(HttpMethods.Post, Decisions, Me!.Role);

    /// <summary>How long a decision waits.</summary>
    public int UndoSeconds => DecideFromDesk.SecondsIn(configuration);

    /// <summary>This very view, without the case beside it, to be kept or shared.</summary>
    public string Here => Looks.With(HttpContext, "case", null);

    /// <summary>An address that posts to a handler and comes back to this view.</summary>
    public string To(string handler) => Looks.With(HttpContext, "handler", handler);

    /// <summary>Cases in a view.</summary>
    public long CountOf(string view) =>
        view switch
        {
            "queue" => todo,
            "review" => reviews,
            "told" => untold,
            "all" => counts.Values.Sum(),
            _ => StatusesOf[view].Sum(s => counts.GetValueOrDefault(s)),
        };

    /// <summary>Whether the desk's quick decisions fit the case: else its room has what does.</summary>
    public bool IsDecidable(CaseLine line) =>
        MayDecide && line.Status is Status.Filed or Status.Unreached && !Waiting.ContainsKey(line.Number);

    /// <summary>Code and name of the reasons of a verb.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Reasons(string verb) => CaseRoomPage.ReasonsOf(verb);

    public async Task<IActionResult> OnGet(string? did)
    {
        if (Turned() is { } away)
            return away;
        if (did is not null && Texts.All.ContainsKey("desk.did." + did))
            Said = Texts.T("desk.did." + did);
        await Load();
        return Page();
    }

    private IActionResult? Turned() =>
        Me is null ? ToSignIn()
        : !Me.IsStaff ? Forbid()
        : null;

    private async Task Load()
    {
        // Who searches looks for a case wherever it stands.
        if (!string.IsNullOrWhiteSpace(Q))
            View = "all";
        if (!Views.Contains(View))
            View = Views[0];
        await ReadDepartments();
        var (own, mine) = OfDepartment();
        counts = await CaseLists.Counts(Store, own, mine, Ct);
        reviews = await Store.First<long>($"select count(*) from complaints c where {Asked} and {own}", mine, Ct);
        todo = await Store.First<long>($"select count(*) from complaints c where {Todo} and {own}", mine, Ct);
        untold = await Store.First<long>($"select count(*) from complaints c where {ToTell} and {own}", mine, Ct);
        var (where, args) = Filter(own, mine);
        Table = await CaseLists.Read(
            Store,
            where,
            args,
            View == "all" ? "newest" : "risk",
            Cursor,
            Party.Mediator,
            (Texts.T("desk.empty"), Texts.T("desk.empty.do")),
            Ct,
            Q,
            turns: (ids, ct) => turns.Of(ids, Me!, ct)
        );
        Waiting = await OutgoingList.Waiting(Store, Ct);
        Outgoing = Grouped(await OutgoingList.Of(Store, Me!, Ct));
        Kept = await KeepViews.Of(Store, Me!.Account, Ct);
    }

    private (string Where, Dictionary<string, object?> Args) Filter(
        string own,
        IReadOnlyDictionary<string, object?> mine
    )
    {
        var args = new Dictionary<string, object?>(mine, StringComparer.Ordinal);
        var where =
            View == "queue" ? Todo
            : View == "review" ? Asked
            : View == "told" ? ToTell
            : StatusesOf.TryGetValue(View, out var statuses)
                ? $"c.status in ({string.Join(", ", statuses.Select(s => $"'{Words.Of(s)}'"))})"
            : "1 = 1";
        where = $"({where}) and {own}";
        if (Words.Parse<Priority>(Priority) is { } priority)
        {
            where += " and c.priority = @priority";
            args["priority"] = Words.Of(priority);
        }
        if (FirstMine == "1")
        {
            where += " and c.first_owner = @me";
            args["me"] = Me!.Author;
        }
        return (where, args);
    }
}
