using System.Buffers;
using System.Text;

namespace Hengping.Rules.Publishing;

/// <summary>
/// Takes phone and id numbers out of people's words before they are kept: digit runs of ten and more (mainland mobile
/// 11, id card 18 or 15, bank card 16–19) keep their first three and last four digits; so do a mobile number written
/// in groups (138 1234 5678) and a landline with its area code (0755-12345678). Dates stay, also those written as one
/// run (20190425093209), because facts hang on them.
/// </summary>
public static class Masking
{
    private const int RunMin = 10;
    private const int KeepHead = 3;
    private const int KeepTail = 4;

    // Digits of every script, as char.IsDigit knows them.
    private static readonly SearchValues<char> Digits = SearchValues.Create([
        .. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(char.IsDigit),
    ]);

    /// <summary>The text with such numbers masked; the same instance where there are none.</summary>
    public static string Mask(string text)
    {
        StringBuilder? masked = null;
        var done = 0;
        var at = NextDigit(text, 0);
        while (at >= 0)
        {
            var end = EndOfNumber(text, at);
            if (Hides(text.AsSpan(at, end - at)))
            {
                masked ??= new StringBuilder(text.Length);
                masked.Append(text, done, at - done);
                AppendMasked(masked, text.AsSpan(at, end - at));
                done = end;
            }
            at = NextDigit(text, end);
        }
        return masked is null ? text : masked.Append(text, done, text.Length - done).ToString();
    }

    private static int NextDigit(string text, int from)
    {
        var at = text.AsSpan(from).IndexOfAny(Digits);
        return at < 0 ? -1 : from + at;
    }

    // A number is a run of digits; single blanks and dashes inside it belong to it only where the groups are those of
    // a phone number. An id card may end in X.
    private static int EndOfNumber(string text, int from)
    {
        var run = RunEnd(text, from);
        if (run - from == 17 && run < text.Length && text[run] is 'x' or 'X' or '\uFF38')
            return run + 1;
        if (run - from >= RunMin)
            return run;
        var grouped = GroupsEnd(text, from, 3, 4, 4);
        if (grouped > 0 && IsMobileHead(text, from))
            return grouped;
        foreach (var area in (ReadOnlySpan<int>)[3, 4])
        {
            foreach (var local in (ReadOnlySpan<int>)[7, 8])
            {
                var end = GroupsEnd(text, from, area, local);
                if (end > 0 && Digit(text[from]) == 0)
                    return end;
            }
        }
        return run;
    }

    private static int GroupsEnd(string text, int from, params ReadOnlySpan<int> sizes)
    {
        var at = from;
        for (var i = 0; i < sizes.Length; i++)
        {
            if (i > 0)
            {
                if (at >= text.Length || text[at] is not (' ' or '-' or '\u2013' or '\uFF0D' or '\u3000'))
                    return -1;
                at++;
            }
            var end = at < text.Length ? RunEnd(text, at) : at;
            if (end - at != sizes[i])
                return -1;
            at = end;
        }
        return at;
    }

    private static int RunEnd(string text, int from)
    {
        var end = from;
        while (end < text.Length && char.IsDigit(text[end]))
            end++;
        return end;
    }

    private static bool IsMobileHead(string text, int at) =>
        Digit(text[at]) == 1 && Digit(text[at + 1]) is >= 3 and <= 9;

    private static bool Hides(ReadOnlySpan<char> number)
    {
        var digits = 0;
        foreach (var c in number)
            digits += char.IsDigit(c) ? 1 : 0;
        return digits >= RunMin && !IsInstant(number);
    }

    // 201904250932 and 20190425093209 are instants and not numbers of persons.
    private static bool IsInstant(ReadOnlySpan<char> number)
    {
        if (number.Length is not (12 or 14))
            return false;
        foreach (var c in number)
        {
            if (!char.IsDigit(c))
                return false;
        }
        return Two(number, 0) is 19 or 20
            && Two(number, 4) is >= 1 and <= 12
            && Two(number, 6) is >= 1 and <= 31
            && Two(number, 8) <= 23
            && Two(number, 10) <= 59
            && (number.Length == 12 || Two(number, 12) <= 59);
    }

    private static int Two(ReadOnlySpan<char> number, int at) => (Digit(number[at]) * 10) + Digit(number[at + 1]);

    private static int Digit(char c) => (int)char.GetNumericValue(c);

    private static void AppendMasked(StringBuilder into, ReadOnlySpan<char> number)
    {
        var left = number.Length - KeepTail;
        var seen = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var counts = char.IsLetterOrDigit(number[i]);
            into.Append(counts && seen >= KeepHead && i < left ? '*' : number[i]);
            seen += counts ? 1 : 0;
        }
    }
}
