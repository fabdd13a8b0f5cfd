using System.Collections;
using System.Text;
using System.Text.Json;

namespace Hengping.Rules.Appeals;

/// <summary>
/// The word lists of the linter, from <c>data/words.json</c>, written as <see cref="PhraseReading"/> says. A sentence
/// is gone through once, and every list that has a phrase in it is noted.
/// </summary>
internal static class LintWords
{
    private static readonly Lazy<Lists> Loaded = new(Load);

    /// <summary>The day of the lists; a finding belongs to it.</summary>
    public static string Version => Loaded.Value.Version;

    /// <summary>The lists that have a phrase in the text, in the writing of <see cref="Plain"/>.</summary>
    public static Said In(string text)
    {
        var lists = Loaded.Value;
        var said = new BitArray(lists.Names.Count);
        var lower = text.ToLowerInvariant();
        foreach (var (list, phrase) in lists.AtStart)
        {
            if (phrase.Ends(lower, 0, UInt128.One) != 0)
                said[list] = true;
        }
        for (var at = 0; at < lower.Length; at++)
        {
            // No phrase begins within a word.
            if (at > 0 && PhraseReading.IsWord(lower[at]) && PhraseReading.IsWord(lower[at - 1]))
                continue;
            if (!lists.ByFirst.TryGetValue(lower[at], out var phrases))
                continue;
            foreach (var (list, phrase) in phrases)
            {
                if (!said[list] && phrase.Ends(lower, at, UInt128.One) != 0)
                    said[list] = true;
            }
        }
        return new Said(said, lists.Names);
    }

    /// <summary>Whether any phrase of the list stands in the text.</summary>
    public static bool Has(string text, string list) => In(text).Has(list);

    /// <summary>The text with blanks for every phrase of the list.</summary>
    public static string Without(string text, string list)
    {
        var lower = text.ToLowerInvariant();
        var left = new StringBuilder(text);
        var phrases = Loaded.Value.Whole[list];
        for (var at = 0; at < lower.Length; at++)
        {
            var ends = phrases.Aggregate(UInt128.Zero, (all, one) => all | one.Ends(lower, at, UInt128.One));
            if (ends == 0)
                continue;
            var length = 127 - (int)UInt128.LeadingZeroCount(ends);
            for (var i = at; i < at + length; i++)
                left[i] = ' ';
            at += Math.Max(0, length - 1);
        }
        return left.ToString();
    }

    /// <summary>
    /// The text in one writing: half-width letters and signs, and a space between Chinese and Latin, so that CE认证
    /// and CE 认证 are the same to every list.
    /// </summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length + 16);
        var last = ' ';
        foreach (var given in text)
        {
            var c = HalfWidth(given);
            if ((IsHan(last) && IsLatin(c)) || (IsLatin(last) && IsHan(c)))
                plain.Append(' ');
            plain.Append(c);
            last = c;
        }
        return Dates.InDigits(plain.ToString());
    }

    /// <summary>A Chinese character.</summary>
    public static bool IsHan(char c) => c is (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');

    private static bool IsLatin(char c) => char.IsAsciiLetterOrDigit(c);

    private static char HalfWidth(char c) =>
        c switch
        {
            >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
            '\u3000' or '\u00A0' or '\t' => ' ',
            '\u2019' or '\u2018' => '\'',
            '\u201C' or '\u201D' => '"',
            '\u2013' or '\u2014' or '\u2010' or '\u2011' or '\u2212' => '-',
            _ => c,
        };

    private static Lists Load()
    {
        using var stream = typeof(LintWords).Assembly.GetManifestResourceStream("appeals/words.json")!;
        using var data = JsonDocument.Parse(stream);
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var byFirst = new Dictionary<char, List<(int, Phrase)>>();
        var atStart = new List<(int, Phrase)>();
        var whole = new Dictionary<string, List<Phrase>>(StringComparer.Ordinal);
        foreach (var given in data.RootElement.GetProperty("lists").EnumerateObject())
        {
            var list = names[given.Name] = names.Count;
            var phrases = whole[given.Name] = [];
            foreach (var written in given.Value.EnumerateArray().Select(it => it.GetString()!))
            {
                var phrase = PhraseReading.Of(written);
                phrases.Add(phrase);
                if (written[0] == '^')
                {
                    atStart.Add((list, phrase));
                    continue;
                }
                foreach (var first in phrase.Firsts ?? throw new InvalidDataException(written))
                {
                    if (!byFirst.TryGetValue(first, out var some))
                        byFirst[first] = some = [];
                    some.Add((list, phrase));
                }
            }
        }
        return new Lists(data.RootElement.GetProperty("version").GetString()!, names, byFirst, atStart, whole);
    }

    private sealed record Lists(
        string Version,
        Dictionary<string, int> Names,
        Dictionary<char, List<(int List, Phrase Phrase)>> ByFirst,
        List<(int List, Phrase Phrase)> AtStart,
        Dictionary<string, List<Phrase>> Whole
    );
}

/// <summary>Which lists have a phrase in a text.</summary>
internal readonly record struct Said(BitArray Lists, IReadOnlyDictionary<string, int> Names)
{
    public bool Has(string list) => Lists[Names[list]];

    /// <summary>The names of all that have.</summary>
    public IEnumerable<string> All()
    {
        foreach (var (name, list) in Names)
        {
            if (Lists[list])
                yield return name;
        }
    }
}
