using System.Text;
using System.Text.Json;

namespace Hengping.App.Importing;

/// <summary>
/// One JSON object a line. Inner objects become columns named with a dot; lists are joined by commas.
/// </summary>
internal sealed class NdjsonTable : SourceTable
{
    private const int HeadLines = 60;
    private const int LineMax = 8_000_000;
    private const int ShownMax = 1_000;
    private const int ColumnsMax = 1_000;
    private const int NameMax = 200;

    private readonly List<string> columns = [];
    private readonly Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);
    private readonly StringBuilder line = new();
    private readonly TextReader reader;
    private readonly FileStream file;

    public NdjsonTable(SourceText text, IReadOnlyList<IReadOnlyList<string>> wanted, IReadOnlyCollection<string> known)
    {
        Look(text, wanted);
        foreach (var name in known)
            Place(name);
        reader = text.Read(out file);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => columns;

    /// <inheritdoc/>
    public override double Progress => file.Length == 0 ? 1 : (double)file.Position / file.Length;

    /// <inheritdoc/>
    public override IEnumerable<SourceRow> Rows()
    {
        long number = 0;
        while (Line(reader, out var isLong) is { } line)
        {
            number++;
            if (isLong)
                yield return new SourceRow(number, [""], line, Reject.HugeRow);
            else if (string.IsNullOrWhiteSpace(line))
                yield return new SourceRow(number, [""], line, Reject.Blank);
            else
                yield return Row(number, line);
        }
    }

    /// <summary>The next line; of one that is too long its beginning, so that memory stays what it is.</summary>
    private string? Line(TextReader from, out bool isLong)
    {
        isLong = false;
        line.Clear();
        for (int c; (c = from.Read()) >= 0; )
        {
            if (c is '\n' or '\r')
            {
                if (c == '\r' && from.Peek() == '\n')
                    _ = from.Read();
                return Said(isLong);
            }
            isLong |= line.Length >= LineMax;
            if (!isLong)
                line.Append((char)c);
        }
        return line.Length == 0 ? null : Said(isLong);
    }

    private string Said(bool isLong)
    {
        if (isLong)
            line.Length = ShownMax;
        return line.ToString();
    }

    private SourceRow Row(long number, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return new SourceRow(number, [line], line, Reject.Malformed);
            var values = new List<(int Place, string Text)>();
            if (!Flatten("", json.RootElement, values))
                return new SourceRow(number, [line.Length > ShownMax ? line[..ShownMax] : line], line, Reject.Columns);
            var cells = new string[columns.Count];
            Array.Fill(cells, "");
            foreach (var (place, text) in values)
                cells[place] = text;
            return new SourceRow(number, cells, line);
        }
        // Half of a surrogate pair is no text, however well it is quoted.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return new SourceRow(number, [line], line, Reject.Malformed);
        }
    }

    // False where it has a column too many. A column is there for all rows that come: what each row invents is never
    // kept without end.
    private bool Flatten(string prefix, JsonElement value, List<(int Place, string Text)> into)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var inner in value.EnumerateObject())
                if (!Flatten(prefix.Length == 0 ? inner.Name : $"{prefix}.{inner.Name}", inner.Value, into))
                    return false;
            return true;
        }
        if (!places.ContainsKey(prefix) && (columns.Count >= ColumnsMax || prefix.Length > NameMax))
            return false;
        into.Add((Place(prefix), Text(value)));
        return true;
    }

    private static string Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => "",
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Text)),
            _ => value.GetRawText(),
        };

    private int Place(string name)
    {
        if (!places.TryGetValue(name, out var place))
        {
            places[name] = place = columns.Count;
            columns.Add(name);
        }
        return place;
    }

    // The first objects stand for a header: another kind of file is refused at once and not row by row.
    private void Look(SourceText text, IReadOnlyList<IReadOnlyList<string>> wanted)
    {
        using var head = text.Read(out _);
        for (var i = 0; i < HeadLines && Line(head, out var isLong) is { } line; i++)
            if (!isLong)
                Row(i, line);
        var missing = wanted.Where(group => !group.Any(places.ContainsKey)).ToList();
        if (missing.Count > 0)
            throw SourceFile.MissingColumns(missing);
    }

    /// <inheritdoc/>
    protected override void Close() => reader.Dispose();
}
