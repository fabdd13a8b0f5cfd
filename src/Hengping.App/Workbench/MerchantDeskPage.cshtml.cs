using Hengping.App.Accounts;
using Hengping.App.Appeals;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Measures;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Workbench;

/// <summary>商家工作台: today first, and what answering now does to the index.</summary>
public sealed class MerchantDeskPage(Store store, CaseTurns turns, Law law) : HousePage(store)
{
    /// <summary>The first is where a day begins.</summary>
    public static readonly IReadOnlyList<string> Views =
    [
        "waiting",
        "replied",
        "mediation",
        "contested",
        "all",
        "filed",
    ];

    // What of the merchant's stands in a view, by its status; all that reached it, or that it filed, in the others.
    private static readonly Dictionary<string, Status[]> StatusesOf = new(StringComparer.Ordinal)
    {
        ["waiting"] = [Status.Delivered, Status.Unreached],
        ["replied"] = [Status.Replied, Status.Settled],
        ["mediation"] = [Status.InMediation],
        ["contested"] = [Status.Contested],
        ["all"] = [],
        ["filed"] = [],
    };

    // What has been answered is begun: whose turn it is says more of it than a deadline.
    private static readonly IReadOnlyList<string> BegunSorts = ["turn", .. WaitingList.Sorts];

    // Pages of begun cases that are looked through for what is theirs to do, soonest first.
    private const int BegunPages = 3;

    private static readonly TimeSpan Today = TimeSpan.FromHours(24);
    private IReadOnlyDictionary<string, Capped> counts = new Dictionary<string, Capped>();

    [BindProperty(SupportsGet = true)]
    public string View { get; set; } = "waiting";

    /// <summary>What is looked for, wherever it stands.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>One of the ways to sort what is open; what has ended stands by when it was filed.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>Ways to sort the view; the first is the usual one.</summary>
    public IReadOnlyList<string> Sorts => View == Views[0] ? WaitingList.Sorts : BegunSorts;

    /// <summary>Something is looked for.</summary>
    public bool IsSearch => !string.IsNullOrWhiteSpace(Q);

    /// <summary>The view holds what is open alone, and can be sorted.</summary>
    public bool IsSorted => View is not ("all" or "filed");

    /// <summary>A way to sort, by its name.</summary>
    public string NameOf(string sort) =>
        Texts.T("merchant.sort." + (sort == "due" && View != "waiting" ? "soon" : sort));

    /// <summary>What is looked for and how it is sorted, where the form lies folded.</summary>
    public string Sieved =>
        string.Join(
            Texts.T("say.sep"),
            new[] { IsSearch ? $"“{Q}”" : null, IsSorted ? NameOf(Sort!) : null }.OfType<string>()
        );

    public Guid Merchant { get; private set; }
    public string MerchantName { get; private set; } = "";

    /// <summary>Waiting cases whose answer will count less within a day.</summary>
    public long SoonCount { get; private set; }

    /// <summary>The month's index now, and if all that wait were answered this minute.</summary>
    public (long Cases, long? Now, long After)? Effect { get; private set; }

    /// <summary>What waits; empty in the other views.</summary>
    public IReadOnlyList<WaitingCase> Waiting { get; private set; } = [];

    /// <summary>
    /// What is theirs to do beside replies: an offer to answer, a settlement to perform, a measure or an appeal; the
    /// earliest first.
    /// </summary>
    public IReadOnlyList<TurnRow> Mine { get; private set; } = [];

    /// <summary>Measures against it that have effect.</summary>
    public long MeasureCount { get; private set; }

    /// <summary>One of them is due before any answer counts less: what is due first stands first.</summary>
    public bool IsMineFirst =>
        Waiting.Count == 0 || Mine is [{ Line.By: { } by }, ..] && (Waiting[0].Step is not { } step || by <= step);

    /// <summary>The cases of the other views.</summary>
    public CaseTable? Table { get; private set; }
    public IReadOnlyList<KeepTemplates.TemplateShown> Templates { get; private set; } = [];

    /// <summary>Cursor of the next page of what waits.</summary>
    public string? Next { get; private set; }
    public bool Paged { get; private set; }

    /// <summary>Cases in a view.</summary>
    public Capped CountOf(string view) => counts.GetValueOrDefault(view);

    /// <summary>1.0, 0.6 or 0.</summary>
    public static string Points(Answered answered) =>
        (RatingIndex.TenthsOf(answered) / 10m).ToString("0.0", Say.Machine);

    /// <summary>An index as it is printed; a dash while nothing counts.</summary>
    public static string Index(long? thousandths) => thousandths is { } t ? Say.Three(t / 1000m) : "–";

