using System.Text;

namespace Hengping.World;

/// <summary>
/// Sentences from parts. A file holds lists under <c>[headings]</c>; in a line <c>{a|b}</c> picks one way,
/// <c>&lt;slot&gt;</c> is filled by the writer. Parsed once; safe for many threads.
/// </summary>
public sealed class Phrasebook
{
    private readonly Dictionary<string, List<Part[]>> lists = new(StringComparer.Ordinal);

    /// <summary>The book of all embedded word files.</summary>
    public static Phrasebook Shared { get; } = Read();

    /// <summary>Is there a list of this name.</summary>
    public bool Has(string heading) => lists.ContainsKey(heading);

    /// <summary>Writes one line of a list.</summary>
    public void Write(StringBuilder to, string heading, Chance chance, Func<string, string> slot) =>
        Write(to, chance.Pick(lists[heading]), chance, slot);

    /// <summary>One line of a list.</summary>
    public string Say(string heading, Chance chance, Func<string, string> slot)
    {
        var text = new StringBuilder();
        Write(text, heading, chance, slot);
        return text.ToString();
    }

    private static void Write(StringBuilder to, Part[] line, Chance chance, Func<string, string> slot)
    {
        foreach (var part in line)
        {
            if (part.Ways is { } ways)
                Write(to, chance.Pick(ways), chance, slot);
            else if (part.Slot)
                to.Append(slot(part.Text));
            else
                to.Append(part.Text);
        }
    }

    private static Phrasebook Read()
    {
        var book = new Phrasebook();
        var assembly = typeof(Phrasebook).Assembly;
        foreach (
            var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("words/", StringComparison.Ordinal))
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            book.Read(reader);
        }
        return book;
    }

    private void Read(StreamReader reader)
    {
        List<Part[]>? list = null;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line[0] == '[')
                lists.Add(line[1..^1], list = []);
            else
                list!.Add(Parse(line));
        }
    }

    private static Part[] Parse(string line)
    {
        var at = 0;
        return Parse(line, ref at, nested: false).Single();
    }

    private static List<Part[]> Parse(string line, ref int at, bool nested)
    {
        var ways = new List<Part[]>();
        var parts = new List<Part>();
        var start = at;
        while (true)
        {
            var letter = at < line.Length ? line[at] : '\0';
            var ends = letter == '\0' || (nested && letter is '|' or '}');
            if (!ends && letter is not ('{' or '<'))
            {
                at++;
                continue;
            }
            if (at > start)
                parts.Add(new Part(line[start..at], Slot: false));
            at++;
            if (ends)
            {
                ways.Add([.. parts]);
                parts.Clear();
                if (letter != '|')
                    return ways;
            }
            else if (letter == '{')
            {
                parts.Add(new Part("", Slot: false, [.. Parse(line, ref at, nested: true)]));
            }
            else
            {
                var close = line.IndexOf('>', at);
                parts.Add(new Part(line[at..close], Slot: true));
                at = close + 1;
            }
            start = at;
        }
    }

    private sealed record Part(string Text, bool Slot, Part[][]? Ways = null);
}
