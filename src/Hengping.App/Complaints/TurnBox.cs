using Hengping.App.Design.Parts;

namespace Hengping.App.Complaints;

/// <summary>The line of a reader as a box says it.</summary>
/// <param name="Clock">The term it ends with, with how it was counted; null where it is none of the case's clocks.
/// </param>
public sealed record TurnBox(CaseTurn Turn, DateTimeOffset Now, NamedDeadline? Clock)
{
    /// <summary>As the shared part says it.</summary>
    public TurnLine Line =>
        TurnWords.Line(Turn, Now) with
        {
            Why = Clock?.Why,
            Late = Clock?.Late,
            IsProvisional = Clock?.Provisional == true,
        };

    /// <summary>The line with the clock of the case that ends with it.</summary>
    public static TurnBox? Of(CaseTurn? turn, DateTimeOffset now, IReadOnlyList<NamedDeadline> clocks) =>
        turn is null ? null : new TurnBox(turn, now, clocks.FirstOrDefault(one => one.Due == turn.Turn.By));
}
