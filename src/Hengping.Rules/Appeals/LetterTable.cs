namespace Hengping.Rules.Appeals;

/// <summary>
/// A table of Markdown. Each row is an item in which every cell stands after the name of its column, so that a name
/// under 责任人 is an owner; a row that begins with a topic of safety is a section of its own.
/// </summary>
internal static class LetterTable
{
    public static bool IsRow(string line) => line.Length > 2 && line[0] == '|' && line.IndexOf('|', 1) > 0;

    /// <summary>Reads the rows from <paramref name="from"/> on; gives the first line that is none.</summary>
    public static int Read(string[] lines, int from, int end, List<LetterSection> sections)
    {
        var under = sections[^1];
        string[]? columns = null;
        var i = from;
        for (; i < end && IsRow(lines[i].Trim()); i++)
        {
            var cells = Cells(lines[i]);
            if (cells.All(cell => cell.All(c => c is '-' or ':' or ' ')))
                continue;
            if (columns is null)
            {
                columns = cells;
                continue;
            }
            var line = i + 1;
            var row = string.Join(
                " | ",
                cells
                    .Select((cell, at) => Named(cell, at < columns.Length ? columns[at] : ""))
                    .Where(it => it.Length > 0)
            );
            var item = LetterReading.Item(row, _ => line, listed: true);
            var topics = (under.About & Topics.Actions) == 0 ? Heading.TopicsOf(cells[0]) & Topics.Safety : Topics.None;
            if (topics == Topics.None)
            {
                under.Items.Add(item);
                continue;
            }
            sections.Add(new LetterSection(cells[0].Trim(), line, topics, under.About, [item]));
        }
        if (sections[^1] != under)
            sections.Add(new LetterSection(null, i + 1, Topics.None, under.Within, []));
        return i;
    }

    private static string[] Cells(string line) =>
        [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim().Replace("**", "", StringComparison.Ordinal))];

    private static string Named(string cell, string column) =>
        cell is "" or "-" or "—" or "/" or "无" ? ""
        : column.Length is > 0 and < 16 ? column + ": " + cell
        : cell;
}
