using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>
/// The desk's first look: return with one notice of all that is missing, decline with a reason, deliver.
/// </summary>
public static class ScreenComplaint
{
    private const int MissingMax = 20;

    /// <summary>What is missing: codes of the taxonomy or the mediator's own words.</summary>
    public sealed record ReturnRequest(string[]? Missing = null, string? Note = null)
    {
        public ReturnRequest()
            : this(Missing: null) { }
    }

    /// <summary>A reason code, and words of one's own.</summary>
    public sealed record ReasonRequest(string? Reason = null, string? Note = null)
    {
        public ReasonRequest()
            : this(Reason: null) { }
    }

    /// <summary>Why it is not accepted.</summary>
    /// <param name="Factors">Of <c>not-consumption</c>: what was found, each with what shows it.</param>
    public sealed record DeclineRequest(string? Reason = null, string? Note = null, FactorDraft[]? Factors = null)
    {
        public DeclineRequest()
            : this(Reason: null) { }
    }

    /// <summary>What the claimant adds.</summary>
    public sealed record ResubmitRequest(string? Text = null, Guid[]? Evidence = null)
    {
        public ResubmitRequest()
            : this(Text: null) { }
    }

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder complaints)
    {
        complaints.MapVerb<ReturnRequest>(
            Verb.Return,
            (opened, body, _) => ValueTask.FromResult(Return(opened, body.Missing, body.Note))
        );
        complaints.MapVerb<ResubmitRequest>(Verb.Resubmit, Resubmit);
        complaints.MapVerb<ResubmitRequest>(Verb.Supplement, Supplement);
        complaints.MapVerb<DeclineRequest>(
            Verb.Decline,
            (opened, body, _) => ValueTask.FromResult(Decline(opened, body))
        );
        complaints.MapVerb(Verb.Deliver, opened => opened.Case.Deliver(Drawn.PublicId(), opened.Now));
    }

    /// <summary>The same judgement for whoever decides away from these doors: deliver, return or decline.</summary>
    internal static Decided<ComplaintEvent> Decide(
        Opened opened,
        Verb verb,
        IReadOnlyList<string>? missing,
        DeclineRequest said
    ) =>
        verb switch
        {
            Verb.Return => Return(opened, missing, said.Note),
            Verb.Decline => Decline(opened, said),
            _ => opened.Case.Deliver(Drawn.PublicId(), opened.Now),
        };

    private static Decided<ComplaintEvent> Return(Opened opened, IReadOnlyList<string>? asked, string? words)
    {
        var faults = opened.Faults;
        var missing = (asked ?? []).Select(m => faults.Line("missing", m, 200)).OfType<string>().ToList();
        var note = faults.Text("note", words, 0, 2_000);
        faults.If(missing.Count == 0 && note.Length == 0, "missing", Fault.Required);
        faults.If(missing.Count > MissingMax, "missing", Fault.TooMany(MissingMax));
        return opened.Case.Return(missing, Optional(note), opened.Now, ComplaintPolicy.Current);
    }

    private static async ValueTask<Decided<ComplaintEvent>> Resubmit(
        Opened opened,
        ResubmitRequest body,
        CancellationToken ct
    )
    {
        var text = opened.Faults.Text("text", body.Text, 0, Filing.StoryMax);
        var evidence = await opened.Evidence(body.Evidence, ct);
        return opened.Case.Resubmit(Optional(text), evidence, opened.Due("complaint.screening"), opened.Now);
    }

    private static async ValueTask<Decided<ComplaintEvent>> Supplement(
        Opened opened,
        ResubmitRequest body,
        CancellationToken ct
    )
    {
        var text = opened.Faults.Text("text", body.Text, 0, Filing.StoryMax);
        var evidence = await opened.Evidence(body.Evidence, ct);
        return opened.Case.Supplement(Optional(text), evidence, opened.Now);
    }

    private static Decided<ComplaintEvent> Decline(Opened opened, DeclineRequest said)
    {
        var reason = opened.Faults.Code("reason", said.Reason, Taxonomies.Taxonomies.Current.ReasonsOf("decline"));
        var note = opened.Faults.Text("note", said.Note, 0, 2_000);
        var sheet = FactorSheet.Check(reason, said.Factors, opened.Case.Evidence, opened.Faults);
        return opened.Case.Decline(reason, Optional(note), opened.Now, sheet);
    }

    private static string? Optional(string text) => text.Length == 0 ? null : text;
}
