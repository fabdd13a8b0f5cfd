using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules;
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

    private sealed record Opened(Loaded<KeptViews> Loaded, Caller Caller, Store Store, int No) : IOpened
    {
        public KeptViews Views => Loaded.State ?? KeptViews.None;
        public FieldFaults Faults { get; } = new();
    }

    private static readonly VerbWay<Opened, ViewEvent> Way = new()
    {
        Open = Open,
        Save = Save,
        Unknown = [KeptViews.Unknown],
    };

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/views", Mine).Produces<Listed>().For(Staff);
        Way.Map<KeepRequest>(desk, "/views", Staff, null, Keep).Produces<ViewShown>();
        Way.Map<Nothing>(
            desk,
            "/views/{n:int}/drop",
            Staff,
            null,
            (opened, _, _) => ValueTask.FromResult(opened.Views.Drop(opened.No))
        );
    }

    /// <summary>The views of an account, oldest first.</summary>
    public static async Task<IReadOnlyList<ViewShown>> Of(Store store, Guid account, CancellationToken ct)
    {
        var story = await store.ReadStory(ViewBook.Instance, ViewBook.StreamOf(account), ct);
        var live = story.Aggregate((KeptViews?)null, (views, t) => KeptViews.Apply(views, t.Event))?.Live ?? [];
        return
        [
            .. from kept in story.Select(t => t.Event).OfType<ViewEvent.Kept>()
            where live.Contains(kept.No) && kept.Name is not null
            select new ViewShown(kept.No, kept.Name!, "/desk" + kept.Query),
        ];
    }

    private static async Task<IResult> Mine(Caller caller, Store store, CancellationToken ct) =>
        Results.Json(new Listed(await Of(store, caller.Account, ct)), Cli.JsonFormat);

    private static ValueTask<Decided<ViewEvent>> Keep(Opened opened, KeepRequest body, CancellationToken ct)
    {
        var faults = opened.Faults;
        var name = faults.Line("name", body.Name, KeptViews.NameMax) ?? "";
        faults.If(name.Length == 0, "name", Fault.Required);
        var query = QueryOf(body.Address);
        faults.If(query.Length > QueryMax, "address", Fault.TooLong(QueryMax));
        return ValueTask.FromResult(opened.Views.Keep(name, query));
    }

    /// <summary>The stream, sealed with the account's own key: erased with it.</summary>
    private static async Task<Opened?> Open(HttpContext http, Caller caller)
    {
        var (store, ct) = (http.RequestServices.GetRequiredService<Store>(), http.RequestAborted);
        var loaded = await store.Load(ViewBook.Instance, ViewBook.StreamOf(caller.Account), ct);
        if (loaded.Version == 0)
            loaded = loaded with { KeySlot = await AccountDesk.PersonKey(store, caller.Account, ct) ?? 0 };
        return new Opened(loaded, caller, store, Numbered.Of(http) ?? 0);
    }

    private static Task<IResult> Save(HttpContext http, Opened opened, ViewEvent happened)
    {
        var (store, loaded) = (opened.Store, opened.Loaded);
        var change = store.Change(ViewBook.Instance, loaded, store.Now, opened.Caller.Author, [happened]);
        object shown = happened is ViewEvent.Kept e
            ? new ViewShown(e.No, e.Name!, "/desk" + e.Query)
            : new { no = opened.No };
        return Answers.Append(http, store, [change], shown, http.RequestAborted);
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
