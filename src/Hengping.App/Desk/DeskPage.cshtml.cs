using Hengping.App.CaseRoom;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Desk;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Desk;

/// <summary>调解台: one queue, what is at risk of missing its deadline on top, P0 before all.</summary>
public sealed partial class DeskPage(
    Store store,
    OwnApi ownApi,
    CaseTurns turns,
    IConfiguration configuration,
    CurrentOperator house,
    UndoneDecisions undone,
    Law law
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

    private IReadOnlyDictionary<string, Capped> counts = new Dictionary<string, Capped>();
    private IReadOnlyList<Outgoing> outgoing = [];

    [BindProperty(SupportsGet = true)]
    public string View { get; set; } = Views[0];

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Priority { get; set; }

    /// <summary>Only cases whose first contact the reader is.</summary>
    [BindProperty(SupportsGet = true, Name = "mine")]
    public string? FirstMine { get; set; }

    /// <summary>Only cases whose deadline is over.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Late { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>Number of the case that is open beside the list.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Case { get; set; }

    public CaseTable Table { get; private set; } = null!;

    /// <summary>Cases that somebody's decision is about to reach, and when.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Waiting { get; private set; } =
        new Dictionary<string, DateTimeOffset>();

    /// <summary>The reader's own decisions that wait or went out a moment ago, one line an act, the
    /// newest first.</summary>
    public IReadOnlyList<Outgoing> Leaving => [.. outgoing.Where(act => act.State != DecisionState.Stopped).Reverse()];

    /// <summary>The same as the bottom of the page shows them.</summary>
    public OutgoingToast Toast => new(Leaving, Now, To("Undo"), Back: null, Here);

    /// <summary>Those that did not go out.</summary>
    public IReadOnlyList<Outgoing> Stopped => [.. outgoing.Where(act => act.State == DecisionState.Stopped)];
    public IReadOnlyList<KeepViews.ViewShown> Kept { get; private set; } = [];

    /// <summary>Who may decide: a reviewer reads.</summary>
    public bool MayDecide => CaseSides.Desk.Roles.Contains(Me!.Role);

    /// <summary>How long a decision waits.</summary>
    public int UndoSeconds => DecideFromDesk.SecondsIn(configuration);

    /// <summary>This very view, without the case beside it, to be kept or shared.</summary>
    public string Here => Looks.With(HttpContext, "case", null);

    /// <summary>An address that posts to a handler and comes back to this view.</summary>
    public string To(string handler) => Looks.With(HttpContext, "handler", handler);

    /// <summary>Cases in a view.</summary>
    public Capped CountOf(string view) => counts.GetValueOrDefault(view);

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
        if (Guid.TryParse(Request.Query["undone"], out var one))
            await ReadUndone(one);
        await ReadOwn();
        await Load();
        return Page();
    }

    /// <summary>The list holds what somebody looks for, and not all of a view.</summary>
    public bool Sought =>
        !string.IsNullOrWhiteSpace(Q)
        || Words.Parse<Priority>(Priority) is not null
        || FirstMine == "1"
        || Late == "1"
        || OwnerName is not null;

    /// <summary>What the list is narrowed to, where the form lies folded.</summary>
    public string Sieved =>
        string.Join(
            Texts.T("say.sep"),
            new[]
            {
                string.IsNullOrWhiteSpace(Q) ? null : $"“{Q}”",
                Words.Parse<Priority>(Priority) is { } priority ? $"{priority}" : null,
                OfDepartments.All.FirstOrDefault(one => one.Code == OfDepartments.Shown) is { } chosen
                    ? DepartmentChoice.NameOf(chosen)
                : OfDepartments.Shown == DepartmentChoice.Nobodys ? Texts.T("desk.department.none")
                : null,
                Late == "1" ? Texts.T("desk.late") : null,
                FirstMine == "1" ? Texts.T("desk.mine") : null,
            }.OfType<string>()
        );

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
        var (own, mine) = OfDepartments.Sql();
        counts = await DeskLists.Counts(Store, own, mine, Ct);
        await ReadOwner();
        var (rest, args) = Filter(own, mine);
        var only = Words.Parse<Priority>(Priority);
        Table = await CaseLists.Read(
            Store,
            "1 = 1",
            args,
            View == "all" ? "newest"
                : Late == "1" ? "late"
                : "risk",
            Cursor,
            Party.Mediator,
            Sought
                ? (Texts.T("search.empty"), Texts.T("desk.found.none"))
                : (Texts.T("desk.empty"), Texts.T("desk.empty.do")),
            Ct,
            Q,
            View == "all" ? Urgent(only)
                : LedBy is { } who ? DeskLists.Of(View, who)
                : DeskLists.Of(View),
            rest.Count == 0 ? null : string.Join(" and ", rest),
            only,
            turns: (ids, ct) => turns.Of(ids, Me!, ct),
            staff: Me
        );
        Waiting = await OutgoingList.Waiting(Store, Ct);
        outgoing = Grouped(await OutgoingList.Of(Store, Me!, Ct));
        Kept = await KeepViews.Of(Store, Me!.Account, Ct);
    }

    // Whose cases alone are shown leads to them, but among all there ever were.
    private string? LedBy =>
        FirstMine == "1" ? "@me"
        : owner is not null ? "@owner"
        : null;

    // Of all cases the urgent ones alone have an index in the order of filing.
    private static IReadOnlyList<ListPart> Urgent(Priority? only) =>
        only is Rules.Complaints.Priority.P0 or Rules.Complaints.Priority.P1
            ? [$"c.priority in ('p0', 'p1') and c.priority = '{Words.Of(only.Value)}'"]
            : [];

    private (List<string> Passed, Dictionary<string, object?> Args) Filter(
        string own,
        IReadOnlyDictionary<string, object?> mine
    )
    {
        var (rest, args) = (new List<string>(), new Dictionary<string, object?>(mine, StringComparer.Ordinal));
        if (own != "1 = 1")
            rest.Add(own);
        if (Words.Parse<Priority>(Priority) is { } priority && View == "all")
        {
            rest.Add("c.priority = @priority");
            args["priority"] = Words.Of(priority);
        }
        if (FirstMine == "1")
        {
            args["me"] = Me!.Author;
            if (View == "all")
                rest.Add("c.first_owner = @me");
        }
        if (Late == "1")
            rest.Add(DeskSql.Late);
        if (OwnerName is not null)
        {
            args["owner"] = owner;
            if (owner is null)
                rest.Add("c.first_owner is null");
            else if (View == "all" || LedBy != "@owner")
                rest.Add("c.first_owner = @owner");
        }
        return (rest, args);
    }
}
