using System.CommandLine;
using Hengping.App.Platform;

namespace Hengping.App.Importing;

/// <summary>History from other systems, through the same rules.</summary>
public sealed class ImportingRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        new("workbook-parts", WorkbookLimits.EntriesMax),
        new("workbook-part", WorkbookLimits.EntryBytesMax, LimitUnit.Bytes),
        new("workbook-all", WorkbookLimits.AllBytesMax, LimitUnit.Bytes),
        new("workbook-texts", WorkbookLimits.TextsBytesMax, LimitUnit.Bytes),
        new("workbook-ratio", WorkbookLimits.RatioMax),
        new("workbook-columns", WorkbookLimits.ColumnsMax),
        new("workbook-cells", WorkbookLimits.CellsMax),
        new("workbook-old", WorkbookLimits.OldBytesMax, LimitUnit.Bytes),
    ];

    /// <inheritdoc/>
    public override IEnumerable<Command> Commands() => [ImportCommand.Create()];
}
