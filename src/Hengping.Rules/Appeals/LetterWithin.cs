using System.Text.RegularExpressions;

namespace Hengping.Rules.Appeals;

/// <summary>
/// A letter may come inside an article, and with remarks of whoever shows it: Chinese in brackets in an English letter.
/// </summary>
internal static partial class LetterWithin
{
    /// <summary>So many characters before the salutation are somebody else's text.</summary>
    private const int ArticleMin = 600;

    private const int RemarkHanMin = 6;

    /// <summary>Half-open, in lines from 0.</summary>
    public static (int Start, int End) Find(string[] lines)
    {
        var before = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            if (before >= ArticleMin && Salutation().IsMatch(lines[i]))
                return (i, EndOf(lines, i));
            before += lines[i].Length;
        }
        return (0, lines.Length);
    }

    /// <summary>The last line in the letter's own language, where that is English.</summary>
    private static int EndOf(string[] lines, int start)
    {
        if (IsMostlyHan(lines[start]))
            return lines.Length;
        var end = lines.Length;
        while (end > start + 1 && (lines[end - 1].Length < 60 || IsMostlyHan(lines[end - 1])))
            end--;
        return end;
    }

    /// <summary>Remarks become blanks, so that every place stays where it is.</summary>
    public static void TakeRemarksOut(string[] lines, int start, int end)
    {
        var letter = lines[start..end];
        var remarks = letter.Sum(line => Remarks().Matches(line).Count(IsRemark));
        var latin = letter.Sum(line => line.Count(char.IsAsciiLetter));
        var han = letter.Sum(line => Bracketed().Replace(line, "").Count(LintWords.IsHan));
        if (remarks < 3 || han * 10 > latin)
            return;
        for (var i = start; i < end; i++)
        {
            lines[i] = Remarks().Replace(lines[i], it => IsRemark(it) ? new string(' ', it.Length) : it.Value);
            if (IsMostlyHan(lines[i]))
                lines[i] = "";
        }
    }

    private static bool IsRemark(Match bracket) => bracket.Value.Count(LintWords.IsHan) >= RemarkHanMin;

    private static bool IsMostlyHan(string line)
    {
        var han = line.Count(LintWords.IsHan);
        return han > 0 && han * 4 > line.Count(char.IsAsciiLetter);
    }

    private static Regex Remarks() => Bracketed();

    [GeneratedRegex(@"[（(][^()（）]{1,400}[)）]", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"^\s*(Dear\b|To whom|尊敬的|致[：:])", RegexOptions.IgnoreCase, Timeout.Infinite)]
    private static partial Regex Salutation();
}
