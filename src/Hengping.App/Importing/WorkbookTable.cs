using System.Globalization;
using System.Xml;
using ExcelDataReader;

namespace Hengping.App.Importing;

/// <summary>
/// The sheets of a workbook that can be seen, one after the other; each may have the columns in an order of its own.
/// Dates may be real ones in one cell and text in the next; both come out as text.
/// </summary>
internal sealed class WorkbookTable : SourceTable
{
    private const int HeadRows = 60;

    private readonly FileStream file;
    private readonly IExcelDataReader sheet;
    private readonly IReadOnlyList<IReadOnlyList<string>> wanted;
    private readonly bool is1904;
    private readonly List<SourceRow> passedBy = [];

    // Where in the sheet each column stands; −1 where it lacks it.
    private int[] places = [];
    private long line;

    public WorkbookTable(string path, IReadOnlyList<IReadOnlyList<string>> wanted)
    {
        this.wanted = wanted;
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        file = File.OpenRead(path);
        try
        {
            is1904 = WorkbookLimits.Check(file);
            sheet = ExcelReaderFactory.CreateReader(file);
            Columns = FirstHeader();
            Place(Columns);
        }
        catch (Exception fault)
        {
            sheet?.Dispose();
            file.Dispose();
            if (IsOfTheFile(fault))
                throw Damaged();
            throw;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override int DayNumbersFrom => is1904 ? 1462 : 0;

    /// <inheritdoc/>
    public override double Progress => sheet.RowCount == 0 ? 1 : Math.Min(1, (double)line / sheet.RowCount);

    /// <inheritdoc/>
    public override IEnumerable<SourceRow> Rows()
    {
        foreach (var row in passedBy)
            yield return row;
        foreach (var row in RowsHere())
            yield return row;
        while (sheet.NextResult())
        {
            if (!IsSeen)
                continue;
            if (Header(out var names).Count > 0)
            {
                if (line > 0)
                    yield return PassedBy();
                continue;
            }
            Place(names);
            foreach (var row in RowsHere())
                yield return row;
        }
    }

    private bool IsSeen => sheet.VisibleState is null or "visible";

    private SourceRow PassedBy() => new(1, [sheet.Name], Fault: Reject.Sheet(sheet.Name));

    private IEnumerable<SourceRow> RowsHere()
    {
        // Sheets often end in rows that are only formatted. Blank rows are rows when something follows them.
        var blanks = 0;
        while (Read())
        {
            line++;
            var cells = Cells();
            if (cells.All(string.IsNullOrWhiteSpace))
            {
                blanks++;
                continue;
            }
            for (; blanks > 0; blanks--)
                yield return new SourceRow(
                    line - blanks,
                    new string[Columns.Count]
                        .Select(_ => "")
                        .ToArray()
                );
            yield return new SourceRow(line, cells);
        }
    }

    // Its reader throws whatever it falls over.
    private bool Read()
    {
        try
        {
            return sheet.Read();
        }
        catch (Exception fault) when (IsOfTheFile(fault) || fault is ExcelDataReader.Exceptions.ExcelReaderException)
        {
            throw Damaged();
        }
    }

    private static bool IsOfTheFile(Exception fault) =>
        fault
            is XmlException
                or FormatException
                or OverflowException
                or ArgumentException
                or IndexOutOfRangeException
                or KeyNotFoundException
                or NullReferenceException
                or InvalidCastException
                or NotSupportedException
                or EndOfStreamException;

    private static Platform.Refused Damaged() =>
        WorkbookLimits.No("内容已损坏，或不是常见的工作簿", "it is damaged, or no workbook as others are");

    private string[] FirstHeader()
    {
        var missing = wanted;
        do
        {
            if (!IsSeen)
                continue;
            var lacks = Header(out var names);
            if (lacks.Count == 0)
                return names;
            if (lacks.Count < missing.Count)
                missing = lacks;
            if (line > 0)
                passedBy.Add(PassedBy());
        } while (sheet.NextResult());
        throw SourceFile.MissingColumns(missing);
    }

    /// <summary>Reads to below the header of this sheet; what it lacks where it has none.</summary>
    private IReadOnlyList<IReadOnlyList<string>> Header(out string[] names)
    {
        var missing = wanted;
        (line, names) = (0, []);
        while (line < HeadRows && Read())
        {
            line++;
            var here = Enumerable.Range(0, sheet.FieldCount).Select(i => Text(sheet.GetValue(i)).Trim()).ToArray();
            var lacks = wanted.Where(g => !g.Any(n => here.Contains(n, StringComparer.OrdinalIgnoreCase))).ToList();
            if (lacks.Count < missing.Count)
                missing = lacks;
            if (lacks.Count > 0)
                continue;
            names = here[..(Array.FindLastIndex(here, name => name.Length > 0) + 1)];
            return [];
        }
        return missing;
    }

    private void Place(IReadOnlyList<string> names)
    {
        places =
        [
            .. Columns.Select(
                (name, at) =>
                    ReferenceEquals(names, Columns)
                        ? at
                        : names
                            .Index()
                            .Where(here => string.Equals(here.Item, name, StringComparison.OrdinalIgnoreCase))
                            .Select(here => here.Index)
                            .DefaultIfEmpty(-1)
                            .First()
            ),
        ];
    }

    private string[] Cells()
    {
        var cells = new string[Columns.Count];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = places[i] >= 0 && places[i] < sheet.FieldCount ? Text(sheet.GetValue(places[i])) : "";
        var width = places.Max() + 1;
        var beyond = sheet.FieldCount - 1;
        while (beyond >= width && string.IsNullOrWhiteSpace(Text(sheet.GetValue(beyond))))
            beyond--;
        if (beyond < width)
            return cells;
        return [.. cells, .. Enumerable.Range(width, beyond + 1 - width).Select(i => Text(sheet.GetValue(i)))];
    }

    private static string Text(object? cell) =>
        cell switch
        {
            null => "",
            string text => text,
            // A sheet counts days in floating point: 10:00:00 may come as 09:59:59.9997.
            DateTime at => (at.Year < 9999 ? at.AddMilliseconds(500) : at).ToString(
                "yyyy-MM-dd HH:mm:ss",
                CultureInfo.InvariantCulture
            ),
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            _ => cell.ToString() ?? "",
        };

    /// <inheritdoc/>
    protected override void Close()
    {
        sheet.Dispose();
        file.Dispose();
    }
}
