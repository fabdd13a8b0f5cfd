using System.Globalization;
using System.Text.RegularExpressions;
using Hengping.Rules.Fields;

namespace Hengping.Rules.RuleRegister;

/// <summary>
/// 条款划分: a text becomes numbered clauses. A clause begins with a heading, with 第十二条, or with a number of several
/// parts (3.2); in a text without headings a plain number (3.) begins one, too. Headings without one are counted.
/// </summary>
public static partial class RuleText
{
    /// <summary>Characters of a text in one language.</summary>
    public const int TextMax = 100_000;

    /// <summary>Clauses of a version.</summary>
    public const int ClausesMax = 500;

    /// <summary>What stands before the first clause.</summary>
    public const string Preamble = "0";

    /// <summary>The two languages have other clauses.</summary>
    public static Refusal Differs(string no) =>
        new(
            "rule.clauses-differ",
            $"中英文条款编号不一致，从第 {no} 条开始；两种文本须逐条对应",
            $"The clauses of the two languages do not match, from {no} on; each needs the other"
        );

    /// <summary>Two clauses of one number.</summary>
    public static Refusal Twice(string no) =>
        new("rule.clause-twice", $"条款编号 {no} 出现了两次", $"Clause {no} stands there twice");

    private sealed record Part(string No, string Text);

    /// <summary>
    /// The clauses of a version. Of a text of before the register one language may be missing, and what its numbers
    /// lack is made up.
    /// </summary>
    /// <param name="isRecorded">It was in force before the register knew it.</param>
    public static IReadOnlyList<RuleClause> Clauses(string? zh, string? en, bool isRecorded, FieldFaults faults)
    {
        var (left, right) = (Split(zh), Split(en));
        if (!isRecorded)
        {
            foreach (var (field, parts) in new[] { ("zh", left), ("en", right) })
                if (parts.Find(part => part.No.Contains('-', StringComparison.Ordinal)) is { } again)
                    faults.Add(field, Twice(again.No[..again.No.IndexOf('-', StringComparison.Ordinal)]));
            var odd = Enumerable
                .Range(0, Math.Max(left.Count, right.Count))
                .FirstOrDefault(i => left.ElementAtOrDefault(i)?.No != right.ElementAtOrDefault(i)?.No, -1);
            if (odd >= 0 && faults.None)
                faults.Add("en", Differs((left.ElementAtOrDefault(odd) ?? right[odd]).No));
        }
        var byNo = right.ToDictionary(part => part.No, StringComparer.Ordinal);
        List<RuleClause> all = [.. left.Select(part => new RuleClause(part.No, part.Text, Taken(part.No)))];
        all.AddRange(
            right.Where(part => byNo.ContainsKey(part.No)).Select(part => new RuleClause(part.No, "", part.Text))
        );
        faults.If(all.Count > ClausesMax, "zh", Fault.TooMany(ClausesMax));
        return all;

        string Taken(string no) => byNo.Remove(no, out var part) ? part.Text : "";
    }

    /// <summary>The whole text of a version in a language.</summary>
    public static string Whole(IEnumerable<RuleClause> clauses, bool isChinese) =>
        string.Join('\n', clauses.Select(c => isChinese ? c.Zh : c.En).Where(text => text.Length > 0));

    /// <summary>A clause without markup and without the number it begins with: beside “clause 3” it would stand twice.
    /// </summary>
    public static string WithoutNumber(string no, string text)
    {
        var plain = RuleWords.PlainLines(text);
        foreach (var found in new[] { Article().Match(plain), Dotted().Match(plain), Single().Match(plain) })
            if (found.Success && (found.Groups[1].Value == no || Counted(found.Groups[1].Value) == no))
            {
                var end = found.Groups[1].Index + found.Groups[1].Length;
                return plain[end..].TrimStart('\u6761', '.', '、', ' ', '\t', '\u3000');
            }
        return plain;
    }

    private static List<Part> Split(string? text)
    {
        var parts = new List<Part>();
        if (string.IsNullOrWhiteSpace(text))
            return parts;
        var lines = text.Split('\n');
        var isHeading = new bool[lines.Length];
        for (var i = 0; i < lines.Length; i++)
            isHeading[i] = RuleWords.IsHeading(lines, i);
        var hasHeadings = Array.Exists(isHeading, is1 => is1);
        var (no, from, counted) = (Preamble, 0, 0);
        for (var i = 0; i < lines.Length; i++)
        {
            if (NumberOf(lines[i], isHeading[i], hasHeadings) is not { } next)
                continue;
            Close(i);
            (no, from) = (next.Length > 0 ? next : "s" + (++counted).ToString(CultureInfo.InvariantCulture), i);
        }
        Close(lines.Length);
        return parts;

        void Close(int to)
        {
            var said = string.Join('\n', lines[from..to]).Trim('\n', ' ');
            if (said.Length == 0)
                return;
            var (unique, n) = (no, 1);
            while (parts.Exists(part => part.No == unique))
                unique = $"{no}-{(++n).ToString(CultureInfo.InvariantCulture)}";
            parts.Add(new Part(unique, said));
        }
    }

    // Null where no clause begins; empty where one does that has no number.
    private static string? NumberOf(string line, bool isHeading, bool hasHeadings)
    {
        var plain = RuleWords.Plain(line);
        var article = Article().Match(plain);
        if (article.Success)
            return Counted(article.Groups[1].Value);
        var dotted = Dotted().Match(plain);
        if (dotted.Success)
            return dotted.Groups[1].Value;
        var single = Single().Match(plain);
        if (single.Success && (isHeading || !hasHeadings))
            return single.Groups[1].Value;
        return isHeading ? "" : null;
    }

    private static string Counted(string number)
    {
        if (char.IsAsciiDigit(number[0]))
            return number;
        const string Digits = "零一二三四五六七八九";
        var (sum, digit) = (0, 0);
        foreach (var c in number)
        {
            if (Digits.IndexOf(c, StringComparison.Ordinal) is >= 0 and var value)
                digit = value;
            else
                (sum, digit) = (sum + Math.Max(digit, c == '十' && sum == 0 && digit == 0 ? 1 : digit) * Unit(c), 0);
        }
        return (sum + digit).ToString(CultureInfo.InvariantCulture);
    }

    private static int Unit(char c) => c == '十' ? 10 : 100;

    // 第, the signs of numbers, and 条.
    [GeneratedRegex(
        @"^\u7B2C([0-9]{1,4}|[\u96F6\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D\u5341\u767E]{1,7})\u6761",
        RegexOptions.None,
        matchTimeoutMilliseconds: 500
    )]
    private static partial Regex Article();

    [GeneratedRegex(@"^([0-9]{1,3}(?:\.[0-9]{1,3}){1,3})[.、\s]", RegexOptions.None, matchTimeoutMilliseconds: 500)]
    private static partial Regex Dotted();

    [GeneratedRegex(@"^([0-9]{1,3})[.、](?:\s|\P{N})", RegexOptions.None, matchTimeoutMilliseconds: 500)]
    private static partial Regex Single();
}