    public async Task<IActionResult> OnGet()
    {
        if (Me is null)
            return ToSignIn();
        if (Me is not { Role: Role.Merchant, Merchant: { } merchant })
            return Forbid();
        if (IsSearch && View != "filed")
            View = "all";
        if (!StatusesOf.TryGetValue(View, out var statuses))
            (View, statuses) = (Views[0], StatusesOf[Views[0]]);
        if (Sort is null || !Sorts.Contains(Sort, StringComparer.Ordinal))
            Sort = Sorts[0];
        Merchant = merchant;
        MerchantName = (await MerchantDirectory.Find(Store, merchant, Ct))?.Name ?? "";
        var (limits, args) = Limits();
        counts = await Capped.Read(
            Store,
            "complaints c",
            "c.respondent, c.shop, c.claimant_merchant, c.delivered_at",
            [.. Views.Select(view => (view, PartsOf(view)))],
            limits.Length == 0 ? null : limits[" and ".Length..],
            args,
            Ct
        );
        Effect = await WaitingList.All(Store, merchant, Ct);
        MeasureCount = await StandingMeasures.CountOf(Store, merchant, Ct);
        if (View == "waiting")
            await Wait();
        else
            Table = await CaseLists.Read(
                Store,
                View == "filed" ? WhoseCase.FiledBy
                    : IsSearch ? WhoseCase.ReachedIt
                    : "1 = 1",
                args,
                !IsSorted ? "newest"
                    : Sort == "due" ? "soon"
                    : Sort,
                Cursor,
                View == "filed" ? Party.Claimant : Party.Respondent,
                IsSearch
                    ? (Texts.T("merchant.search.none"), Texts.T("merchant.search.do"))
                    : (Texts.T("merchant.empty"), Texts.T("merchant.empty.do")),
                Ct,
                IsSearch ? Q : null,
                lists: View == "filed" ? []
                    : Sort == "due" && IsSorted ? PartsOf(View)
                    : [.. WhoseCase.ReachedLists.Select(list => new ListPart(list))],
                rest: RestOf(limits, Sort == "due" ? [] : statuses),
                turns: (ids, ct) => turns.Of(ids, Me, ct)
            );
        return Page();
    }

    private static string? RestOf(string limits, Status[] statuses)
    {
        var named = string.Join(", ", statuses.Select(status => $"'{Words.Of(status)}'"));
        var rest = (statuses.Length == 0 ? "" : $" and c.status in ({named})") + limits;
        return rest.Length == 0 ? null : rest[" and ".Length..];
    }

    // By the index of what is open with a merchant, status by status.
    private static IReadOnlyList<ListPart> PartsOf(string view) =>
        view == "filed" ? [new ListPart(WhoseCase.FiledBy)]
        : StatusesOf[view].Length == 0 ? [.. WhoseCase.ReachedLists.Select(list => new ListPart(list))]
        :
        [
            .. StatusesOf[view]
                .SelectMany(_ => WhoseCase.OpenLists, (status, whose) => (status, whose))
                .Select(one => new ListPart(
                    $"{CaseLists.OpenWithMerchant} and {one.whose} and c.status = '{Words.Of(one.status)}'"
                )),
        ];

    // What narrows every list of the page: the shops they work for.
    private (string Sql, IReadOnlyDictionary<string, object?> Args) Limits() =>
        (ShopLimits.Sql(Me), new Dictionary<string, object?>(StringComparer.Ordinal) { ["merchant"] = Merchant });

    private async Task<IReadOnlyList<TurnRow>> MineOfBegun()
    {
        var (limits, args) = Limits();
        var mine = new List<TurnRow>();
        string? cursor = null;
        for (var page = 0; page < BegunPages && (page == 0 || cursor is not null); page++)
        {
            var table = await CaseLists.Read(
                Store,
                "1 = 1",
                args,
                "turn",
                cursor,
                Party.Respondent,
                ("", ""),
                Ct,
                lists: [.. WhoseCase.ReachedLists.Select(list => new ListPart(list))],
                rest: RestOf(limits, []),
                turns: (ids, ct) => turns.Of(ids, Me!, ct)
            );
            // What waits for them comes first: behind a page without any there is none.
            if (!table.Rows.Any(row => row.Turn is { IsMine: true }))
                break;
            mine.AddRange(
                table
                    .Rows.Where(row => row.Turn is { IsMine: true })
                    .Select(row => new TurnRow($"/cases/{row.Number}#next", row.Problem, row.Line(Now)!)
                    {
                        Number = row.Number,
                        Begins = row.Glimpse is { } seen ? $"{seen.Who} {seen.Words}".Trim() : null,
                    })
            );
            cursor = table.Next;
        }
        mine.AddRange(await MeasureTurns.Waiting(Store, Me!, Ct));
        mine.AddRange(await AppealTurns.Waiting(Store, law, Me!, Ct));
        return [.. mine.OrderBy(row => row.Line.By ?? DateTimeOffset.MaxValue)];
    }

    private async Task Wait()
    {
        (Waiting, Next, Paged) = await WaitingList.Read(Store, Merchant, Sort!, Cursor, Limits(), Ct);
        Templates = await KeepTemplates.Of(Store, Merchant, Ct);
        if (!Paged)
            Mine = await MineOfBegun();
        // What loses value next stands on the first page.
        SoonCount = Waiting.Count(c => c.Excluded is null && c.Step <= Now + Today);
    }
}
