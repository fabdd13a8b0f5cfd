using System.Text;
using CsvHelper;
using Hengping.App.Platform;

namespace Hengping.App.Importing;

/// <summary>
/// Comma, semicolon, tab or bar separated text. The header is searched in the first lines, because tools leave noise
/// above it; quotes may hold line breaks; a stray quote costs its own row and not the ones it would swallow.
/// </summary>
internal sealed class CsvTable : SourceTable
{
    private const int HeadLines = 60;
    private const int HeadChars = 1 << 17;
    private const int RecordBytes = 8_000_000;
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    private readonly CsvReaderOptions form;
    private const int LostMax = 100;

    private readonly SourceText text;
    private FileStream file;
    private CsvReader reader;
    private long noise;
    private int lost;

    public CsvTable(SourceText text, IReadOnlyList<IReadOnlyList<string>> wanted)
    {
        this.text = text;
        (noise, form) = FindHeader(text, wanted);
        reader = From(noise, out file);
        reader.Read();
        Columns = Names(reader);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override double Progress => file.Length == 0 ? 1 : (double)file.Position / file.Length;

    /// <inheritdoc/>
    public override IEnumerable<SourceRow> Rows()
    {
        while (Next(out var unread))
        {
            if (unread is { } lone)
            {
                yield return lone;
                continue;
            }
            var line = noise + reader.LineNumber;
            if (reader.FieldCount == Columns.Count || !reader.RawRecord.Contains((byte)'\n'))
            {
                yield return new SourceRow(line, reader.Current.ToArray());
                continue;
            }
            foreach (var row in Mend(line))
                yield return row;
        }
    }

    private CsvReader From(long line, out FileStream from) =>
        text.IsUtf8
            ? CsvReader.Create(SkipLines(text.Bytes(out from), line), form)
            : CsvReader.Create(SkipLines(text.Read(out from), line), form);

    // A record that is longer than any is lost with its first line, and what stands below it is read: where the line
    // is short, it was a quote that swallowed the others.
    private bool Next(out SourceRow? unread)
    {
        unread = null;
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException fault)
        {
            var line = noise + fault.LineNumber;
            if (!fault.Message.Contains(nameof(CsvReaderOptions.MaxRecordSize), StringComparison.Ordinal))
                throw Unclosed(line);
            if (++lost > LostMax)
                throw Unclosed(line);
            reader.Dispose();
            noise = line;
            unread = new SourceRow(line, [""], Fault: IsLong(line) ? Reject.HugeRow : Reject.Quote);
            reader = From(line, out file);
            return true;
        }
    }

    private bool IsLong(long line)
    {
        using var from = SkipLines(text.Read(out _), line - 1);
        for (var length = 0; length < RecordBytes / 4; length++)
            if (from.Read() is '\n' or -1)
                return false;
        return true;
    }

    private static Refused Unclosed(long line) =>
        new(
            "import.quote",
            $"第 {line} 行的引号没有闭合，后面无法读取",
            $"A quote in line {line} is never closed; nothing after it can be read"
        );

    // A quote that is never closed swallows the lines below it up to the next quote. Where some of these lines are
    // whole rows by themselves, they are rows, and the line with the quote alone is lost.
    private IEnumerable<SourceRow> Mend(long line)
    {
        var alone = Encoding.UTF8.GetString(reader.RawRecord).TrimEnd('\r', '\n').Split('\n').Select(Alone).ToList();
        if (!alone.Exists(row => row.Length == Columns.Count))
            return [new SourceRow(line, reader.Current.ToArray())];
        return alone.Select(
            (row, i) => new SourceRow(line + i, row, null, row.Length == Columns.Count ? null : Reject.Quote)
        );
    }

    private string[] Alone(string line)
    {
        line = line.TrimEnd('\r');
        if (line.AsSpan().Count(form.Quote) % 2 == 1)
            return [line];
        using var single = CsvReader.FromText(line, form);
        return single.Read() ? single.Current.ToArray() : [""];
    }

    private static (int Noise, CsvReaderOptions Form) FindHeader(
        SourceText text,
        IReadOnlyList<IReadOnlyList<string>> wanted
    )
    {
        var head = Head(text);
        var missing = wanted;
        var start = 0;
        for (var line = 0; line < HeadLines && start < head.Length; line++)
        {
            foreach (var separator in Separators)
            {
                var tried = Form(separator, head[start] == '\'' ? '\'' : '"');
                var lacks = Lacks(head[start..], tried, wanted);
                if (lacks.Count == 0)
                    return (line, tried);
                if (lacks.Count < missing.Count)
                    missing = lacks;
            }
            start = NextLine(head, start);
        }
        throw SourceFile.MissingColumns(missing);
    }

    private static string Head(SourceText text)
    {
        using var probe = text.Read(out _);
        var head = new char[HeadChars];
        return new string(head, 0, probe.ReadBlock(head));
    }

    private static int NextLine(string head, int from)
    {
        var end = head.IndexOf('\n', from);
        return end < 0 ? head.Length : end + 1;
    }

    private static List<IReadOnlyList<string>> Lacks(
        string head,
        CsvReaderOptions tried,
        IReadOnlyList<IReadOnlyList<string>> wanted
    )
    {
        using var probe = CsvReader.FromText(head, tried);
        var names = probe.Read() ? Names(probe).ToHashSet(StringComparer.OrdinalIgnoreCase) : [];
        return [.. wanted.Where(group => !group.Any(names.Contains))];
    }

    private static string[] Names(CsvReader probe) =>
        [.. probe.Current.ToArray().Select(cell => cell.Trim('\uFEFF', ' ', '\t', '\r', '\n'))];

    private static Stream SkipLines(Stream bytes, long lines)
    {
        if (lines == 0)
            return bytes;
        var buffered = new BufferedStream(bytes, 1 << 16);
        while (lines > 0)
            lines -= buffered.ReadByte() is '\n' or -1 ? 1 : 0;
        return buffered;
    }

    private static TextReader SkipLines(TextReader text, long lines)
    {
        while (lines > 0)
            lines -= text.Read() is '\n' or -1 ? 1 : 0;
        return text;
    }

    private static CsvReaderOptions Form(char separator, char quote) =>
        new()
        {
            Separator = separator,
            Quote = quote,
            HasHeader = false,
            SkipEmptyLines = false,
            TrackLineNumbers = true,
            MaxRecordSize = RecordBytes,
            BufferSize = 1 << 18,
        };

    /// <inheritdoc/>
    protected override void Close() => reader.Dispose();
}
