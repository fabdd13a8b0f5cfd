using System.Buffers;
using System.Globalization;
using System.Text;

namespace Hengping.Rules.Fields;

/// <summary>
/// People's words as they come in. Control characters and what has no width (direction marks, joiners, soft hyphens)
/// are taken out rather than refused: they come from copying out of other programs, nobody sees them, and nobody could
/// find them to mend the text. Joiners and variation selectors stay inside an emoji, which they are a part of.
/// Lengths are counted in text elements, as a person counts: one emoji with skin colour is one.
/// </summary>
public static class PlainText
{
    /// <summary>One text element may take this many UTF-16 units on average: nobody hides a book in accents.</summary>
    private const int UnitsPerElementMax = 8;

    // What a text has to be rewritten for.
    private static readonly SearchValues<char> OddInLines = SearchValues.Create([
        .. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => c == '\r' || !Stays(c)),
    ]);

    private static readonly SearchValues<char> OddInLine = SearchValues.Create([
        .. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => c is '\r' or '\n' || !Stays(c)),
    ]);

    /// <summary>A text of several lines, trimmed; null where nothing is left.</summary>
    public static string? Lines(string? text) => Clean(text, '\n');

    /// <summary>A text of one line, trimmed; null where nothing is left.</summary>
    public static string? Line(string? text) => Clean(text, ' ');

    /// <summary>A name: one line, in which a wide space or one that does not break is a space like others.</summary>
    public static string? Name(string? text)
    {
        if (Line(text) is not { } line)
            return null;
        return line.Any(IsOtherSpace)
            ? string.Create(
                line.Length,
                line,
                static (span, source) =>
                {
                    for (var i = 0; i < source.Length; i++)
                        span[i] = IsOtherSpace(source[i]) ? ' ' : source[i];
                }
            )
            : line;
    }

    private static bool IsOtherSpace(char c) => c != ' ' && char.IsWhiteSpace(c);

    /// <summary>One line with full-width forms made plain (１３８ → 138), for numbers people type.</summary>
    public static string? Plain(string? text) => Line(text)?.Normalize(NormalizationForm.FormKC);

    /// <summary>Number of characters as a person counts them.</summary>
    public static int Length(string text)
    {
        foreach (var c in text)
            if (
                c is >= '\u0300' and < '\u2E80' && c is not (>= '\u2010' and <= '\u2027')
                || c >= '\uA000' && !IsWide(c)
            )
                return new StringInfo(text).LengthInTextElements;
        return text.Length;
    }

    /// <summary>Whether the text is longer than <paramref name="max"/> characters, or absurdly long for them.</summary>
    public static bool LongerThan(string text, int max) =>
        text.Length > max && (text.Length > (long)max * UnitsPerElementMax || Length(text) > max);

    private static string? Clean(string? text, char lineBreak)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return text.AsSpan().ContainsAny(lineBreak == '\n' ? OddInLines : OddInLine)
            ? Rewrite(text, lineBreak)
            : text.Trim();
    }

    private static string? Rewrite(string text, char lineBreak)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                continue;
            if (c is '\r' or '\n')
                clean.Append(lineBreak);
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                clean.Append(c).Append(text[++i]);
            else if (!char.IsSurrogate(c) && (Stays(c) || JoinsEmoji(clean, text, i)))
                clean.Append(c);
        }
        var kept = clean.ToString().Trim();
        return kept.Length == 0 ? null : kept;
    }

    /// <summary>False for what nobody typed on purpose; surrogates go to the careful path.</summary>
    private static bool Stays(char c) =>
        c is '\n' or '\t'
        || !(
            char.IsControl(c)
            || char.IsSurrogate(c)
            || c is '\u00AD' or '\u034F' or '\u061C' or '\u115F' or '\u1160' or '\u180E' or '\u3164' or '\uFFA0'
            || c is >= '\u200B' and <= '\u200F' or >= '\u2028' and <= '\u202E' or >= '\u2060' and <= '\u206F'
            || c is >= '\uFE00' and <= '\uFE0F' or '\uFEFF' or '\uFFFE' or '\uFFFF'
        );

    /// <summary>Between the parts of one emoji: ❤️‍🔥, 👩‍🔧, 1️⃣.</summary>
    private static bool JoinsEmoji(StringBuilder before, string text, int at)
    {
        if (before.Length == 0 || text[at] is not ('\u200D' or '\uFE0E' or '\uFE0F'))
            return false;
        var last = before[^1];
        var isJoined = char.IsLowSurrogate(last)
            ? IsPicture(new Rune(before[^2], last))
            : last == '\uFE0F' || IsPicture(new Rune(last));
        if (text[at] != '\u200D')
            return isJoined || (at + 1 < text.Length && text[at + 1] == '\u20E3');
        return isJoined && at + 1 < text.Length && Rune.TryGetRuneAt(text, at + 1, out var next) && IsPicture(next);
    }

    private static bool IsPicture(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol
        || rune.Value is 0x203C or 0x2049;

    /// <summary>Full-width forms and CJK compatibility ideographs: one unit, one character.</summary>
    private static bool IsWide(char c) => c is >= '\uFF01' and <= '\uFF9D' or >= '\uAC00' and <= '\uD7A3';
}
