namespace Hengping.App.Complaints;

/// <summary>The line of a reader as a box says it.</summary>
/// <param name="Clock">The term it ends with, with how it was counted; null where it is none of the case's clocks.
/// </param>
public sealed record TurnBox(CaseTurn Turn, DateTimeOffset Now, NamedDeadline? Clock)
{
    /// <summary>The case stands beside a list, under a heading of its own.</summary>
    public bool IsBeside { get; init; }

    /// <summary>The line with the clock of the case that ends with it.</summary>
    public static TurnBox? Of(CaseTurn? turn, DateTimeOffset now, IReadOnlyList<NamedDeadline> clocks) =>
        turn is null ? null : new TurnBox(turn, now, clocks.FirstOrDefault(one => one.Due == turn.Turn.By));
}

/// <summary>The line of a reader as a row of a list says it.</summary>
public sealed record TurnCell(CaseLine Row, DateTimeOffset Now);
