using Hengping.App.Clocks;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.ClaimReports;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;

namespace Hengping.App.ClaimReports;

/// <summary>A report as somebody has opened it, with its words.</summary>
/// <param name="Story">What happened, unsealed.</param>
/// <param name="Kind">Who runs the house.</param>
public sealed record ClaimReportOpened(
    Loaded<ClaimReport> Loaded,
    IReadOnlyList<StoryEvent<ClaimReportEvent>> Story,
    Caller Caller,
    ClaimReportSide Side,
    OperatorKind? Kind,
    Store Store,
    Law Law
) : IOpened
{
    /// <summary>Who reads one: both sides, and whoever decides.</summary>
    public static readonly Role[] Readers = [Role.Merchant, Role.Claimant, Role.Reviewer, Role.Admin];

    /// <summary>Who decides.</summary>
    public static readonly Role[] Desk = [Role.Reviewer, Role.Admin];

    private const int RacesMax = 3;

    public Guid Id => Loaded.Id;
    public ClaimReport Report => Loaded.State!;
    public DateTimeOffset Now { get; } = Store.Now;
    public FieldFaults Faults { get; } = new();

    /// <summary>What the merchant said; null where nobody may read it any more.</summary>
    public ClaimReportWords? Words => Last<ClaimReportEvent.Filed>()?.Event.Words;

    /// <summary>The last event of a kind, and when.</summary>
    public (T Event, DateTimeOffset At)? Last<T>()
        where T : ClaimReportEvent =>
        Story.LastOrDefault(one => one.Event is T) is { } found ? ((T)found.Event, found.At) : null;

    /// <summary>Opens one for a caller; null where it is unknown or none of theirs.</summary>
    public static async Task<ClaimReportOpened?> Open(HttpContext http, Caller caller)
    {
        var services = http.RequestServices;
        return Guid.TryParse(http.Request.RouteValues["id"]?.ToString(), out var id)
            ? await Open(
                services.GetRequiredService<Store>(),
                services.GetRequiredService<Law>(),
                id,
                caller,
                http.RequestAborted
            )
            : null;
    }

    /// <summary>The same by id.</summary>
    public static async Task<ClaimReportOpened?> Open(
        Store store,
        Law law,
        Guid id,
        Caller caller,
        CancellationToken ct
    )
    {
        var loaded = await store.Load(ClaimReportBook.Instance, id, ct);
        if (loaded.State is null)
            return null;
        loaded = await Recognised(store, loaded, caller, ct);
        var side = SideOf(loaded.State!, caller);
        if (side == ClaimReportSide.None)
            return null;
        var story = await store.ReadStory(ClaimReportBook.Instance, id, ct);
        var kind = (await CurrentOperator.Load(store, ct))?.Sign?.Kind;
        return new ClaimReportOpened(loaded, story, caller, side, kind, store, law);
    }

    /// <summary>What a caller is to it. Whom it is about does not know of it while a human looks first.</summary>
    public static ClaimReportSide SideOf(ClaimReport report, Caller caller) =>
        caller.Role switch
        {
            Role.Merchant when report.Merchant == caller.Merchant => ClaimReportSide.Merchant,
            Role.Claimant when report.Claimant == caller.Account && WasTold(report) => ClaimReportSide.Claimant,
            Role.Admin or Role.Reviewer => ClaimReportSide.Desk,
            _ => ClaimReportSide.None,
        };

    /// <summary>The claimant was told of it.</summary>
    public static bool WasTold(ClaimReport report) => report.HearBy is not null;

    // The link in a message opens nothing: who signs in with the phone it went to is whom it is about.
    private static async Task<Loaded<ClaimReport>> Recognised(
        Store store,
        Loaded<ClaimReport> loaded,
        Caller caller,
        CancellationToken ct
    )
    {
        for (var tries = 0; tries < RacesMax; tries++)
        {
            var report = loaded.State!;
            if (
                caller.Role != Role.Claimant
                || report is not { Claimant: null, ClaimantPrint: { } print, IsShut: false }
                || await PrintOf(store, caller.Account, ct) != print
            )
                return loaded;
            var known = report.Recognise(caller.Account).Event!;
            var change = store.Change(ClaimReportBook.Instance, loaded, store.Now, caller.Author, [known]);
            await store.Append(new Commit([change]), ct);
            loaded = await store.Load(ClaimReportBook.Instance, loaded.Id, ct);
        }
        return loaded;
    }

    private static Task<string?> PrintOf(Store store, Guid account, CancellationToken ct) =>
        store.First<string?>("select phone_print from accounts where id = @account and live", new { account }, ct);
}
