using System.Globalization;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Desk;

namespace Hengping.App.Desk;

/// <summary>The words of a decision: as its door takes them, and as they are held, a code in the open and the rest
/// sealed.</summary>
internal static class HeldWords
{
    /// <summary>The code, the words, and what it is about, as they are held.</summary>
    public static (string? Code, string? Words, string? About) Of(Verb verb, DecideFromDesk.DecideRequest said) =>
        verb switch
        {
            Verb.Exclude => (said.Ground, said.Reason, null),
            Verb.DecideContest => (said.Decision, said.Reason, said.Respondent?.ToString()),
            Verb.DecideReview => (said.Decision, said.Reason, null),
            Verb.DecideValidity => (said.Valid?.ToString(), said.Reason, Number(said.Reply)),
            Verb.FindPerformed or Verb.Include => (null, said.Reason, null),
            _ => (said.Reason, said.Note, null),
        };

    /// <summary>What was said, of what is held.</summary>
    public static DecideFromDesk.DecideRequest Said(DecisionEvent.Held held)
    {
        var said = new DecideFromDesk.DecideRequest
        {
            Missing = held.Missing?.ToArray(),
            Factors = held.Factors?.ToArray(),
        };
        return held.Verb switch
        {
            Verb.Exclude => said with { Ground = held.Reason, Reason = held.Note },
            Verb.DecideContest => said with
            {
                Decision = held.Reason,
                Reason = held.Note,
                Respondent = Guid.TryParse(held.About, out var id) ? id : null,
            },
            Verb.DecideReview => said with { Decision = held.Reason, Reason = held.Note },
            Verb.DecideValidity => said with
            {
                Valid = bool.TryParse(held.Reason, out var valid) ? valid : null,
                Reason = held.Note,
                Reply = int.TryParse(held.About, CultureInfo.InvariantCulture, out var no) ? no : null,
            },
            Verb.FindPerformed or Verb.Include => said with { Reason = held.Note },
            _ => said with { Reason = held.Reason, Note = held.Note },
        };
    }

    /// <summary>The judgement of the door that has the verb.</summary>
    public static ValueTask<Decided<ComplaintEvent>> Judge(
        Opened opened,
        Verb verb,
        DecideFromDesk.DecideRequest said,
        CancellationToken ct
    ) =>
        verb switch
        {
            Verb.Exclude => EndComplaint.Exclude(opened, new(said.Ground, said.Reason), ct),
            Verb.Include => EndComplaint.Include(opened, new(said.Reason), ct),
            Verb.Terminate => MediateComplaint.Terminate(opened, new(said.Reason, said.Note), ct),
            Verb.Close => EndComplaint.Close(opened, new Nothing(), ct),
            Verb.DecideContest => ContestComplaint.Decide(opened, new(said.Decision, said.Reason, said.Respondent), ct),
            Verb.DecideReview => EndComplaint.DecideReview(opened, new(said.Decision, said.Reason), ct),
            Verb.DecideValidity => ReplyToComplaint.Judge(opened, new(said.Reply, said.Valid, said.Reason), ct),
            Verb.FindPerformed => PerformSettlement.Find(opened, new(said.Reason), ct),
            _ => ValueTask.FromResult(
                ScreenComplaint.Decide(opened, verb, said.Missing, new(said.Reason, said.Note, said.Factors))
            ),
        };

    private static string? Number(int? no) => no?.ToString(CultureInfo.InvariantCulture);
}
