using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Fields;
using Hengping.Rules.Webhooks;

namespace Hengping.App.Webhooks;

/// <summary>
/// The verbs of a webhook: <c>address</c>, <c>rotate</c>, <c>retire</c>, <c>pause</c>, <c>resume</c>, <c>replay</c>,
/// <c>close</c>. Each answers with the webhook as it stands then. <c>test</c> sends a trial and says what came of it.
/// </summary>
public static class ActOnHook
{
    /// <summary>Trials of one webhook.</summary>
    public const int TestsPerMinute = 10;

    /// <summary>Which secret.</summary>
    public sealed record KeyRequest
    {
        public string? Key { get; init; }
    }

    /// <summary>From which position on.</summary>
    public sealed record ReplayRequest
    {
        public long? From { get; init; }
    }

    /// <summary>What came of a trial.</summary>
    /// <param name="Fault">Why it was not taken: http and a status, timeout, unreachable, name, tls, private,
    /// address.</param>
    public sealed record Tried(bool Taken, string? Fault);

    private static readonly Allowance Tests = new(
        "hook-tests",
        TestsPerMinute,
        TimeSpan.FromMinutes(1),
        new Refusal("hook.tests", "试发太频繁，请稍后再试", "Too many trials; wait a moment")
    );

    private sealed record Opened(Loaded<Hook> Loaded, Caller Caller, Store Store, HookHttp Ways) : IOpened
    {
        public Hook Hook => Loaded.State!;
        public FieldFaults Faults { get; } = new();

        /// <summary>A secret for whoever rotates.</summary>
        public HookKey Fresh { get; } = HookSign.Fresh();
    }

    private static readonly VerbWay<Opened, HookEvent> Way = new() { Open = Open, Save = Save };

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder hooks)
    {
        MapVerb<OpenHook.Request>(hooks, "address", Move);
        MapVerb<Nothing>(
            hooks,
            "rotate",
            (opened, _, _) => Now(opened.Hook.Rotate(opened.Fresh.Id, opened.Fresh.Secret))
        );
        MapVerb<KeyRequest>(hooks, "retire", Retire);
        MapVerb<Nothing>(hooks, "pause", (opened, _, _) => Now(opened.Hook.Pause()));
        MapVerb<Nothing>(hooks, "resume", (opened, _, _) => Now(opened.Hook.Resume()));
        MapVerb<ReplayRequest>(hooks, "replay", Replay);
        MapVerb<Nothing>(hooks, "close", (opened, _, _) => Now(opened.Hook.Close()));
        hooks
            .MapPost("/{id:guid}/test", Test)
            .Produces<Tried>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .For(HookOwner.Roles);
    }

    /// <summary>The webhook an address names, if it is the caller's.</summary>
    internal static async Task<Loaded<Hook>?> Find(Store store, Guid id, Caller caller, CancellationToken ct)
    {
        var loaded = await store.Load(HookBook.Instance, id, ct);
        return loaded.State is { } hook && HookOwner.Has(caller, hook) ? loaded : null;
    }

    private static void MapVerb<TBody>(
        IEndpointRouteBuilder hooks,
        string word,
        Decide<Opened, TBody, HookEvent> decide
    )
        where TBody : class, new() =>
        Way.Map(hooks, "/{id:guid}/" + word, HookOwner.Roles, opened => HookOwner.No(opened.Caller), decide)
            .Produces<HookView>();

    private static async Task<Opened?> Open(HttpContext http, Caller caller)
    {
        var store = http.RequestServices.GetRequiredService<Store>();
        var id = Guid.Parse(http.Request.RouteValues["id"]!.ToString()!);
        return await Find(store, id, caller, http.RequestAborted) is { } loaded
            ? new Opened(loaded, caller, store, http.RequestServices.GetRequiredService<HookHttp>())
            : null;
    }

    private static ValueTask<Decided<HookEvent>> Now(Decided<HookEvent> decided) => ValueTask.FromResult(decided);

    private static async ValueTask<Decided<HookEvent>> Move(
        Opened opened,
        OpenHook.Request body,
        CancellationToken ct
    ) => opened.Hook.Move(await OpenHook.AddressOf(opened.Ways, body.Address, opened.Faults, ct));

    private static ValueTask<Decided<HookEvent>> Retire(Opened opened, KeyRequest body, CancellationToken ct)
    {
        var key = PlainText.Line(body.Key) ?? "";
        opened.Faults.If(key.Length == 0, "key", Fault.Required);
        opened.Faults.If(key.Length > 0 && !opened.Hook.KeyIds.Contains(key), "key", Fault.Unknown);
        return Now(opened.Hook.Retire(key));
    }

    private static async ValueTask<Decided<HookEvent>> Replay(Opened opened, ReplayRequest body, CancellationToken ct)
    {
        var head = await opened.Store.Head(ct);
        opened.Faults.If(body.From is null, "from", Fault.Required);
        opened.Faults.If(body.From is { } from && (from < 1 || from > head), "from", Fault.NumberBetween(1, head));
        return opened.Hook.Replay(body.From ?? 1, head);
    }

    private static async Task<IResult> Save(HttpContext http, Opened opened, HookEvent happened)
    {
        var (store, loaded, ct) = (opened.Store, opened.Loaded, http.RequestAborted);
        var now = store.Now;
        var change = store.Change(HookBook.Instance, loaded, now, opened.Caller.Author, [happened]);
        var after = loaded with { State = Hook.Fold(loaded.State, happened, now), Version = loaded.Version + 1 };
        var secret = happened is HookEvent.Rotated ? opened.Fresh.Secret : null;
        var view = await HookView.Of(store, after, ct, secret);
        if (happened is HookEvent.Moved moved)
            view = view with { Address = moved.Address };
        if (happened is HookEvent.Resumed)
        {
            await HookQueue.Resumed(store, loaded.Id, ct);
            view = view with { FailedSince = null };
        }
        return await Answers.Append(http, store, [change], view, ct);
    }

    private static async Task<IResult> Test(Guid id, Caller caller, Store store, HookHttp ways, CancellationToken ct)
    {
        if (await Find(store, id, caller, ct) is not { } loaded)
            return Answers.NotFound;
        if (HookOwner.No(caller) is { } never)
            return never.AsProblem(StatusCodes.Status403Forbidden);
        if (loaded.State!.Status == HookStatus.Closed)
            return Hook.IsClosed.AsProblem();
        if (await Tests.Take(store, id.ToString("N"), ct) is { } often)
            return often.AsProblem(StatusCodes.Status429TooManyRequests);
        var now = store.Now;
        var trial = new HookMessage(StreamId.Next(), await store.Head(ct), HookMessage.TestKind, id, "", now);
        var fault = await ways.Send(await HookWay.Read(store, id, ct), trial.Body(), now, ct);
        return Results.Json(new Tried(fault is null, fault), Cli.JsonFormat);
    }
}
