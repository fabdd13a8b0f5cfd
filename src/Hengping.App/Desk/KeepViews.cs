using Hengping.App.Accounts;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Desk;
using Hengping.Rules.Fields;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace Hengping.App.Desk;

/// <summary><c>/desk/views</c>: filters of the desk under a name, for whoever kept them.</summary>
public static class KeepViews
{
    private const int QueryMax = 300;
    private static readonly string[] Parts = ["view", "priority", "department", "mine", "q"];
    private static readonly Role[] Staff = [Role.Mediator, Role.Reviewer, Role.Admin];

    /// <summary>A name, and the address of the desk or the part of it after the question mark.</summary>
    public sealed record KeepRequest(string? Name = null, string? Address = null)
    {
        public KeepRequest()
            : this(Name: null) { }
    }

    /// <summary>One kept view.</summary>
    public sealed record ViewShown(int No, string Name, string Address);

    private sealed record Listed(IReadOnlyList<ViewShown> Items);

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/views", Mine).Produces<Listed>().For(Staff);
        desk.MapPost("/views", Keep).Accepts<KeepRequest>("application/json").For(Staff).AnsweredOnce();
        desk.MapPost("/views/{n:int}/drop", Drop).For(Staff).AnsweredOnce();
    }

    /// <summary>The views of an account, oldest first.</summary>
    public static async Task<IReadOnlyList<ViewShown>> Of(Store store, Guid account, CancellationToken ct)
    {
        var told = await store.Tell(ViewBook.Instance, ViewBook.StreamOf(account), ct);
        var live = told.Aggregate((KeptViews?)null, (views, t) => KeptViews.Apply(views, t.Event))?.Live ?? [];
        return
        [
            .. from kept in told.Select(t => t.Event).OfType<ViewEvent.Kept>()
            where live.Contains(kept.No) && kept.Name is not null
            select new ViewShown(kept.No, kept.Name!, "/desk" + kept.Query),
        ];
    }

    private static async Task<IResult> Mine(Caller caller, Store store, CancellationToken ct) =>
        Results.Json(new Listed(await Of(store, caller.Account, ct)), Cli.JsonFormat);

    private static async Task<IResult> Keep(HttpContext http, Caller caller, Store store, CancellationToken ct)
    {
        var (body, instead) = await Body.Read<KeepRequest>(http, ct);
        if (instead is not null)
            return instead;
        var faults = new FieldFaults();
        var name = faults.Line("name", body.Name, KeptViews.NameMax) ?? "";
        faults.If(name.Length == 0, "name", Fault.Required);
        var query = QueryOf(body.Address);
        faults.If(query.Length > QueryMax, "address", Fault.TooLong(QueryMax));
        if (!faults.None)
            return Problems.Fields(faults.All);
        var loaded = await Load(store, caller, ct);
        var kept = (loaded.State ?? KeptViews.None).Keep(name, query);
        if (kept.Refusal is { } no)
            return no.AsProblem();
        var shown = new ViewShown(((ViewEvent.Kept)kept.Event!).No, name, "/desk" + query);
        return await Save(http, store, caller, loaded, kept.Event!, shown, ct);
    }

    private static async Task<IResult> Drop(HttpContext http, int n, Caller caller, Store store, CancellationToken ct)
    {
        var loaded = await Load(store, caller, ct);
        var dropped = (loaded.State ?? KeptViews.None).Drop(n);
        return dropped.Refusal is { } no
            ? no.AsProblem(StatusCodes.Status404NotFound)
            : await Save(http, store, caller, loaded, dropped.Event!, new { no = n }, ct);
    }

    /// <summary>The stream, sealed with the account's own key: erased with it.</summary>
    private static async Task<Loaded<KeptViews>> Load(Store store, Caller caller, CancellationToken ct)
    {
        var loaded = await store.Load(ViewBook.Instance, ViewBook.StreamOf(caller.Account), ct);
        return loaded.Version > 0
            ? loaded
            : loaded with
            {
                KeySlot = await AccountDesk.PersonKey(store, caller.Account, ct) ?? 0,
            };
    }

    private static async Task<IResult> Save<T>(
        HttpContext http,
        Store store,
        Caller caller,
        Loaded<KeptViews> loaded,
        ViewEvent happened,
        T shown,
        CancellationToken ct
    )
    {
        var change = store.Change(ViewBook.Instance, loaded, store.Now, caller.Author, [happened]);
        return await Door.Append(http, store, [change], shown, ct);
    }

    /// <summary>Only what the desk filters by, in one order: the same view has one address.</summary>
    private static string QueryOf(string? address)
    {
        var typed = (address ?? "").Split('?', 2) is [_, var after] ? after : "";
        var asked = QueryHelpers.ParseQuery(typed);
        var kept = new QueryBuilder();
        foreach (var part in Parts)
            if (asked.TryGetValue(part, out var value) && value.ToString() is { Length: > 0 } word)
                kept.Add(part, word);
        return kept.ToQueryString().Value ?? "";
    }
}
