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

    private static readonly Dictionary<string, Status[]> StatusesOf = new(StringComparer.Ordinal)
    {
        ["screen"] = [Status.Filed],
        ["contested"] = [Status.Contested],
        ["silent"] = [Status.Delivered, Status.Unreached],
        ["mediation"] = [Status.InMediation],
    };

    /// <summary>How many cases stand in three of the views.</summary>
    private sealed record Counted(long Reviews, long Todo, long Untold);

    private IReadOnlyDictionary<Status, long> counts = new Dictionary<Status, long>();
    private Counted counted = new(0, 0, 0);
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
    public long CountOf(string view) =>
        view switch
        {
            "queue" => counted.Todo,
            "review" => counted.Reviews,
            "told" => counted.Untold,
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
        counts = await CaseLists.Counts(Store, own, mine, Ct);
        counted =
            await Store.First<Counted>(
                $"""
                select {SumOf(DeskSql.Asked)} as Reviews, {SumOf(DeskSql.Todo)} as Todo, {SumOf(
                    DeskSql.ToTell
                )} as Untold
                from complaints c where {DeskSql.Live} and {own}
                """,
                mine,
                Ct
            ) ?? counted;
        await ReadOwner();
        var (where, args) = Filter(own, mine);
        Table = await CaseLists.Read(
            Store,
            where,
            args,
            View == "all" ? "newest" : "risk",
            Cursor,
            Party.Mediator,
            Sought
                ? (Texts.T("search.empty"), Texts.T("desk.found.none"))
                : (Texts.T("desk.empty"), Texts.T("desk.empty.do")),
            Ct,
            Q,
            turns: (ids, ct) => turns.Of(ids, Me!, ct),
            staff: Me
        );
        Waiting = await OutgoingList.Waiting(Store, Ct);
        outgoing = Grouped(await OutgoingList.Of(Store, Me!, Ct));
        Kept = await KeepViews.Of(Store, Me!.Account, Ct);
    }

    private static string SumOf(string condition) =>
        $"cast(coalesce(sum(case when {condition} then 1 else 0 end), 0) as bigint)";

    private (string Where, Dictionary<string, object?> Args) Filter(
        string own,
        IReadOnlyDictionary<string, object?> mine
    )
    {
        var args = new Dictionary<string, object?>(mine, StringComparer.Ordinal);
        var where =
            View == "queue" ? DeskSql.Todo
            : View == "review" ? DeskSql.Asked
            : View == "told" ? DeskSql.ToTell
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
        if (Late == "1")
            where += " and " + DeskSql.Late;
        if (OwnerName is not null)
        {
            where += owner is null ? " and c.first_owner is null" : " and c.first_owner = @owner";
            args["owner"] = owner;
        }
        return (where, args);
    }
}
