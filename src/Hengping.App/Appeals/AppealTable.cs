namespace Hengping.App.Appeals;

/// <summary>A row of appeals as pages show it.</summary>
public sealed record AppealRow(ListAppeals.Item Item, string Target);

/// <summary>Rows of appeals.</summary>
/// <param name="IsDesk">For whoever decides: who appeals stands there too.</param>
public sealed record AppealTable(IReadOnlyList<AppealRow> Rows, DateTimeOffset Now, bool IsDesk);
