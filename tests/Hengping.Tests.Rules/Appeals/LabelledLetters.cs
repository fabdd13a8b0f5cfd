using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Hengping.Rules.Appeals;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Appeals;

/// <summary>
/// Letters labelled before the linter was run on them, by other hands than wrote them. Those beside this file it was
/// tuned on: en and zh, then b and w, on which it had been measured unseen (see decision 57). Those in
/// <c>Letters/Blind</c> it has never seen. A pair is a letter, a code and, where it has one, a section.
/// </summary>
public sealed partial class LabelledLetters(ITestOutputHelper output)
{
    private const int EnoughPositives = 8;
    private const string None = "none";

    private sealed record Tally(string Finding, int Right, int Wrong, int Missed)
    {
        public int Positives => Right + Missed;

        public double Precision => Right + Wrong == 0 ? 1 : (double)Right / (Right + Wrong);

        public double Recall => Positives == 0 ? 1 : (double)Right / Positives;
    }

    [Fact]
    public void Each_finding_is_right_and_seldom_missed() => Measure("", precision: 0.9, recall: 0.85);

    // Wanted are 0.8 and 0.7 for each finding; what it reaches, and why no more, stands in decision 57. This holds that
    // it gets no worse.
    [Fact]
    public void Letters_by_who_has_not_seen_it_too()
    {
        var whole = Measure(Blind, precision: 0, recall: 0);
        whole.Precision.ShouldBeGreaterThan(0.6);
        whole.Recall.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void A_good_letter_has_no_finding()
    {
        var labels = Labels("");
        var good = Letters("").Where(it => labels[it.Key].Count == 0).ToList();
        good.Count.ShouldBeGreaterThanOrEqualTo(10);
        good.SelectMany(it => Found(it.Value).Select(pair => $"{it.Key}: {pair}")).ShouldBeEmpty();
    }

    private const string Blind = "Blind/";

    private Tally Measure(string folder, double precision, double recall)
    {
        var labels = Labels(folder);
        var letters = Letters(folder);
        letters.Keys.ShouldBe(labels.Keys, ignoreOrder: true);
        var pairs = letters
            .SelectMany(it =>
            {
                var found = Found(it.Value);
                return found
                    .Union(labels[it.Key])
                    .Select(pair => (Pair: pair, Is: labels[it.Key].Contains(pair), Said: found.Contains(pair)));
            })
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
        pairs
            .Where(it => it.Positives >= EnoughPositives && (it.Precision < precision || it.Recall < recall))
            .Select(it => Line(it))
            .ShouldBeEmpty();
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

    private static HashSet<string> Found(string letter) =>
        [.. PlanLint.Read(letter, LintContext.LetterAlone).Select(it => Pair(it.Code, it.Section ?? ""))];

    // Two codes are labelled with their section; a heading is the same in any case and without number.
    private static string Pair(string code, string section) =>
        code is LintCode.SectionMissing or LintCode.OffTopic
            ? $"{code} {Numbering().Replace(section.Trim(), "").ToLowerInvariant()}"
            : code;

    [GeneratedRegex(@"^(第?[一二三四五六七八九十]{1,3}[、，,.]|\d{1,2}[.)、]|[A-Za-z][.)、])\s*")]
    private static partial Regex Numbering();

    private static Dictionary<string, string> Letters(string folder) =>
        Resources(folder)
            .Where(name => !name.EndsWith(".csv", StringComparison.Ordinal))
            .ToDictionary(name => name[(name.LastIndexOf('/') + 1)..name.LastIndexOf('.')], Text);

    private static Dictionary<string, HashSet<string>> Labels(string folder)
    {
        var labels = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var file in Resources(folder).Where(name => name.EndsWith(".csv", StringComparison.Ordinal)))
        foreach (var line in Text(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var cells = line.Split(',', 3);
            if (!labels.TryGetValue(cells[0], out var pairs))
                labels[cells[0]] = pairs = [];
            if (cells[1].Trim() != None)
                pairs.Add(Pair(cells[1].Trim(), cells.Length > 2 ? cells[2].Trim('"', ' ', '\r') : ""));
        }
        return labels;
    }

    private static IEnumerable<string> Resources(string folder) =>
        Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Select(name => name.Replace('\\', '/'))
            .Where(name => name.StartsWith("letters/" + folder, StringComparison.Ordinal))
            .Where(name => folder.Length > 0 || name.Count(c => c == '/') == 1);

    private static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
