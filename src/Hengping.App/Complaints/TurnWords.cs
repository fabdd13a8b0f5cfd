using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>How pages say whose turn it is: the same words in a box, a bar and a list.</summary>
public static class TurnWords
{
    /// <summary>Who must do what, to its reader: "You decide: ¥129".</summary>
    public static string Title(CaseTurn of)
    {
        var (turn, key) = (of.Turn, "turn." + Words.Of(of.Turn.Kind));
        if (!of.IsMine)
            // Both parties can be asked about an offer.
            return Texts.T(turn.Kind == TurnKind.AnswerOffer ? $"{key}.{Words.Of(turn.Who)}" : key);
        return turn.Sum is { } sum && Texts.All.ContainsKey(key + ".mine.sum")
            ? Texts.T(key + ".mine.sum", Say.Money(sum))
            : Texts.T(key + ".mine");
    }

    /// <summary>The whole line.</summary>
    public static TurnLine Line(CaseTurn of, DateTimeOffset now) =>
        new(Title(of), of.Turn.By, Otherwise(of), of.IsMine, now) { Note = Note(of) };

    /// <summary>What holds of the case whatever is done in it: it counts in no rating; null where it may.</summary>
    public static string? Note(CaseTurn of) =>
        of.Excluded is { } ground ? Texts.T("turn.excluded", Names.Reason(ground)) : null;

    /// <summary>What happens otherwise.</summary>
    public static string Otherwise(CaseTurn of) =>
        of is { Turn.Kind: TurnKind.Perform, Reader: Party.Claimant }
            ? Texts.T("turn.perform.otherwise")
            : Texts.Pick(of.Turn.Otherwise.Zh, of.Turn.Otherwise.En);

    /// <summary>What the button of the one whose turn it is says; null where there is none to press.</summary>
    public static string? Button(CaseTurn? of) =>
        of is { IsMine: true } ? Texts.T($"turn.{Words.Of(of.Turn.Kind)}.go") : null;

    /// <summary>Where on the page of the case it is done.</summary>
    public static string Place(Turn turn, string number) =>
        turn.Kind switch
        {
            TurnKind.AnswerOffer => $"#offer-{turn.No}",
            TurnKind.AnswerJoint or TurnKind.AnswerInvitation or TurnKind.ConfirmJoint => "#joint",
            TurnKind.Score => $"/cases/{number}?act=score#act",
            TurnKind.ConfirmPerformance => $"/cases/{number}?act=performed#act",
            TurnKind.AskMediation => $"/cases/{number}?act=notSolved#act",
            _ => "#act",
        };
}
