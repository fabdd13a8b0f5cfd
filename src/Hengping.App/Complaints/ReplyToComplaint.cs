using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>
/// The merchant replies; whether it counts is decided by rule as it arrives, and can be judged again.
/// </summary>
public static class ReplyToComplaint
{
    /// <summary>Longest reply or message.</summary>
    public const int TextMax = 5_000;

    /// <summary>Words and pieces of evidence.</summary>
    public sealed record TextRequest(string? Text = null, Guid[]? Evidence = null)
    {
        public TextRequest()
            : this(Text: null) { }
    }

    /// <summary>A reply.</summary>
    /// <param name="MustCount">Refuse it, saying why, where the rule would not count it; else it is recorded.</param>
    public sealed record ReplyRequest(string? Text = null, Guid[]? Evidence = null, bool? MustCount = null)
    {
        public ReplyRequest()
            : this(Text: null) { }
    }

    /// <summary>A mediator's judgement of a reply.</summary>
    /// <param name="Reply">The number of the reply in the caller's time line.</param>
    public sealed record JudgeRequest(int? Reply = null, bool? Valid = null, string? Reason = null)
    {
        public JudgeRequest()
            : this(Reply: null) { }
    }

    /// <summary>Why a side does not agree with how a reply counts.</summary>
    /// <param name="Reply">The number of the reply in the caller's time line.</param>
    public sealed record DisagreeRequest(int? Reply = null, string? Reason = null)
    {
        public DisagreeRequest()
            : this(Reply: null) { }
    }

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder complaints)
    {
        complaints.MapVerb<ReplyRequest>(Verb.Reply, Reply);
        complaints.MapVerb<JudgeRequest>(Verb.DecideValidity, Judge);
        complaints.MapVerb<DisagreeRequest>(Verb.ContestValidity, Disagree);
        complaints.MapVerb<TextRequest>(Verb.Message, Message);
    }

    private static async ValueTask<Decided<ComplaintEvent>> Reply(
        Opened opened,
        ReplyRequest body,
        CancellationToken ct
    )
    {
        var text = opened.Faults.Text("text", body.Text, 1, TextMax);
        var evidence = await opened.Evidence(body.Evidence, ct);
        if (!opened.Faults.None)
            return Fault.Required;
        var alike = await ReplyPrints.Alike(opened, text, ct);
        var validity = ReplyValidity.Judge(text, ofRespondent: true, alike);
        // Who asks to be told is told before it is sent; else it is recorded as it stands.
        return body.MustCount == true && !validity.Valid && opened.Case.Can(Verb.Reply)
            ? Refusals.WouldNotCount(validity)
            : opened.Case.Reply(text, evidence, validity, opened.Now);
    }

    internal static ValueTask<Decided<ComplaintEvent>> Judge(Opened opened, JudgeRequest body, CancellationToken ct)
    {
        var reason = opened.Faults.Text("reason", body.Reason, 2, 500);
        opened.Faults.If(body.Reply is null, "reply", Fault.Required);
        opened.Faults.If(body.Valid is null, "valid", Fault.Required);
        return ValueTask.FromResult(
            opened.Case.DecideValidity(body.Reply ?? 0, body.Valid ?? false, reason, opened.Now)
        );
    }

    private static async ValueTask<Decided<ComplaintEvent>> Disagree(
        Opened opened,
        DisagreeRequest body,
        CancellationToken ct
    )
    {
        var reason = opened.Faults.Text("reason", body.Reason, 2, 500);
        opened.Faults.If(body.Reply is null, "reply", Fault.Required);
        var reply = await RunningNumbers.VersionOf(opened, body.Reply, ct);
        return opened.Case.ContestValidity(reply, opened.Party, reason, opened.Now, ComplaintPolicy.Current);
    }

    private static async ValueTask<Decided<ComplaintEvent>> Message(
        Opened opened,
        TextRequest body,
        CancellationToken ct
    )
    {
        var text = opened.Faults.Text("text", body.Text, 1, TextMax);
        var evidence = await opened.Evidence(body.Evidence, ct);
        return opened.Case.Message(opened.Party, text, evidence, opened.Now);
    }
}
