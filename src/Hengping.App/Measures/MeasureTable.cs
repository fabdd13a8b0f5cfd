namespace Hengping.App.Measures;

/// <summary>Measures as a table, on every page that lists them.</summary>
/// <param name="IsDesk">The clock stands in it instead of the last public day.</param>
/// <param name="Own">The reader's own: whom they are addressed to need not be said.</param>
public sealed record MeasureTable(
    IReadOnlyList<MeasureRows.Item> Rows,
    DateTimeOffset Now,
    bool IsDesk = false,
    bool Own = false
);
