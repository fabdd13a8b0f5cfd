using System.Text.RegularExpressions;

namespace Hengping.Rules.Appeals;

/// <summary>Names in a sentence that it takes for certifications, and that are none.</summary>
internal static partial class CertificationNames
{
    public static IEnumerable<string> Unknown(string text)
    {
        foreach (var name in InCapitals(text).Concat(InChinese(text)))
            yield return name;
        var close = text.Replace(" ", "", StringComparison.Ordinal);
        foreach (var wrong in Certifications.Wrong)
        {
            if (close.Contains(wrong.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
                yield return wrong;
        }
    }

    /// <summary>
    /// CDR, FFC: a name in capitals counts where the text calls it a certification, where it stands in one list with
    /// others, or where it is all but one that exists.
    /// </summary>
    private static IEnumerable<string> InCapitals(string text)
    {
        var names = Capitals().Matches(text);
        var isAboutPapers = names.Count > 0 && LintWords.Has(text, "cert.word");
        for (var i = 0; i < names.Count; )
        {
            // Names that stand in one list.
            var last = i;
            while (
                last + 1 < names.Count
                && Between().IsMatch(text[(names[last].Index + names[last].Length)..names[last + 1].Index])
            )
                last++;
            var group = Enumerable.Range(i, last - i + 1).Select(at => names[at].Value).ToList();
            var after = text[(names[last].Index + names[last].Length)..];
            var before = text[..names[i].Index];
            var isCalled =
                Called().IsMatch(after.Length > 24 ? after[..24] : after)
                || Calls().IsMatch(before.Length > 24 ? before[^24..] : before);
            var isListed = group.Count > 1 && group.Exists(it => Certifications.IsOne(Letters(it)));
            foreach (
                var name in group.Where(it =>
                    IsNone(it, isCalled || (isListed && it.All(char.IsAsciiLetter)), isAboutPapers || isListed)
                )
            )
                yield return name;
            i = last + 1;
        }
    }

    private static bool IsNone(string name, bool isNamed, bool isAboutPapers)
    {
        var letters = Letters(name);
        var number = name[letters.Length..].Trim(' ', '-', ':');
        if (letters.Length >= 2 && Certifications.IsOne(letters))
            return (letters is "ISO" && (number.Length >= 6 || Certifications.IsNearlyNumber(number)))
                || (letters is "UN" && number is "3.83" or "83.3" or "38.8" or "33.8" or "3.38");
        if (
            Certifications.IsFine(name)
            || Certifications.IsFine(letters.TrimEnd(' '))
            || name.All(c => !char.IsAsciiLetter(c))
        )
            return false;
        if (isNamed && name.Length <= 6)
            return true;
        return isAboutPapers
            && name.Length is >= 3 and <= 5
            && name.All(char.IsAsciiLetter)
            && Certifications.IsNearly(name);
    }

    /// <summary>The name without its number: ISO of ISO 9001.</summary>
    private static string Letters(string name)
    {
        var end = 0;
        while (end < name.Length && (char.IsAsciiLetter(name[end]) || name[end] is '/'))
            end++;
        return name[..end];
    }

    private static IEnumerable<string> InChinese(string text)
    {
        foreach (Match named in Han().Matches(text))
        {
            var name = named.Groups["name"].Value;
            name = name[(name.LastIndexOfAny(Verbs) + 1)..].Trim();
            var isOfState =
                name.StartsWith("国家", StringComparison.Ordinal) || name.StartsWith("国际", StringComparison.Ordinal);
            if (Certifications.IsOne(name + "认证") || name.Any(char.IsAsciiLetter) && !isOfState)
                continue;
            name = Bare(name);
            if (name.Length >= 2 && (name.Length <= 4 || isOfState))
                yield return name + "认证";
        }
    }

    /// <summary>Without the words at both ends that are no name.</summary>
    private static string Bare(string name)
    {
        for (var word = ""; word is not null; )
        {
            name = name.Trim();
            word = Certifications.Generic.FirstOrDefault(it => name.StartsWith(it, StringComparison.Ordinal));
            if (word is not null)
            {
                name = name[word.Length..];
                continue;
            }
            word = Certifications.Generic.FirstOrDefault(it => name.EndsWith(it, StringComparison.Ordinal));
            if (word is not null)
                name = name[..^word.Length];
        }
        return name;
    }

    private static readonly char[] Verbs = [.. "了过获已并的和及与得有经到为是做由供无需没办请申凭靠算懂说"];

    [GeneratedRegex(
        "(?<![A-Za-z0-9./-])(?=[A-Z0-9]{0,3}[A-Z])[A-Z0-9][A-Z0-9]{1,11}(?:["
            + " -]?\\d{1,9}(?:\\.\\d{1,2})?)?(?![A-Za-z0-9])|"
            + "\\b[A-Z][a-z][A-Z]{2,3}\\b|\\bISO[ -]?\\d{4,9}",
        RegexOptions.CultureInvariant,
        Timeout.Infinite
    )]
    private static partial Regex Capitals();

    [GeneratedRegex(
        "^ ?(?:,|、|/|&|and|or|和|及|与|以及|,? ?and)? ?$",
        RegexOptions.CultureInvariant,
        Timeout.Infinite
    )]
    private static partial Regex Between();

    [GeneratedRegex(
        "^ ?[\\u4e00-\\u9fff]{0,7}?(?:认证|标志|认可)|^ ?(?:safety |quality |product |conformity |"
            + "international |skin |eu |[a-z]{3,12} )?(?:certif[a-z]{1,8}|marks?\\b|marking\\b|approval\\b|"
            + "approved\\b)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Timeout.Infinite
    )]
    private static partial Regex Called();

    [GeneratedRegex(
        "(?:认证|证书|certifi[a-z]{1,8}|certified by)(?: ?(?::|有|为|如|包括|as|by|of|like|such as)) ?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Timeout.Infinite
    )]
    private static partial Regex Calls();

    [GeneratedRegex(
        "(?<name>[\\u4e00-\\u9fff][\\u4e00-\\u9fffA-Z ]{0,15})(?<!体系)认证",
        RegexOptions.CultureInvariant,
        Timeout.Infinite
    )]
    private static partial Regex Han();
}
