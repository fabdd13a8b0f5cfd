using System.Globalization;
using System.Xml;
using ExcelDataReader;

namespace Hengping.App.Importing;

/// <summary>
/// A sheet of a workbook. Dates may be real ones in one cell and text in the next; both come out as text.
/// </summary>
internal sealed class WorkbookTable : SourceTable
{
    const int HeadRows = 60;

    readonly FileStream file;
    readonly IExcelDataReader sheet;
    long line;

    public WorkbookTable(string path, IReadOnlyList<IReadOnlyList<string>> wanted)
    {
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        file = File.OpenRead(path);
        try
        {
            WorkbookLimits.Check(file);
            sheet = ExcelReaderFactory.CreateReader(file);
            Columns = FindHeader(wanted);
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
    public override double Progress => sheet.RowCount == 0 ? 1 : Math.Min(1, (double)line / sheet.RowCount);

    /// <inheritdoc/>
    public override IEnumerable<SourceRow> Rows()
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
    bool Read()
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

    static bool IsOfTheFile(Exception fault) =>
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

    static Platform.Refused Damaged() =>
        WorkbookLimits.No("内容已损坏，或不是常见的工作簿", "it is damaged, or no workbook as others are");

    string[] FindHeader(IReadOnlyList<IReadOnlyList<string>> wanted)
    {
        var missing = wanted;
        do
        {
            line = 0;
            while (line < HeadRows && Read())
            {
                line++;
                var names = Enumerable.Range(0, sheet.FieldCount).Select(i => Text(sheet.GetValue(i)).Trim()).ToArray();
                var lacks = wanted
                    .Where(g => !g.Any(n => names.Contains(n, StringComparer.OrdinalIgnoreCase)))
                    .ToList();
                if (lacks.Count == 0)
                    return names[..(Array.FindLastIndex(names, name => name.Length > 0) + 1)];
                if (lacks.Count < missing.Count)
                    missing = lacks;
            }
        } while (sheet.NextResult());
        throw SourceFile.MissingColumns(missing);
    }

    string[] Cells()
    {
        var cells = new string[Columns.Count];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = i < sheet.FieldCount ? Text(sheet.GetValue(i)) : "";
        var beyond = sheet.FieldCount - 1;
        while (beyond >= cells.Length && string.IsNullOrWhiteSpace(Text(sheet.GetValue(beyond))))
            beyond--;
        if (beyond < cells.Length)
            return cells;
        return
        [
            .. cells,
            .. Enumerable.Range(cells.Length, beyond + 1 - cells.Length).Select(i => Text(sheet.GetValue(i))),
        ];
    }

    static string Text(object? cell) =>
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
