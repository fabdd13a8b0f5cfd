using System.Globalization;
using Hengping.App.Platform;

namespace Hengping.App.Importing;

/// <summary>
/// A file with what lies beside it, row by row. The files beside it are held whole; what is not of one alone makes as
/// many rows of a row as it has.
/// </summary>
internal sealed class JoinedTable : SourceTable
{
    private readonly SourceTable main;
    private readonly List<(int On, Dictionary<string, List<string[]>> Rows, int Width)> beside = [];

    public JoinedTable(SourceTable main, string path, OrderMapping mapping)
    {
        this.main = main;
        var columns = main.Columns.ToList();
        foreach (var one in mapping.Beside)
        {
            using var table = SourceFile.Open(
                Find(path, one.File),
                [
                    [one.On],
                ],
                mapping.Names
            );
            int[] taken =
            [
                .. Enumerable
                    .Range(0, table.Columns.Count)
                    .Where(i => !columns.Contains(table.Columns[i], StringComparer.OrdinalIgnoreCase)),
            ];
            columns.AddRange(taken.Select(i => table.Columns[i]));
            beside.Add((main.Find(one.On), Keyed(table, one, taken), taken.Length));
        }
        Columns = columns;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override double Progress => main.Progress;

    /// <inheritdoc/>
    public override int DayNumbersFrom => main.DayNumbersFrom;

    /// <inheritdoc/>
    public override IEnumerable<SourceRow> Rows() =>
        main.Rows()
            .SelectMany(row => row.Fault is null && row.Cells.Length == main.Columns.Count ? Joined(row) : [row]);

    private IEnumerable<SourceRow> Joined(SourceRow row)
    {
        IEnumerable<string[]> made = [row.Cells];
        foreach (var (on, rows, width) in beside)
        {
            var found = rows.GetValueOrDefault(row.Cells[on].Trim()) ?? [Enumerable.Repeat("", width).ToArray()];
            made = made.SelectMany(cells => found.Select(more => (string[])[.. cells, .. more]));
        }
        return made.Select(cells => row with { Cells = cells });
    }

    private static Dictionary<string, List<string[]>> Keyed(SourceTable table, Beside one, int[] taken)
    {
        var keyed = new Dictionary<string, List<string[]>>(StringComparer.Ordinal);
        var (on, least) = (table.Find(one.On), one.Least is null ? -1 : table.Find(one.Least));
        var numbers = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var row in table.Rows().Where(row => row.Fault is null && row.Cells.Length == table.Columns.Count))
        {
            var key = row.Cells[on].Trim();
            string[] cells = [.. taken.Select(i => row.Cells[i])];
            if (least < 0)
            {
                if (!keyed.TryGetValue(key, out var all))
                    keyed.Add(key, all = []);
                all.Add(cells);
            }
            else if (
                decimal.TryParse(row.Cells[least], NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
                && (!numbers.TryGetValue(key, out var before) || number < before)
            )
                (keyed[key], numbers[key]) = ([cells], number);
        }
        return keyed;
    }

    // .csv beside .csv, .csv.gz beside .csv.gz; else whatever is there.
    private static string Find(string path, string name)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var ends =
            Path.GetFileName(path) is var file && file.IndexOf('.', StringComparison.Ordinal) is > 0 and var at
                ? file[at..]
                : "";
        return Path.Combine(folder, name + ends) is var alike && File.Exists(alike)
            ? alike
            : Directory.EnumerateFiles(folder, name + ".*").Order(StringComparer.Ordinal).FirstOrDefault()
                ?? throw new Refused(
                    "import.beside",
                    $"同一目录下还需要文件 {name}",
                    $"The file {name} is needed in the same directory"
                );
    }

    /// <inheritdoc/>
    protected override void Close() => main.Dispose();
}
