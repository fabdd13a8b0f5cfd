using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Webhooks;

namespace Hengping.App.Webhooks;

/// <summary>
/// <c>GET /webhooks</c>: the caller's, closed ones left out. <c>GET /webhooks/{id}</c>: one.
/// <c>GET /webhooks/{id}/deliveries</c>: what went out, waits or was parked, the newest first.
/// </summary>
public static class ListHooks
{
    /// <summary>The caller's webhooks.</summary>
    public sealed record Listed(IReadOnlyList<HookView> Items);

    /// <summary>A delivery.</summary>
    /// <param name="Object">The case's id.</param>
    /// <param name="At">When it happened.</param>
    /// <param name="NextAt">Of one that waits: when it is tried next.</param>
    /// <param name="DoneAt">When it was taken, or parked.</param>
    /// <param name="Fault">Why the last try failed, in a word.</param>
    public sealed record Item(
        Guid Id,
        long Position,
        string Kind,
        Guid Object,
        string Number,
        DateTimeOffset At,
        HookState State,
        int Tries,
        DateTimeOffset? NextAt,
        DateTimeOffset? DoneAt,
        string? Fault
    );

    /// <summary>A page of deliveries.</summary>
    public sealed record Page(IReadOnlyList<Item> Items, string? Cursor);

    private static readonly ListOrder<HookRow> Order = new(
        "hook-deliveries",
        ListOrder<HookRow>.By("d.position", row => row.Position).Down
    );

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder hooks)
    {
        hooks.MapGet("", Own).Produces<Listed>().For(HookOwner.Roles);
        hooks.MapGet("/{id:guid}", One).Produces<HookView>().For(HookOwner.Roles);
        hooks.MapGet("/{id:guid}/deliveries", Deliveries).Produces<Page>().For(HookOwner.Roles);
    }

    /// <summary>An owner's, in their places.</summary>
    public static async Task<IReadOnlyList<HookView>> Of(Store store, Caller caller, CancellationToken ct)
    {
        var merchant = HookOwner.Of(caller);
        var ids = await store.Query<Guid>(
            $"select id from hooks where {OpenHook.OwnSql(merchant)} and status <> 'closed' order by place",
            new { merchant },
            ct
        );
        var all = new List<HookView>(ids.Count);
        foreach (var id in ids)
            all.Add(await HookView.Of(store, await store.Load(HookBook.Instance, id, ct), ct));
        return all;
    }

    /// <summary>Deliveries of one webhook, the newest first.</summary>
    public static async Task<Page> Of(
        Store store,
        Guid hook,
        HookState? state,
        string? cursor,
        int size,
        CancellationToken ct
    )
    {
        var where = new Conditions()
            .And("d.hook = @hook", "hook", hook)
            .Is("d.state", "state", state is { } word ? Words.Of(word) : null);
        Order.GoOn(where, cursor);
        var select = $"select {HookRow.Columns} from hook_deliveries d";
        var (rows, next) = await Order.Read(store, select, where, size, ct);
        return new Page([.. rows.Select(row => ToItem(hook, row))], next);
    }

    private static async Task<IResult> Own(Caller caller, Store store, CancellationToken ct) =>
        HookOwner.No(caller) is { } never
            ? never.AsProblem(StatusCodes.Status403Forbidden)
            : Results.Json(new Listed(await Of(store, caller, ct)), Cli.JsonFormat);

    private static async Task<IResult> One(Guid id, Caller caller, Store store, CancellationToken ct)
    {
        if (await ActOnHook.Find(store, id, caller, ct) is not { } loaded)
            return Answers.NotFound;
        return HookOwner.No(caller) is { } never
            ? never.AsProblem(StatusCodes.Status403Forbidden)
            : Results.Json(await HookView.Of(store, loaded, ct), Cli.JsonFormat);
    }

    private static async Task<IResult> Deliveries(
        Guid id,
        HttpContext http,
        Caller caller,
        Store store,
        CancellationToken ct
    )
    {
        if (await ActOnHook.Find(store, id, caller, ct) is null)
            return Answers.NotFound;
        if (HookOwner.No(caller) is { } never)
            return never.AsProblem(StatusCodes.Status403Forbidden);
        var faults = new FieldFaults();
        var address = new ListAddress(http.Request.Query, faults);
        var (state, cursor, size) = (address.Word<HookState>("state"), address.Cursor(Order), address.Size());
        return faults.None
            ? Results.Json(await Of(store, id, state, cursor, size, ct), Cli.JsonFormat)
            : Problems.Fields(faults.All);
    }

    private static Item ToItem(Guid hook, HookRow row)
    {
        var said = HookMessage.Of(hook, row);
        var state = Words.Parse<HookState>(row.State)!.Value;
        return new Item(
            said.Id,
            said.Position,
            said.Kind,
            said.Object,
            said.Number,
            said.At,
            state,
            row.Tries,
            state == HookState.Waiting ? DateTimeOffset.FromUnixTimeMilliseconds(row.NextAt) : null,
            row.DoneAt is { } done ? DateTimeOffset.FromUnixTimeMilliseconds(done) : null,
            row.Fault
        );
    }
}
