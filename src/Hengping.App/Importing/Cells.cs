namespace Hengping.App.Importing;

/// <summary>One thing a mapping asks of a row: the first of its columns that is not blank, trimmed.</summary>
internal readonly struct Cell
{
    private readonly int first;
    private readonly int[] others;

    public Cell(IReadOnlyList<string> names, SourceTable table)
    {
        var places = names.Select(table.Find).Where(place => place >= 0).Distinct().ToArray();
        first = places.Length > 0 ? places[0] : -1;
        others = places.Length > 1 ? places[1..] : [];
        Name =
            first >= 0 ? table.Columns[first]
            : names.Count > 0 ? names[0]
            : "";
    }

    /// <summary>As the file calls it.</summary>
    public string Name { get; }

    /// <summary>The file has such a column.</summary>
    public bool IsGiven => first >= 0;

    /// <summary>Its value in a row; empty where there is none.</summary>
    public string Of(SourceRow row)
    {
        if (first < 0)
            return "";
        var value = Trimmed(row, first);
        for (var i = 0; value.Length == 0 && i < others.Length; i++)
            value = Trimmed(row, others[i]);
        return value;
    }

    // An NDJSON row may be older than the last column that was found.
    private static string Trimmed(SourceRow row, int place) => place < row.Cells.Length ? row.Cells[place].Trim() : "";
}

/// <summary>Where all that a mapping asks for stands in one table.</summary>
internal sealed class Cells(Mapping mapping, SourceTable table)
{
    public Cell Id { get; } = new(mapping.Id, table);
    public Cell Filed { get; } = new(mapping.Filed, table);
    public Cell Delivered { get; } = new(mapping.Delivered, table);
    public Cell Respondent { get; } = new(mapping.Respondent, table);
    public Cell Claimant { get; } = new(mapping.Claimant, table);
    public Cell Problem { get; } = new(mapping.Problem, table);
    public Cell Demands { get; } = new(mapping.Demands, table);
    public Cell Amount { get; } = new(mapping.Amount, table);
    public Cell Response { get; } = new(mapping.Response, table);
    public Cell Timely { get; } = new(mapping.Timely, table);
    public Cell Replied { get; } = new(mapping.Replied, table);
    public Cell Closed { get; } = new(mapping.Closed, table);
    public Cell Outcome { get; } = new(mapping.Result, table);
    public Cell Recovered { get; } = new(mapping.Recovered, table);
    public Cell Score { get; } = new(mapping.Score, table);

    /// <summary>Texts are put together, so that names are not alternatives here; those a file lacks fall out.</summary>
    public IReadOnlyList<Cell> Text { get; } = All(mapping.Text, table);
    public IReadOnlyList<Cell> Reply { get; } = All(mapping.Reply, table);
    public IReadOnlyList<(string Tag, Cell Cell)> Tags { get; } =
    [.. mapping.Tags.Select(tag => (tag.Key, new Cell(tag.Value, table))).Where(tag => tag.Item2.IsGiven)];

    private static Cell[] All(IReadOnlyList<string> names, SourceTable table) =>
        [.. names.Select(name => new Cell([name], table)).Where(cell => cell.IsGiven)];
}
