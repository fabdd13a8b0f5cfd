using Hengping.App.Design.Parts;

namespace Hengping.App.Appeals;

/// <summary>A row of appeals as pages show it.</summary>
public sealed record AppealRow(ListAppeals.Item Item, string Target)
{
    /// <summary>Whose turn it is; null where nothing waits.</summary>
    public TurnLine? Turn { get; init; }
}

/// <summary>Rows of appeals.</summary>
/// <param name="IsDesk">For whoever decides: who appeals stands there too.</param>
public sealed record AppealTable(IReadOnlyList<AppealRow> Rows, DateTimeOffset Now, bool IsDesk);
