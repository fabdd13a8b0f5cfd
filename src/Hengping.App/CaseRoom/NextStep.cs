using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.CaseRoom;

/// <summary>Which words explain to a reader what is next: of what waits, or of how it ended.</summary>
public static class NextStep
{
    /// <summary>The end of the key of those words; of what waits there may be none.</summary>
    public static string Of(Complaint c, Party reader, CaseTurn? turn) =>
        turn switch
        {
            null => $"{Words.Of(c.Status)}.{Words.Of(reader)}",
            // Both parties can be asked about an offer: whoever made it reads no words about accepting.
            { Turn: { Kind: TurnKind.AnswerOffer, Who: var who } } when who != reader && reader != Party.Mediator =>
                "answerOffer.sender",
            // Shown before the day: nobody can say yet that it was not done.
            { Turn.Kind: TurnKind.ConfirmPerformance } when reader == Party.Claimant && c.ObjectBy is null =>
                "confirmPerformance.early",
            // Nothing lies on the table: what was offered was turned down or lapsed.
            { Turn.Kind: TurnKind.AskMediation } when c.Status == Status.Replied => "askMediation.replied",
            _ => $"{Words.Of(turn.Turn.Kind)}.{Words.Of(reader)}",
        };

    /// <summary>The words; null where the line of the turn says all.</summary>
    /// <param name="mayScore">The reader can score it now.</param>
    public static string? Text(string key, Complaint c, bool mayScore = false) =>
        Key(key, c, mayScore) is var words && Texts.All.ContainsKey(words)
            ? Texts.T(words, c.Hours.Full, c.Hours.Part, c.DueFrom is { } due ? Say.Date(due) : "")
            : null;

    // Who has scored is not asked for it; and "nothing more to do" stands above no open form.
    private static string Key(string key, Complaint c, bool mayScore) =>
        key == "closed.claimant" && mayScore
            ? c.Score is not null
                ? "then.closed.claimant.scored"
                : c.Excluded is null
                    ? "then.score.claimant"
                    : "then.closed.claimant.uncounted"
            // What counts in no rating threatens and promises nothing by one.
            : c.Excluded is not null && Texts.All.ContainsKey($"then.{key}.excluded")
                ? $"then.{key}.excluded"
                : "then." + key;
}
