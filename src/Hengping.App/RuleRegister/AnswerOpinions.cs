using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Fields;
using Hengping.Rules.Publishing;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary>
/// <c>POST /rules/opinions/{id}/answer</c> answers an opinion, for everybody to read;
/// <c>/rules/{id}/opinions/answer</c> several that say the same, all or none.
/// </summary>
public static class AnswerOpinions
{
    /// <summary>Opinions that are answered at once.</summary>
    public const int AtOnceMax = 50;

    private const int AnswerMin = 5;
    private const int AnswerMax = 2_000;

    /// <summary>What became of it, and why.</summary>
    public record Request
    {
        /// <summary>adopted, partly, notAdopted.</summary>
        public string? Outcome { get; init; }

        /// <summary>Public; it names nobody.</summary>
        public string? Text { get; init; }
    }

    /// <summary>The same of several.</summary>
    public sealed record SeveralRequest : Request
    {
        public Guid[]? Opinions { get; init; }
    }

    private sealed record Opened(IReadOnlyList<Loaded<RuleOpinion>> Of, Caller Caller, Store Store, Guid Rule) : IOpened
    {
        public FieldFaults Faults { get; } = new();
    }

    private static readonly VerbWay<Opened, OpinionEvent> One = new() { Open = OpenOne, Save = SaveOne };

    private static readonly VerbWay<Opened, OpinionEvent> Several = new()
    {
        Open = OpenRule,
        With = WithSeveral,
        Save = SaveSeveral,
    };

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder rules)
    {
        One.Map<Request>(rules, "/opinions/{id:guid}/answer", WriteRules.Readers, null, Replied)
            .Produces<OpinionView>();
        Several
            .Map<SeveralRequest>(rules, "/{id:guid}/opinions/answer", WriteRules.Readers, null, Replied)
            .Produces<RuleOpinions.All>();
    }

    private static ValueTask<Decided<OpinionEvent>> Replied(Opened opened, Request body, CancellationToken ct)
    {
        var known = Enum.GetValues<OpinionOutcome>().Select(outcome => (Words.Of(outcome), outcome)).ToArray();
        var outcome = opened.Faults.Word("outcome", body.Outcome, known);
        var text = Masking.Mask(opened.Faults.Text("text", body.Text, AnswerMin, AnswerMax));
        Decided<OpinionEvent> decided = new OpinionEvent.Answered(outcome, text);
        foreach (var opinion in opened.Of)
            if (opinion.State!.Reply(outcome, text).Refusal is { } no)
                decided = no;
        return ValueTask.FromResult(decided);
    }

    private static async Task<Opened?> OpenOne(HttpContext http, Caller caller)
    {
        var store = http.RequestServices.GetRequiredService<Store>();
        var loaded = await store.Load(OpinionBook.Instance, IdOf(http), http.RequestAborted);
        return loaded.State is { } opinion ? new Opened([loaded], caller, store, opinion.Rule) : null;
    }

    private static async Task<Opened?> OpenRule(HttpContext http, Caller caller)
    {
        var store = http.RequestServices.GetRequiredService<Store>();
        var rule = await store.Load(RuleBook.Instance, IdOf(http), http.RequestAborted);
        return rule.State is null ? null : new Opened([], caller, store, rule.Id);
    }

    private static async Task<Opened> WithSeveral(HttpContext http, Opened opened, object body)
    {
        var ids = ((SeveralRequest)body).Opinions?.Distinct().ToList() ?? [];
        opened.Faults.If(ids.Count == 0, "opinions", Fault.Required);
        opened.Faults.If(ids.Count > AtOnceMax, "opinions", Fault.TooMany(AtOnceMax));
        var found = new List<Loaded<RuleOpinion>>();
        foreach (var id in ids.Take(AtOnceMax))
            found.Add(await opened.Store.Load(OpinionBook.Instance, id, http.RequestAborted));
        opened.Faults.If(found.Exists(one => one.State?.Rule != opened.Rule), "opinions", Fault.Unknown);
        return opened.Faults.None ? opened with { Of = found } : opened;
    }

    private static async Task<IResult> SaveOne(HttpContext http, Opened opened, OpinionEvent happened)
    {
        var (changes, views) = Answered(opened, happened);
        return await Answers.Append(http, opened.Store, changes, views[0], http.RequestAborted);
    }

    private static async Task<IResult> SaveSeveral(HttpContext http, Opened opened, OpinionEvent happened)
    {
        var (changes, views) = Answered(opened, happened);
        return await Answers.Append(http, opened.Store, changes, new RuleOpinions.All(views), http.RequestAborted);
    }

    private static (List<Change> Changes, List<OpinionView> Views) Answered(Opened opened, OpinionEvent happened)
    {
        var (changes, views) = (new List<Change>(), new List<OpinionView>());
        foreach (var opinion in opened.Of)
        {
            var (store, after) = (opened.Store, RuleOpinion.Fold(opinion.State, happened, opened.Store.Now));
            changes.Add(store.Change(OpinionBook.Instance, opinion, store.Now, opened.Caller.Author, [happened]));
            views.Add(
                new OpinionView(opinion.Id, after.Version, after.Clause, after.At, null, after.Outcome, after.Answer)
            );
        }
        return (changes, views);
    }

    private static Guid IdOf(HttpContext http) =>
        Guid.TryParse(http.Request.RouteValues["id"]?.ToString(), out var id) ? id : Guid.Empty;
}
