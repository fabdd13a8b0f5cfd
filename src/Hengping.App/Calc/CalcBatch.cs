using System.Text;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;

namespace Hengping.App.Calc;

/// <summary>
/// CSV with a header on stdin → the same rows and the result columns on stdout. Rows that cannot be computed keep
/// their place with empty results, and their reason goes to stderr. A value that is the same in all rows may be given
/// with the command instead of a column. Row by row, in the memory of one row; where all rows are counted together
/// (<see cref="Calculation.Together"/>) nothing comes out before the last is read, and there is a limit.
/// </summary>
internal static class CalcBatch
{
    /// <summary>Faults told one by one; the others are only counted.</summary>
    private const int ToldMax = 20;

    /// <summary>
    /// Rows that are counted together at most, and their characters. A million short rows took 350 MB; long ones may
    /// take 200 MB more.
    /// </summary>
    internal const int TogetherRowsMax = 1_000_000;
    private const long TogetherCharsMax = 100_000_000;

    private const string Utf8Mark = "\u00EF\u00BB\u00BF";

    /// <summary>
    /// Runs a batch. What of it is not computed with comes out byte for byte, in whatever encoding it is; what is has
    /// to be UTF-8, or its row has a fault.
    /// </summary>
    /// <param name="same">Values by column that hold for every row where the header has no such column.</param>
    internal static int Run(Calculation kind, string?[] same, Stream from, Stream to, Action<string> say)
    {
        // One character a byte.
        using var reader = new StreamReader(from, Encoding.Latin1, detectEncodingFromByteOrderMarks: false, 1 << 16);
        using var writer = new StreamWriter(to, Encoding.Latin1, 1 << 16);
        writer.NewLine = "\n";
        int[]? columns = null;
        var line = new StringBuilder(256);
        var cells = new string[kind.In.Length];
        var waiting = new Waiting(kind);
        long row = 0,
            faults = 0;
        try
        {
            foreach (var given in Csv.Read(reader))
            {
                row++;
                if (columns is null)
                {
                    given[0] = WithoutMark(given[0]);
                    columns = Columns(kind, same, given, out var missing);
                    if (columns is null)
                    {
                        say($"the header has no column {missing}; {kind.Name} needs {string.Join(", ", kind.In)}");
                        return 2;
                    }
                    WriteRow(writer, line, given, kind.Out);
                    continue;
                }
                if (given is [""])
                    continue;
                for (var i = 0; i < cells.Length; i++)
                    cells[i] = Cell(kind, given, columns[i], same[i]);
                var results = Row(kind, cells, out var fault);
                if (fault is not null && ++faults <= ToldMax)
                    say($"row {row}: {fault}");
                if (kind.Together is null)
                    WriteRow(writer, line, given, results);
                else
                    waiting.Add(Before(line, given).ToString(), fault is null ? [.. cells] : null);
            }
        }
        catch (FormatException bad)
        {
            writer.Flush();
            throw new Refused("calc.csv", $"第 {row + 1} 行不是有效的 CSV", $"row {row + 1}: {bad.Message}");
        }
        if (columns is null)
        {
            say("no header on stdin");
            return 2;
        }
        waiting.Write(writer, line);
        if (faults > ToldMax)
            say($"{faults} rows could not be computed; the first {ToldMax} are named above");
        return 0;
    }

    private static string Cell(Calculation kind, string[] given, int column, string? same)
    {
        if (column < 0)
            return same ?? "";
        var text = column < given.Length ? Text(given[column]) : "";
        return kind.IsVerbatim ? text : text.Trim();
    }

    /// <summary>Rows that wait for the last one.</summary>
    private sealed class Waiting(Calculation kind)
    {
        private readonly List<(string Line, bool IsGood)> rows = [];
        private readonly List<string[]> good = [];
        private long chars;

        public void Add(string line, string[]? cells)
        {
            chars += line.Length;
            if (rows.Count == TogetherRowsMax || chars > TogetherCharsMax)
                throw new Refused(
                    "calc.too-many",
                    $"{kind.Name} 须一次算完所有行，最多 {TogetherRowsMax} 行、{TogetherCharsMax} 个字节",
                    $"{kind.Name} counts all rows together: at most {TogetherRowsMax} rows and {TogetherCharsMax} bytes"
                );
            rows.Add((line, cells is not null));
            if (cells is not null)
                good.Add(cells);
        }

        public void Write(StreamWriter writer, StringBuilder line)
        {
            if (kind.Together is not { } together || rows.Count == 0)
                return;
            var results = together(good);
            var empty = Empty(kind);
            var next = 0;
            foreach (var (before, isGood) in rows)
            {
                line.Clear().Append(before);
                WriteResults(writer, line, isGood ? results[next++] : empty);
            }
        }
    }

    private static string[] Row(Calculation kind, string[] cells, out string? fault)
    {
        var empty = Empty(kind);
        if (Array.Exists(cells, cell => cell.Contains('\uFFFD', StringComparison.Ordinal)))
        {
            fault = "a value holds bytes that are no UTF-8";
            return empty;
        }
        try
        {
            var decided = kind.Compute(cells);
            fault = decided.Refusal?.En;
            if (decided.Refusal?.Code == "calendar.unknown")
                empty[0] = "calendar unknown";
            return decided.Event ?? empty;
        }
        catch (BadCell bad)
        {
            fault = bad.Message;
            return empty;
        }
    }

    private static string[] Empty(Calculation kind) => [.. Enumerable.Repeat("", kind.Out.Length)];

    private static int[]? Columns(Calculation kind, string?[] same, string[] header, out string? missing)
    {
        var columns = new int[kind.In.Length];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = Array.FindIndex(
                header,
                h => h.Trim().Equals(kind.Column(i), StringComparison.OrdinalIgnoreCase)
            );
        missing = kind.Missing(i => columns[i] >= 0 || !string.IsNullOrEmpty(same[i]));
        return missing is null ? columns : null;
    }

    /// <summary>The UTF-8 mark is no part of the first name; UTF-16 is not read.</summary>
    private static string WithoutMark(string first)
    {
        if (
            first.StartsWith("\u00FF\u00FE", StringComparison.Ordinal)
            || first.StartsWith("\u00FE\u00FF", StringComparison.Ordinal)
        )
            throw new Refused("calc.encoding", "请以 UTF-8 提供（这是 UTF-16）", "give it in UTF-8: this is UTF-16");
        return first.StartsWith(Utf8Mark, StringComparison.Ordinal) ? first[Utf8Mark.Length..] : first;
    }

    /// <summary>Bytes that are no UTF-8 are U+FFFD here, which no value is.</summary>
    private static string Text(string bytes) =>
        Ascii.IsValid(bytes) ? bytes : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));

    private static void WriteRow(StreamWriter writer, StringBuilder line, string[] given, string[] results)
    {
        Before(line, given);
        WriteResults(writer, line, results);
    }

    private static StringBuilder Before(StringBuilder line, string[] given)
    {
        line.Clear();
        foreach (var cell in given)
            line.Cell(cell).Append(',');
        return line;
    }

    private static void WriteResults(StreamWriter writer, StringBuilder line, string[] results)
    {
        foreach (var result in results)
            line.Cell(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(result))).Append(',');
        line.Length--;
        writer.WriteLine(line);
    }
}
