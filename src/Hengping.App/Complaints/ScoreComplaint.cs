using Hengping.App.Clocks;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>
/// <c>POST /complaints/{id}/score</c>: the claimant, or whoever holds the one-time link of a message to them. POST
/// only: a link that a mail scanner opens scores nothing.
/// </summary>
public static class ScoreComplaint
{
    /// <summary>The score; <c>link</c> is the one-time token where nobody is signed in.</summary>
    /// <param name="AsksIfMore">Refuse it, saying why, where more is said to be recovered than was in dispute; else it
    /// is recorded.</param>
    public sealed record ScoreRequest(
        decimal? Satisfaction = null,
        string? Resolved = null,
        decimal? AmountRecovered = null,
        string? Comment = null,
        string? Link = null,
        bool? AsksIfMore = null
    )
    {
        public ScoreRequest()
            : this(Satisfaction: null) { }
    }

    /// <summary>What a link gets back: nothing of the case.</summary>
    private sealed record Thanks(string Number, decimal Satisfaction);

    /// <summary>Puts the door on its address. Who may is judged here, as a link needs no caller.</summary>
    public static void Map(IEndpointRouteBuilder complaints) =>
        complaints
            .MapPost("/{id}/score", Handle)
            .Accepts<ScoreRequest>("application/json")
            .Produces<ComplaintView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .Anyone()
            .AnsweredOnce();

    /// <summary>
    /// The token of a case's link: bound to the number of scores so far, so it works once and a later link replaces
    /// it. Nothing is stored for it.
    /// </summary>
    public static string TokenOf(Store store, Guid complaint, int scores) =>
        OneTimeLink.TokenOf(store, ComplaintPurposes.ScoreLink, $"{complaint:N}|{scores}");

    /// <summary>The page a message leads to.</summary>
    public static string PathOf(Store store, Guid complaint, int scores) =>
        $"/score/{complaint:D}?link={TokenOf(store, complaint, scores)}";

    private static async Task<IResult> Handle(HttpContext http, string id, Store store, Law law, CancellationToken ct)
    {
        var caller = Caller.Of(http.User);
        if (caller is { Role: Role.Claimant or Role.Merchant })
            return await CaseVerbs.Enter<ScoreRequest>(http, caller, Verb.Score, Score);
        var (body, instead) = await Body.Read<ScoreRequest>(http, ct);
        if (instead is null && body.Link is { Length: > 0 and < 200 } link)
            return await ByLink(id, link, body, store, law, ct);
        return caller is null
            ? Problems.NotSignedIn.AsProblem(StatusCodes.Status401Unauthorized)
            : Problems.NotYourRole.AsProblem(StatusCodes.Status403Forbidden);
    }

    private static ValueTask<Decided<ComplaintEvent>> Score(Opened opened, ScoreRequest body, CancellationToken ct)
    {
        var faults = opened.Faults;
        var score = body.Satisfaction ?? -1;
        faults.If(body.Satisfaction is null, "satisfaction", Fault.Required);
        faults.If(score is < 0 or > 10 || decimal.Truncate(score) != score, "satisfaction", Fault.Satisfaction);
        Resolved? resolved = string.IsNullOrWhiteSpace(body.Resolved)
            ? null
            : faults.Word(
                "resolved",
                body.Resolved,
                ("yes", Resolved.Yes),
                ("partly", Resolved.Partly),
                ("no", Resolved.No)
            );
        faults.Money("amountRecovered", body.AmountRecovered, ComplaintPolicy.Current.AmountMax);
        var comment = faults.Text("comment", body.Comment, 0, 2_000);
        if (
            body is { AsksIfMore: true, AmountRecovered: { } sum }
            && opened.Case.InDispute is { } dispute
            && sum > dispute
        )
            // Who holds a link is told nothing of the case.
            return ValueTask.FromResult<Decided<ComplaintEvent>>(
                Refusals.RecoveredMore(sum, body.Link is null ? dispute : null)
            );
        return ValueTask.FromResult(
            opened.Case.ScoreIt(
                decimal.Truncate(score),
                resolved,
                body.AmountRecovered,
                comment.Length == 0 ? null : comment,
                opened.Now,
                ComplaintPolicy.Current
            )
        );
    }

    private static async Task<IResult> ByLink(
        string id,
        string link,
        ScoreRequest body,
        Store store,
        Law law,
        CancellationToken ct
    )
    {
        var loaded = Guid.TryParse(id, out var stream)
            ? await store.Load(ComplaintBook.Instance, stream, ct)
            : new Loaded<Complaint>(default, 0, 0, null);
        var right = TokenOf(store, stream, loaded.State?.Scores ?? -1);
        if (!OneTimeLink.Fits(right, link) || loaded.State is not { Claimant: { } claimant } complaint)
            return Answers.NotFound;
        var caller = new Caller(claimant, Role.Claimant, Merchant: null, Name: "");
        var opened = new Opened(loaded, caller, Party.Claimant, store, law, store.Now);
        var decided = await Score(opened, body, ct);
        if (!opened.Faults.None)
            return Problems.Fields(opened.Faults.All);
        if (decided.Refusal is { } no)
            return no.AsProblem();
        var change = store.Change(ComplaintBook.Instance, loaded, opened.Now, caller.Author, [decided.Event!]);
        var thanks = Results.Json(new Thanks(complaint.Number, body.Satisfaction!.Value), Cli.JsonFormat);
        return Answers.After(await store.Append(new Commit([change]), ct), thanks);
    }
}
