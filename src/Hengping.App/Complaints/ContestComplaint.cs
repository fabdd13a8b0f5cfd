using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>异议: the respondent says it is not theirs; a mediator redirects, excludes or rejects.</summary>
public static class ContestComplaint
{
    /// <summary>A ground, words, evidence.</summary>
    public sealed record ContestRequest(string? Ground = null, string? Note = null, Guid[]? Evidence = null)
    {
        public ContestRequest()
            : this(Ground: null) { }
    }

    /// <summary>The decision; a redirect names the right respondent.</summary>
    public sealed record DecisionRequest(string? Decision = null, string? Reason = null, Guid? Respondent = null)
    {
        public DecisionRequest()
            : this(Decision: null) { }
    }

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder complaints)
    {
        complaints.MapVerb<ContestRequest>(Verb.Contest, Contest);
        complaints.MapVerb<DecisionRequest>(Verb.DecideContest, Decide);
    }

    private static async ValueTask<Decided<ComplaintEvent>> Contest(
        Opened opened,
        ContestRequest body,
        CancellationToken ct
    )
    {
        var ground = opened.Faults.Word(
            "ground",
            body.Ground,
            ("not-our-order", ContestGround.NotOurOrder),
            ("wrong-company", ContestGround.WrongCompany),
            ("already-settled", ContestGround.AlreadySettled),
            ("competitor", ContestGround.Competitor)
        );
        var note = opened.Faults.Text("note", body.Note, 0, 2_000);
        var evidence = await opened.Evidence(body.Evidence, ct);
        // An unknown calendar must not cost the claimant time: seven days hold three working days of any ordinary week.
        var answerBy = opened.Due("contest.answer")!.Value;
        return opened.Case.ContestIt(ground, note.Length == 0 ? null : note, evidence, answerBy, opened.Now);
    }

    internal static async ValueTask<Decided<ComplaintEvent>> Decide(
        Opened opened,
        DecisionRequest body,
        CancellationToken ct
    )
    {
        var (faults, respondent) = (opened.Faults, body.Respondent);
        var decision = faults.Word(
            "decision",
            body.Decision,
            ("redirect", ContestDecision.Redirect),
            ("exclude", ContestDecision.Exclude),
            ("reject", ContestDecision.Reject)
        );
        var reason = faults.Text("reason", body.Reason, 2, 2_000);
        if (decision == ContestDecision.Redirect && faults.None)
        {
            faults.If(respondent is null, "respondent", Fault.Required);
            if (respondent is { } id)
                respondent = await new Respondents(opened.Store, opened.Case.Side, faults).Known(id, "respondent", ct);
        }
        return opened.Case.DecideContest(decision, respondent, Drawn.PublicId(), reason, opened.Now);
    }
}
