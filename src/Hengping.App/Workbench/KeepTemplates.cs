using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Rules.Workbench;

namespace Hengping.App.Workbench;

/// <summary><c>/merchant/templates</c>: a merchant's texts for its replies, shared by all its people.</summary>
public static class KeepTemplates
{
    /// <summary>A name and a text with variables.</summary>
    public sealed record KeepRequest(string? Name = null, string? Text = null)
    {
        public KeepRequest()
            : this(Name: null) { }
    }

    /// <summary>One template.</summary>
    public sealed record TemplateShown(int No, string Name, string Text);

    private sealed record Listed(IReadOnlyList<TemplateShown> Items);

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder merchant)
    {
        merchant.MapGet("/templates", Mine).Produces<Listed>().For(Role.Merchant);
        merchant
            .MapPost(
                "/templates",
                (HttpContext http, Caller caller, Store store, CancellationToken ct) =>
                    Write(http, no: null, caller, store, ct)
            )
            .Accepts<KeepRequest>("application/json")
            .Produces<TemplateShown>()
            .For(Role.Merchant)
            .AnsweredOnce();
        merchant
            .MapPost(
                "/templates/{n:int}",
                (int n, HttpContext http, Caller me, Store store, CancellationToken ct) => Write(http, n, me, store, ct)
            )
            .Accepts<KeepRequest>("application/json")
            .Produces<TemplateShown>()
            .For(Role.Merchant)
            .AnsweredOnce();
        merchant.MapPost("/templates/{n:int}/drop", Drop).For(Role.Merchant).AnsweredOnce();
    }

    /// <summary>A merchant's templates as they are now, oldest first.</summary>
    public static async Task<IReadOnlyList<TemplateShown>> Of(Store store, Guid merchant, CancellationToken ct)
    {
        var shown = new SortedDictionary<int, TemplateShown>();
        foreach (var told in await store.Tell(TemplateBook.Instance, TemplateBook.StreamOf(merchant), ct))
            switch (told.Event)
            {
                case TemplateEvent.Kept { Name: { } name, Text: { } text } e:
                    shown[e.No] = new TemplateShown(e.No, name, text);
                    break;
                case TemplateEvent.Changed { Name: { } name, Text: { } text } e:
                    shown[e.No] = new TemplateShown(e.No, name, text);
                    break;
                case TemplateEvent.Dropped e:
                    shown.Remove(e.No);
                    break;
            }
        return [.. shown.Values];
    }

    private static async Task<IResult> Mine(Caller caller, Store store, CancellationToken ct) =>
        Results.Json(new Listed(await Of(store, caller.Merchant ?? Guid.Empty, ct)), Cli.JsonFormat);

    private static async Task<IResult> Write(
        HttpContext http,
        int? no,
        Caller caller,
        Store store,
        CancellationToken ct
    )
    {
        var loaded = await Load(store, caller, ct);
        var templates = loaded.State ?? ReplyTemplates.None;
        if (no is { } known && templates.Drop(known).Refusal is { } gone)
            return gone.AsProblem(StatusCodes.Status404NotFound);
        var (body, instead) = await Body.Read<KeepRequest>(http, ct);
        if (instead is not null)
            return instead;
        var faults = new FieldFaults();
        var name = faults.Line("name", body.Name, ReplyTemplates.NameMax) ?? "";
        faults.If(name.Length == 0, "name", Fault.Required);
        var text = faults.Text("text", body.Text, 10, ReplyTemplates.TextMax);
        faults.If(!TemplateText.IsSound(text), "text", TemplateText.Unknown);
        if (!faults.None)
            return Problems.Fields(faults.All);
        var decided = no is { } n ? templates.Change(n, name, text) : templates.Keep(name, text);
        if (decided.Refusal is { } refused)
            return refused.AsProblem();
        var shown = new TemplateShown(no ?? templates.Last + 1, name, text);
        return await Save(http, store, caller, loaded, decided.Event!, shown, ct);
    }

    private static async Task<IResult> Drop(HttpContext http, int n, Caller caller, Store store, CancellationToken ct)
    {
        var loaded = await Load(store, caller, ct);
        var dropped = (loaded.State ?? ReplyTemplates.None).Drop(n);
        return dropped.Refusal is { } no
            ? no.AsProblem(StatusCodes.Status404NotFound)
            : await Save(http, store, caller, loaded, dropped.Event!, new { no = n }, ct);
    }

    private static Task<Loaded<ReplyTemplates>> Load(Store store, Caller caller, CancellationToken ct) =>
        store.Load(TemplateBook.Instance, TemplateBook.StreamOf(caller.Merchant ?? Guid.Empty), ct);

    private static async Task<IResult> Save<T>(
        HttpContext http,
        Store store,
        Caller caller,
        Loaded<ReplyTemplates> loaded,
        TemplateEvent happened,
        T shown,
        CancellationToken ct
    )
    {
        var change = store.Change(TemplateBook.Instance, loaded, store.Now, caller.Author, [happened]);
        return await Door.Append(http, store, [change], shown, ct);
    }
}
