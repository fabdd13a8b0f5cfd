using Hengping.App.Design.Parts;

namespace Hengping.App.Measures;

/// <summary>Measures as a table, on every page that lists them.</summary>
/// <param name="Turns">Whose turn it is, of those who are told; it stands there instead of the last public day.</param>
/// <param name="Appeals">The addressee's own appeals against them, by measure.</param>
/// <param name="Own">The reader's own: whom they are addressed to need not be said.</param>
public sealed record MeasureTable(
    IReadOnlyList<MeasureRows.Item> Rows,
    DateTimeOffset Now,
    IReadOnlyDictionary<Guid, TurnLine>? Turns = null,
    bool Own = false,
    IReadOnlyDictionary<Guid, MeasureView.Appealing>? Appeals = null
);
