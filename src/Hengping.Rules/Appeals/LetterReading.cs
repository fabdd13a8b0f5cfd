using System.Text;
using System.Text.RegularExpressions;

namespace Hengping.Rules.Appeals;

/// <summary>Takes a letter apart: where it begins and ends, headings, paragraphs and items, sentences.</summary>
internal static partial class LetterReading
{
    /// <summary>More is no letter; what comes after it is not read.</summary>
    private const int LinesMax = 5_000;

    private const int LineLengthMax = 20_000;

    public static Letter Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n', LinesMax + 1);
        if (lines.Length > LinesMax)
            Array.Resize(ref lines, LinesMax);
        for (var i = 0; i < lines.Length; i++)
            lines[i] = lines[i].Length > LineLengthMax ? lines[i][..LineLengthMax] : lines[i];
        var (start, end) = LetterWithin.Find(lines);
        LetterWithin.TakeRemarksOut(lines, start, end);

        var sections = new List<LetterSection> { new(null, start + 1, Topics.None, Topics.None, []) };
        var above = new Stack<(int Rank, Topics Topics)>();
        var open = new OpenItem();
        var isField = false;
        for (var i = start; i < end; i++)
        {
            var line = lines[i].Trim();
            if (LetterTable.IsRow(line))
            {
                open.Close(sections[^1]);
                i = LetterTable.Read(lines, i, end, sections) - 1;
                continue;
            }
            if (line.Length == 0 || Rule().IsMatch(line))
            {
                open.Close(sections[^1]);
                // A field such as 商品：… ends with its lines; what follows is the letter again.
                if (line.Length == 0 && isField)
                    sections.Add(new LetterSection(null, i + 2, Topics.None, Topics.None, []));
                isField = false;
                continue;
            }
            if (Heading.Of(line, i + 1 < end ? lines[i + 1].Trim() : "") is { } heading)
            {
                open.Close(sections[^1]);
                while (above.TryPeek(out var last) && last.Rank >= heading.Rank)
                    above.Pop();
                var within = above.Aggregate(Topics.None, (all, one) => all | one.Topics);
                sections.Add(new LetterSection(heading.Text, i + 1, heading.Topics, within, []));
                above.Push((heading.Rank, heading.Topics));
                isField = heading.Rest.Length > 0 && (heading.Topics & (Topics.Subject | Topics.Closing)) != 0;
                if (heading.Rest.Length > 0)
                    open.Add(heading.Rest, i + 1, listed: false);
                continue;
            }
            if (ListMark().Match(line) is { Success: true } mark)
            {
                open.Close(sections[^1]);
                open.Add(line[mark.Length..], i + 1, listed: true);
                continue;
            }
            if (open.IsDone || ListedPaper().IsMatch(line))
                open.Close(sections[^1]);
            open.Add(line, i + 1, listed: false);
        }
        open.Close(sections[^1]);
        return new Letter(sections, start + 1);
    }

    /// <summary>Lines that belong together, until a blank one.</summary>
    private sealed class OpenItem
    {
        private readonly StringBuilder text = new();
        private readonly List<(int At, int Line)> from = [];
        private bool listed;

        /// <summary>A short line without an end is no wrapped text: sender, date, an item without a mark.</summary>
        public bool IsDone => last.Length > 0 && Columns(last) < ShortMost && !IsOpen(last[^1]);

        private const int ShortMost = 60;

        private string last = "";

        private static bool IsOpen(char c) => c is ',' or '，' or '、' or '-' or '(' or '（';

        private static int Columns(string line) => line.Length + line.Count(LintWords.IsHan);

        public void Add(string line, int number, bool listed)
        {
            last = line;
            if (from.Count == 0)
                this.listed = listed;
            if (text.Length > 0)
                text.Append(LintWords.IsHan(text[^1]) || text[^1] > '\u3000' ? "" : " ");
            from.Add((text.Length, number));
            text.Append(line.Replace("**", "", StringComparison.Ordinal).Replace("__", "", StringComparison.Ordinal));
        }

        public void Close(LetterSection section)
        {
            if (from.Count == 0)
                return;
            var whole = text.ToString();
            section.Items.Add(Item(whole, at => from.FindLast(it => it.At <= at).Line, listed));
            text.Clear();
            from.Clear();
            last = "";
        }
    }

    /// <summary>A paragraph with its sentences.</summary>
    public static LetterItem Item(string whole, Func<int, int> lineAt, bool listed)
    {
        var sentences = new List<Sentence>();
        foreach (var (at, length) in Cut(whole))
        {
            var raw = whole.Substring(at, length).Trim();
            if (raw.Length > 0)
                sentences.Add(new Sentence(lineAt(at), raw, LintWords.Plain(raw)));
        }
        return new LetterItem(lineAt(0), LintWords.Plain(whole), sentences, listed);
    }

    /// <summary>Where sentences begin, and how long they are.</summary>
    private static IEnumerable<(int At, int Length)> Cut(string text)
    {
        var at = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!Ends(text, i))
                continue;
            yield return (at, i + 1 - at);
            at = i + 1;
        }
        if (at < text.Length)
            yield return (at, text.Length - at);
    }

    private static bool Ends(string text, int i) =>
        text[i] switch
        {
            '。' or '！' or '？' or '；' or ';' or '!' or '?' => true,
            '.' => (i + 1 == text.Length || text[i + 1] == ' ') && !IsShortForm(text, i),
            _ => false,
        };

    private static bool IsShortForm(string text, int dot)
    {
        var from = dot;
        while (from > 0 && (char.IsAsciiLetterOrDigit(text[from - 1]) || text[from - 1] == '.'))
            from--;
        var word = text[from..dot];
        return (
                word.Length == 1
                && char.IsAsciiLetter(word[0])
                && !NoInitial().IsMatch(text[Math.Max(0, from - 14)..from])
            )
            || (from == 0 && word.Length == 0)
            || (from == 0 && word.All(char.IsAsciiDigit))
            || ShortForm().IsMatch(word);
    }

    [GeneratedRegex(
        @"^(No|Nos|Nr|Mr|Ms|Mrs|Dr|Co|Ltd|Inc|Corp|approx|e\.g|i\.e|vs|Art|Rev|Ref|cf|a\.m|p\.m|Fig|Att|"
            + @"Atts|Encl|Ex|Exh|App|Doc|max|min|ca|incl|dept|tel|resp|St|Prof|Messrs)$",
        RegexOptions.IgnoreCase,
        Timeout.Infinite
    )]
    private static partial Regex ShortForm();

    /// <summary>Att. K and 500 N: the letter is a paper's or a unit, and no initial.</summary>
    [GeneratedRegex(
        @"(\b(att|attachment|annex|appendix|exhibit|encl|enclosure|doc)\.?|\d) $",
        RegexOptions.IgnoreCase,
        Timeout.Infinite
    )]
    private static partial Regex NoInitial();

    [GeneratedRegex(@"^附件{0,1}\s*[\d一二三四五六七八九十]", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex ListedPaper();

    [GeneratedRegex(@"^([-=_*·—~～+#]{3,})$", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Rule();

    [GeneratedRegex(
        @"^([-*•·●▪◦–]\s+|\d{1,2}[.、)）](?!\d)\s*|[（(]\d{1,2}[)）]\s*|[①-⑳]\s*|"
            + @"[a-zA-Z][.)]\s+|\d{1,2}\s+(?=[A-Z](?!an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec))|>\s*)",
        RegexOptions.None,
        Timeout.Infinite
    )]
    private static partial Regex ListMark();
}
