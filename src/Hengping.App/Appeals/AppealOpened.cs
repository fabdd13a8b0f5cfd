using Hengping.App.Clocks;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Appeals;
using Hengping.Rules.Fields;

namespace Hengping.App.Appeals;

/// <summary>A version of what an appeal says.</summary>
public sealed record PlanVersion(int Version, DateTimeOffset At, PlanOfAction Plan, string? LateReason);

/// <summary>An appeal as somebody has opened it, with its words.</summary>
/// <param name="Story">What happened, unsealed.</param>
/// <param name="IsFree">Somebody here could decide who did not take the decision.</param>
public sealed record AppealOpened(
    Loaded<Appeal> Loaded,
    IReadOnlyList<StoryEvent<AppealEvent>> Story,
    Caller Caller,
    AppealSide Side,
    bool IsFree,
    Store Store,
    Law Law
) : IOpened
{
    /// <summary>Who reads an appeal: its own side, reviewers, and a lawyer who was named to decide it.</summary>
    public static readonly Role[] Readers = [Role.Merchant, Role.Claimant, Role.Reviewer, Role.Admin, Role.Lawyer];

    /// <summary>Who can appeal.</summary>
    public static readonly Role[] Appellants = [Role.Merchant, Role.Claimant];

    /// <summary>Who can decide.</summary>
    public static readonly Role[] Deciders = [Role.Reviewer, Role.Admin, Role.Lawyer];

    private static readonly string[] FreeRoles = [Words.Of(Role.Reviewer), Words.Of(Role.Admin)];

    public Guid Id => Loaded.Id;
    public Appeal Appeal => Loaded.State!;
    public DateTimeOffset Now { get; } = Store.Now;
    public FieldFaults Faults { get; } = new();

    /// <summary>Every version, the first one first.</summary>
    public IReadOnlyList<PlanVersion> Versions =>
        [
            .. Story
                .Where(one => one.Event is AppealEvent.Saved)
                .Select(one => (one.At, Saved: (AppealEvent.Saved)one.Event))
                .Select(one => new PlanVersion(
                    one.Saved.Version,
                    one.At,
                    one.Saved.Plan ?? PlanOfAction.Empty,
                    one.Saved.LateReason
                )),
        ];

    /// <summary>What it says now.</summary>
    public PlanOfAction Plan => Versions is [.., var last] ? last.Plan : PlanOfAction.Empty;

    /// <summary>What was sent last; null where nothing was.</summary>
    public PlanOfAction? SentPlan =>
        Appeal.Sent is { } sent ? Versions.FirstOrDefault(one => one.Version == sent)?.Plan : null;

    /// <summary>Why it is late, as it was said last.</summary>
    public string? LateReason => Versions.LastOrDefault(one => one.LateReason is not null)?.LateReason;

    /// <summary>When it can be sent.</summary>
    public AppealWindow Window => WindowOf(Law, Appeal.ToldAt);

    /// <summary>Until when it is sent without a reason; null where that is over.</summary>
    public DateTimeOffset? InTime => Window.InTime is var until && until >= Now ? until : null;

    /// <summary>The terms of sending, which count from the day somebody was told.</summary>
    public static AppealWindow WindowOf(Law law, DateTimeOffset told) =>
        new(law.Count(Appeal.InTimeRule, told)?.Lawful ?? told, law.Count(Appeal.LateRule, told)?.Lawful ?? told);

    /// <summary>Opens one for a caller; null where it is unknown or none of theirs.</summary>
    public static async Task<AppealOpened?> Open(HttpContext http, Caller caller)
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
    public static async Task<AppealOpened?> Open(Store store, Law law, Guid id, Caller caller, CancellationToken ct)
    {
        var loaded = await store.Load(AppealBook.Instance, id, ct);
        if (loaded.State is not { } appeal || SideOf(appeal, caller) is not (not AppealSide.None and var side))
            return null;
        var story = await store.ReadStory(AppealBook.Instance, id, ct);
        var isFree = await IsFreeToDecide(store, appeal.DecidedBy, ct);
        return new AppealOpened(loaded, story, caller, side, isFree, store, law);
    }

    /// <summary>What a caller is to it. Nobody else reads what was never sent.</summary>
    public static AppealSide SideOf(Appeal appeal, Caller caller) =>
        caller.Role switch
        {
            Role.Merchant when appeal.Merchant is { } shop && shop == caller.Merchant => AppealSide.Appellant,
            Role.Claimant when appeal.Account is { } person && person == caller.Account => AppealSide.Appellant,
            _ when appeal.SubmittedAt is null => AppealSide.None,
            Role.Admin => AppealSide.Admin,
            Role.Reviewer => AppealSide.Reviewer,
            Role.Lawyer when appeal.Second == caller.Account => AppealSide.Second,
            _ => AppealSide.None,
        };

    /// <summary>Whether a reviewer or an admin is here who did not take the decision.</summary>
    public static async Task<bool> IsFreeToDecide(
        Store store,
        IReadOnlyCollection<Guid> deciders,
        CancellationToken ct
    ) =>
        (
            await store.Query<Guid>(
                "select id from accounts where live and role in @roles",
                new { roles = FreeRoles },
                ct
            )
        ).Any(account => !deciders.Contains(account));
}
