using Hengping.Rules;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>
/// 履行: whether what was agreed was done. "Not performed" is told to the respondent, who has three days to show that it
/// was; what is counted then, a mediator can take back.
/// </summary>
public static class PerformSettlement
{
    /// <summary>What was not done.</summary>
    /// <param name="RefusedInWriting">Before the due day: the respondent has refused, in these words.</param>
    public sealed record NotPerformedRequest(
        bool? RefusedInWriting = null,
        string? Text = null,
        Guid[]? Evidence = null
    )
    {
        public NotPerformedRequest()
            : this(RefusedInWriting: null) { }
    }

    /// <summary>Why a mediator finds it performed.</summary>
    public sealed record FoundRequest(string? Reason = null)
    {
        public FoundRequest()
            : this(Reason: null) { }
    }

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder complaints)
    {
        complaints.MapVerb(Verb.Performed, opened => opened.Case.ConfirmPerformed(opened.Now));
        complaints.MapVerb<NotPerformedRequest>(Verb.NotPerformed, NotPerformed);
        complaints.MapVerb<ReplyToComplaint.TextRequest>(Verb.ShowPerformance, Show);
        complaints.MapVerb<FoundRequest>(Verb.FindPerformed, Find);
    }

    private static async ValueTask<Decided<ComplaintEvent>> NotPerformed(
        Opened opened,
        NotPerformedRequest body,
        CancellationToken ct
    )
    {
        var (text, evidence) = await Said(opened, body.Text, body.Evidence, ct);
        var policy = ComplaintPolicy.Current;
        var endBy = opened.MediationEndFrom(opened.Now + policy.ProofWithin);
        var refused = body.RefusedInWriting == true;
        return opened.Case.CallNotPerformed(refused, text, evidence, endBy, opened.Now, policy);
    }

    private static async ValueTask<Decided<ComplaintEvent>> Show(
        Opened opened,
        ReplyToComplaint.TextRequest body,
        CancellationToken ct
    )
    {
        var (text, evidence) = await Said(opened, body.Text, body.Evidence, ct);
        return opened.Case.ShowPerformance(text, evidence, opened.Now);
    }

    internal static ValueTask<Decided<ComplaintEvent>> Find(Opened opened, FoundRequest body, CancellationToken ct)
    {
        var reason = opened.Faults.Text("reason", body.Reason, 2, 500);
        return ValueTask.FromResult(opened.Case.FindPerformed(reason, opened.Now, ComplaintPolicy.Current));
    }

    private static async Task<(string? Text, IReadOnlyList<Guid> Evidence)> Said(
        Opened opened,
        string? text,
        Guid[]? evidence,
        CancellationToken ct
    )
    {
        var said = opened.Faults.Text("text", text, 0, 2_000);
        return (said.Length == 0 ? null : said, await opened.Evidence(evidence, ct));
    }
}
