using System.Text;

namespace Hengping.Rules.Ratings;

/// <summary>CSV as RFC 4180 has it, lines ending in a single line feed when written, any ending when read.</summary>
public static class Csv
{
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(",\"\r\n");

    /// <summary>A line that is longer or has more cells than any of ours is no CSV of ours.</summary>
    private const int CellCharsMax = 1_000_000;

    /// <summary>Reads records. The same list is not handed out twice.</summary>
    /// <exception cref="FormatException">A quote that never ends, or a cell beyond any sense.</exception>
    public static IEnumerable<string[]> Read(TextReader reader)
    {
        var cells = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.Contains('"', StringComparison.Ordinal))
            {
                yield return line.Split(',');
                continue;
            }
            cells.Clear();
            ReadQuoted(reader, line, cells);
            yield return cells.ToArray();
        }
    }

    private static void ReadQuoted(TextReader reader, string line, List<string> cells)
    {
        var at = 0;
        while (true)
        {
            if (at >= line.Length || line[at] != '"')
            {
                var comma = line.IndexOf(',', at);
                cells.Add(comma < 0 ? line[at..] : line[at..comma]);
                if (comma < 0)
                    return;
                at = comma + 1;
                continue;
            }
            cells.Add(QuotedCell(reader, ref line, ref at));
            if (at >= line.Length)
                return;
            if (line[at] != ',')
                throw new FormatException("text after a closing quote");
            at++;
        }
    }

    private static string QuotedCell(TextReader reader, ref string line, ref int at)
    {
        var cell = new StringBuilder();
        at++;
        while (true)
        {
            var quote = line.IndexOf('"', at);
            if (quote < 0)
            {
                cell.Append(line, at, line.Length - at).Append('\n');
                line = reader.ReadLine() ?? throw new FormatException("a quote is never closed");
                at = 0;
                if (cell.Length > CellCharsMax)
                    throw new FormatException("a cell is too long; is a quote missing?");
                continue;
            }
            cell.Append(line, at, quote - at);
            at = quote + 1;
            if (at >= line.Length || line[at] != '"')
                return cell.ToString();
            cell.Append('"');
            at++;
        }
    }

    /// <summary>Adds a cell, quoted only where it must be.</summary>
    public static StringBuilder Cell(this StringBuilder to, string? text)
    {
        if (text is null)
            return to;
        if (!text.AsSpan().ContainsAny(Special))
            return to.Append(text);
        return to.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }

    /// <summary>
    /// Text of people's making, so that no spreadsheet runs it: what begins like a formula gets an apostrophe before
    /// it.
    /// </summary>
    public static string? Harmless(string? text) =>
        text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..]
            ? "'" + text
            : text;
}
