using System.Globalization;
using CsvHelper;
using Hengping.Rules;

namespace Hengping.App.Importing;

/// <summary>
/// Every row that was not loaded, with its line and why, as CSV: mend it and load it again. Cells that a spreadsheet
/// would run as a formula are made harmless. It holds the source's texts unmasked, so only its owner may read it.
/// </summary>
public sealed class RejectsFile : IDisposable
{
    private const int TallyLines = 3;
    private readonly CsvWriter? csv;
    private readonly SortedDictionary<string, (Refusal Why, int Count, List<long> Lines)> tally = new(
        StringComparer.Ordinal
    );

    /// <summary>Begins the file; null keeps the tally only.</summary>
    public RejectsFile(string? path, SourceTable table)
    {
        if (path is null)
            return;
        var how = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, how);
        csv = CsvWriter.Create(
            file,
            new CsvWriterOptions
            {
                Injection = CsvInjection.Escape,
                ValidateFieldCount = false,
                NewLine = "\n",
            },
            leaveOpen: false
        );
        var own = table is NdjsonTable ? ["row"] : table.Columns;
        csv.WriteRecord(["line", "code", "reason_zh", "reason_en", .. own]);
    }

    /// <summary>How many so far.</summary>
    public long Count { get; private set; }

    /// <summary>Keeps a row that was not loaded.</summary>
    public void Add(SourceRow row, Refusal why)
    {
        Count++;
        var known = tally.GetValueOrDefault(why.Code, (why, 0, []));
        if (known.Item3.Count < TallyLines)
            known.Item3.Add(row.Line);
        tally[why.Code] = (known.Item1, known.Item2 + 1, known.Item3);
        if (csv is null)
            return;
        var cells = row.Raw is { } raw ? [raw] : row.Cells;
        csv.WriteRecord([row.Line.ToString(CultureInfo.InvariantCulture), why.Code, why.Zh, why.En, .. cells]);
    }

    /// <summary>One line a reason, for people.</summary>
    public IEnumerable<string> Summary() =>
        tally.Values.Select(entry =>
            $"  {entry.Why.Code} × {entry.Count}: {entry.Why.Zh} / {entry.Why.En}"
            + $" (lines / 行 {string.Join(", ", entry.Lines)}{(entry.Count > entry.Lines.Count ? " …" : "")})"
        );

    /// <inheritdoc/>
    public void Dispose() => csv?.Dispose();
}
