using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Hengping.Rules.Appeals;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Appeals;

/// <summary>
/// Letters labelled by other hands than wrote them. From those beside this file it learned (see decision 64); those in
/// <c>Letters/Blind</c>, by a writer and labellers of their own, it has never seen. A pair is a letter, a code and,
/// where it has one, a section. The ground is known, as it is at every appeal.
/// </summary>
public sealed partial class LabelledLetters(ITestOutputHelper output)
{
    private const string None = "none";

    private sealed record Tally(string Finding, int Right, int Wrong, int Missed)
    {
        public int Positives => Right + Missed;

        public double Precision => Right + Wrong == 0 ? 1 : (double)Right / (Right + Wrong);

        public double Recall => Positives == 0 ? 1 : (double)Right / Positives;
    }

    // By letter and code: what it reaches stands in decision 64. These hold that it gets no worse.
    [Theory]
    [InlineData("", 0.85, 0.85)]
    [InlineData(Blind, 0.75, 0.7)]
    public void Findings_are_right_and_seldom_missed(string folder, double precision, double recall)
    {
        var whole = Measure(folder);
        whole.Precision.ShouldBeGreaterThanOrEqualTo(precision);
        whole.Recall.ShouldBeGreaterThanOrEqualTo(recall);
    }

    private const string Blind = "Blind/";

    private Tally Measure(string folder)
    {
        var labels = Labels(folder);
        var letters = LetterFiles.All(folder);
        var safety = LetterFiles.Safety(folder);
        letters.Keys.ShouldBe(labels.Keys, ignoreOrder: true);
        var found = letters.AsParallel().ToDictionary(it => it.Key, it => Found(it.Value, safety.Contains(it.Key)));
        var pairs = found
            .SelectMany(it =>
                it.Value.Union(labels[it.Key])
                    .Select(pair => (Pair: pair, Is: labels[it.Key].Contains(pair), Said: it.Value.Contains(pair)))
            )
            .GroupBy(it => FindingOf(it.Pair))
            .Select(group => new Tally(
                group.Key,
                group.Count(it => it.Is && it.Said),
                group.Count(it => !it.Is),
                group.Count(it => !it.Said)
            ))
            .OrderBy(it => it.Finding, StringComparer.Ordinal)
            .ToList();
        output.WriteLine(Table(letters.Count, pairs));
        var good = labels.Where(it => it.Value.Count == 0).Select(it => it.Key).ToList();
        var accused = good.Count(name => found[name].Count > 0);
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{good.Count} good ones, {accused} with a finding")
        );
        accused.ShouldBeLessThan((int)(good.Count * 0.4));
        return Whole(pairs);
    }

    private static string Table(int letters, List<Tally> tallies)
    {
        var table = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{letters} letters");
        foreach (var tally in tallies)
            table.AppendLine(Line(tally));
        return table.AppendLine(Line(Whole(tallies))).ToString();
    }

    private static Tally Whole(List<Tally> all) =>
        new("all", all.Sum(it => it.Right), all.Sum(it => it.Wrong), all.Sum(it => it.Missed));

    private static string Line(Tally it) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{it.Finding, -32} {it.Positives, 4} labelled, precision {it.Precision:0.00}, recall {it.Recall:0.00}"
        );

    private static string FindingOf(string pair) =>
        pair.StartsWith(LintCode.OffTopic, StringComparison.Ordinal) ? LintCode.OffTopic : pair;

    private static HashSet<string> Found(string letter, bool isSafety) =>
        [
            .. PlanLint
                .Read(letter, LintContext.LetterAlone with { Safety = isSafety })
                .Select(it => Pair(it.Code, it.Section ?? "")),
        ];

    // Two codes are labelled with their section; a heading is the same in any case and without number.
    private static string Pair(string code, string section) =>
        code is LintCode.SectionMissing or LintCode.OffTopic
            ? $"{code} {Numbering().Replace(section.Trim(), "").ToLowerInvariant()}"
            : code;

    [GeneratedRegex(@"^(第?[一二三四五六七八九十]{1,3}[、，,.]|\d{1,2}[.)、]|[A-Za-z][.)、])\s*")]
    private static partial Regex Numbering();

    private static Dictionary<string, HashSet<string>> Labels(string folder)
    {
        var labels = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var lines = LetterFiles.Text($"letters/{folder}labels.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines.Skip(1))
        {
            var cells = line.Split(',', 3);
            if (!labels.TryGetValue(cells[0], out var pairs))
                labels[cells[0]] = pairs = [];
            if (cells[1].Trim() != None)
                pairs.Add(Pair(cells[1].Trim(), cells.Length > 2 ? cells[2].Trim('"', ' ', '\r') : ""));
        }
        return labels;
    }
}
