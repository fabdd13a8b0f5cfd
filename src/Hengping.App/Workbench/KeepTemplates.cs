using Hengping.App.Platform;
using Hengping.Rules;
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

    private sealed record Opened(Loaded<ReplyTemplates> Loaded, Caller Caller, Store Store, int? No) : IOpened
    {
        public ReplyTemplates Templates => Loaded.State ?? ReplyTemplates.None;
        public FieldFaults Faults { get; } = new();
    }

    private static readonly VerbWay<Opened, TemplateEvent> Way = new()
    {
        Open = Open,
        Save = Save,
        Unknown = [ReplyTemplates.Unknown],
    };

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder merchant)
    {
        merchant.MapGet("/templates", Mine).Produces<Listed>().For(Role.Merchant);
        Way.Map<KeepRequest>(merchant, "/templates", [Role.Merchant], null, Write).Produces<TemplateShown>();
        Way.Map<KeepRequest>(merchant, "/templates/{n:int}", [Role.Merchant], NotThere, Write)
            .Produces<TemplateShown>();
        Way.Map<Nothing>(
            merchant,
            "/templates/{n:int}/drop",
            [Role.Merchant],
            NotThere,
            (opened, _, _) => ValueTask.FromResult(opened.Templates.Drop(opened.No ?? 0))
        );
    }

    /// <summary>A merchant's templates as they are now, oldest first.</summary>
    public static async Task<IReadOnlyList<TemplateShown>> Of(Store store, Guid merchant, CancellationToken ct)
    {
        var shown = new SortedDictionary<int, TemplateShown>();
        foreach (var one in await store.ReadStory(TemplateBook.Instance, TemplateBook.StreamOf(merchant), ct))
            switch (one.Event)
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

    private static Refusal? NotThere(Opened opened) => opened.Templates.Drop(opened.No ?? 0).Refusal;

    private static ValueTask<Decided<TemplateEvent>> Write(Opened opened, KeepRequest body, CancellationToken ct)
    {
        var faults = opened.Faults;
        var name = faults.Line("name", body.Name, ReplyTemplates.NameMax) ?? "";
        faults.If(name.Length == 0, "name", Fault.Required);
        var text = faults.Text("text", body.Text, 10, ReplyTemplates.TextMax);
        faults.If(!TemplateText.IsSound(text), "text", TemplateText.Unknown);
        return ValueTask.FromResult(
            opened.No is { } no ? opened.Templates.Change(no, name, text) : opened.Templates.Keep(name, text)
        );
    }

    private static async Task<Opened?> Open(HttpContext http, Caller caller)
    {
        var store = http.RequestServices.GetRequiredService<Store>();
        var stream = TemplateBook.StreamOf(caller.Merchant ?? Guid.Empty);
        var loaded = await store.Load(TemplateBook.Instance, stream, http.RequestAborted);
        return new Opened(loaded, caller, store, Numbered.Of(http));
    }

    private static Task<IResult> Save(HttpContext http, Opened opened, TemplateEvent happened)
    {
        var (store, loaded) = (opened.Store, opened.Loaded);
        var change = store.Change(TemplateBook.Instance, loaded, store.Now, opened.Caller.Author, [happened]);
        object shown = happened switch
        {
            TemplateEvent.Kept e => new TemplateShown(e.No, e.Name!, e.Text!),
            TemplateEvent.Changed e => new TemplateShown(e.No, e.Name!, e.Text!),
            _ => new { no = opened.No },
        };
        return Answers.Append(http, store, [change], shown, http.RequestAborted);
    }
}
