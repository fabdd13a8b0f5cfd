using System.Security.Cryptography;
using Hengping.Rules;
using Hengping.Rules.Complaints;

namespace Hengping.App.Importing;

/// <summary>What our rules make of a source's complaint: the events at their own times, or the first refusal.</summary>
internal static class SourceHistory
{
    /// <summary>Runs a complaint through the life table, from filing to what its source knows last.</summary>
    /// <param name="filing">The complaint as the filing rule for sources takes it.</param>
    /// <param name="author">As <c>import:cfpb</c>.</param>
    /// <param name="now">Nothing happens after it.</param>
    /// <param name="events">Takes the events.</param>
    public static Refusal? Tell(
        SourceComplaint source,
        SourceFiling filing,
        string author,
        DateTimeOffset now,
        List<(DateTimeOffset At, ComplaintEvent Event)> events
    )
    {
        var filed = Complaint.FileFromSource(filing, source.FiledAt, now);
        if (filed.Refusal is { } no)
            return no;
        events.Add((source.FiledAt, filed.Event!));
        var state = Complaint.Fold(null, filed.Event!, source.FiledAt, author);
        for (var i = 0; i < source.Course.Count; i++)
        {
            var step = source.Course[i];
            var decided = Decide(state, step);
            if (decided.Refusal is { } refusal)
                return refusal;
            events.Add((step.At, decided.Event!));
            if (i + 1 < source.Course.Count)
                state = state.Apply(decided.Event!, step.At, author);
        }
        return null;
    }

    private static Decided<ComplaintEvent> Decide(Complaint complaint, SourceStep step) =>
        step switch
        {
            SourceStep.Delivered e => complaint.Deliver(NewPublicId(), e.At),
            SourceStep.Unreached e => complaint.MarkUnreached([], e.At),
            SourceStep.Replied { InstantKnown: true } e => complaint.Reply(e.Text, [], ReplyValidity.BySource, e.At),
            SourceStep.Replied e => complaint.ReplyFromSource(e.Text, e.Timely, e.At),
            SourceStep.Declined e => complaint.Decline("not-consumption", note: null, e.At),
            SourceStep.Excluded e => complaint.Exclude("respondent-not-located", reason: null, e.At),
            SourceStep.Terminated e => complaint.Terminate("party-absent", nonAcceptance: false, note: null, e.At),
            SourceStep.Withdrawn e => complaint.Withdraw(e.At),
            SourceStep.Closed e => complaint.CloseFromSource(e.Outcome, e.Recovered, e.At),
            SourceStep.Scored e => complaint.ScoreIt(
                e.Satisfaction,
                resolved: null,
                recovered: null,
                comment: null,
                e.At,
                ComplaintPolicy.Current
            ),
            _ => throw new InvalidOperationException($"No rule for {step.GetType().Name}"),
        };

    /// <summary>Random, and never the case number.</summary>
    private static string NewPublicId() => RandomNumberGenerator.GetHexString(24, lowercase: true);
}
