using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hengping.Rules.Appeals;

/// <summary>
/// The word lists of the linter, from <c>data/words.json</c>. A phrase is a regular expression in which a space is any
/// gap, <c>*</c> after a Latin letter the endings of its word, and <c>~</c> at most 24 characters of the same
/// sentence; Latin words are whole ones. All is matched in linear time, whatever the text.
/// </summary>
internal static class LintWords
{
    private static readonly Lazy<Lists> Loaded = new(Load);

    /// <summary>The day of the lists; a finding belongs to it.</summary>
    public static string Version => Loaded.Value.Version;

    /// <summary>The text with blanks for every phrase of the list.</summary>
    public static string Without(string text, string list) => Loaded.Value.Phrases[list].Without(text);

    /// <summary>Whether any phrase of the list stands in the text, in the writing of <see cref="Plain"/>.</summary>
    public static bool Has(string text, string list) => Loaded.Value.Phrases[list].IsIn(text);

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
        return plain.ToString();
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

    /// <summary>A pattern of its own, with groups.</summary>
    public static Regex Pattern(string name) => Loaded.Value.Patterns[name];

    /// <summary>A phrase of a list as a pattern.</summary>
    internal static string PatternOf(string given)
    {
        var phrase = Plain(given);
        var pattern = new StringBuilder(IsLatin(phrase.TrimStart('(')[0]) ? @"\b" : "");
        for (var i = 0; i < phrase.Length; i++)
            pattern.Append(
                phrase[i] switch
                {
                    ' ' => @"[\s-]*",
                    '~' => @"[^。!?;\n]{0,24}?",
                    '*' when IsEndOfWord(phrase.AsSpan(0, i).TrimEnd(')')) => @"\w*",
                    var c => c.ToString(),
                }
            );
        return pattern.Append(IsLatin(phrase.TrimEnd(')', '*', '?')[^1]) ? @"\b" : "").ToString();
    }

    /// <summary>A letter, and not one that stands for others, as in <c>\w</c>.</summary>
    private static bool IsEndOfWord(ReadOnlySpan<char> before) =>
        before.Length > 0 && IsLatin(before[^1]) && !(before.Length > 1 && before[^2] == '\\');

    internal static Regex Linear(string pattern, RegexOptions more = RegexOptions.None) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | more, Regex.InfiniteMatchTimeout);

    private static Lists Load()
    {
        using var stream = typeof(LintWords).Assembly.GetManifestResourceStream("appeals/words.json")!;
        return Read(stream);
    }

    private static Lists Read(Stream words)
    {
        using var data = JsonDocument.Parse(words);
        var root = data.RootElement;
        return new Lists(
            root.GetProperty("version").GetString()!,
            root.GetProperty("lists")
                .EnumerateObject()
                .ToDictionary(
                    list => list.Name,
                    list => PhraseList.Of([.. list.Value.EnumerateArray().Select(it => it.GetString()!)])
                ),
            root.GetProperty("patterns")
                .EnumerateObject()
                .ToDictionary(it => it.Name, it => Linear(it.Value.GetString()!))
        );
    }

    private sealed record Lists(
        string Version,
        Dictionary<string, PhraseList> Phrases,
        Dictionary<string, Regex> Patterns
    );
}
