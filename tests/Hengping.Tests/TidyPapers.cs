using System.Globalization;
using System.Text.RegularExpressions;
using Hengping.App;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests;

/// <summary>House rules about what stands beside the code: lock files, links of the docs, decision records.</summary>
public sealed partial class TidyPapers
{
    [Fact]
    public void Every_project_has_its_lock_file()
    {
        WithoutLock(["src/A/A.csproj"]).ShouldHaveSingleItem();
        WithoutLock(["src/A/A.csproj", "src/A/packages.lock.json"]).ShouldBeEmpty();
        WithoutLock(["src/A/package.json"]).ShouldHaveSingleItem();

        HouseRule.Holds(WithoutLock(Repository.Files), "commit the lock file");
    }

    [Fact]
    public void The_law_book_takes_no_package_and_no_other_project()
    {
        var project = File.ReadAllText(Repository.At("src/Hengping.Rules/Hengping.Rules.csproj"));
        project.ShouldNotContain("PackageReference");
        project.ShouldNotContain("ProjectReference");
    }

    [Fact]
    public void There_is_one_script()
    {
        var scripts = Repository.Files.Where(file => ScriptName().IsMatch(file));
        HouseRule.Holds(scripts, "ci.cs is the only script; make it a command of the program or a test");
    }

    [Fact]
    public void Links_of_the_docs_lead_somewhere()
    {
        DeadLinks("docs/sample.md", ["see [there](nowhere.md)"]).ShouldHaveSingleItem();
        DeadLinks("docs/sample.md", ["see [here](../Hengping.slnx) and [web](https://example.org/a)"]).ShouldBeEmpty();
        DeadLinks("sample.md", ["[up](#no-such-heading)"]).ShouldHaveSingleItem();

        var papers = Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal));
        HouseRule.Holds(
            papers.SelectMany(paper => DeadLinks(paper, File.ReadAllLines(Repository.At(paper)))),
            "mend the link"
        );
    }

    [Fact]
    public void Decisions_are_numbered_once_and_say_when_they_do_not_apply()
    {
        BadDecisions([("docs/decisions/0001-a.md", "# A\n\n## When this does not apply\n\nNever.")]).ShouldBeEmpty();
        BadDecisions([("docs/decisions/0001-a.md", "# A")]).ShouldHaveSingleItem();
        const string Fine = "## When this does not apply";
        BadDecisions([("docs/decisions/0001-a.md", Fine), ("docs/decisions/0001-b.md", Fine)]).ShouldHaveSingleItem();

        var decisions = Repository
            .Files.Where(file => file.StartsWith("docs/decisions/", StringComparison.Ordinal))
            .Select(file => (file, File.ReadAllText(Repository.At(file))));
        HouseRule.Holds(BadDecisions([.. decisions]), "NNNN-words.md, one number each, with its limits");
    }

    [Fact]
    public void Text_files_end_with_one_line_feed_and_hold_no_carriage_return()
    {
        Ragged("a.cs", "x\n").ShouldBeEmpty();
        Ragged("a.cs", "x").ShouldHaveSingleItem();
        Ragged("a.cs", "x\r\n").ShouldHaveSingleItem();
        Ragged("a.cs", "\uFEFFx\n").ShouldHaveSingleItem();

        var texts = Repository.Files.Where(file => TextName().IsMatch(file));
        HouseRule.Holds(
            texts.SelectMany(file => Ragged(file, Raw(file))),
            "UTF-8 without mark, line feeds, one at the end"
        );
    }

    [Fact]
    public void Every_threshold_stands_in_operations()
    {
        var rows = File.ReadAllLines(Repository.At("docs/operations.md"));
        var missing = Rooms
            .House.Gauges.Select(gauge => (gauge.Metric, Most: ThresholdOf(gauge)))
            .Where(it => !rows.Any(row => row.StartsWith($"| `{it.Metric}` |") && row.Contains($"| {it.Most} |")))
            .Select(it => $"docs/operations.md: {it.Metric} with {it.Most}");
        HouseRule.Holds(missing, "a row with what it tells, the threshold, and what to do");
    }

    private static string ThresholdOf(Gauge gauge) =>
        gauge.Most.ToString("N0", CultureInfo.InvariantCulture)
        + gauge.Unit switch
        {
            GaugeUnit.Count => "",
            GaugeUnit.Seconds => " s",
            _ => " %",
        };

    private static IEnumerable<string> WithoutLock(IReadOnlyList<string> files)
    {
        foreach (var file in files)
        {
            var folder = file[..(file.LastIndexOf('/') + 1)];
            var lockFile =
                file.EndsWith(".csproj", StringComparison.Ordinal) ? folder + "packages.lock.json"
                : file.EndsWith("package.json", StringComparison.Ordinal) ? folder + "package-lock.json"
                : null;
            if (lockFile is not null && !files.Contains(lockFile))
                yield return $"{file}:1: no {lockFile}";
        }
    }

    private static IEnumerable<string> DeadLinks(string paper, string[] lines)
    {
        var folder = Path.GetDirectoryName(Repository.At(paper))!;
        foreach (var (line, index) in lines.Select((line, index) => (line, index)))
        foreach (var target in Link().Matches(line).Select(match => match.Groups["to"].Value).Where(IsOurs))
        {
            var (path, anchor) = target.Split('#') is [var p, var a] ? (p, a) : (target, "");
            var file = path.Length == 0 ? Repository.At(paper) : Path.GetFullPath(Path.Combine(folder, path));
            if (!Path.Exists(file))
                yield return $"{paper}:{index + 1}: {target}";
            else if (
                anchor.Length > 0
                && !Headings(path.Length == 0 ? lines : File.ReadAllLines(file)).Contains(anchor)
            )
                yield return $"{paper}:{index + 1}: no heading #{anchor}";
        }
    }

    private static bool IsOurs(string target) =>
        !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:");

    private static IEnumerable<string> Headings(string[] lines) =>
        lines
            .Where(line => line.StartsWith('#'))
            .Select(line => NoSlug().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static IEnumerable<string> BadDecisions(IReadOnlyList<(string File, string Text)> decisions)
    {
        foreach (var (file, text) in decisions)
        {
            if (!DecisionName().IsMatch(file))
                yield return $"{file}:1: no number";
            if (!text.Contains("## When this does not apply", StringComparison.Ordinal))
                yield return $"{file}:1: says no limits";
        }
        var numbers = decisions.GroupBy(decision => Path.GetFileName(decision.File).Split('-')[0]);
        foreach (var twice in numbers.Where(group => group.Count() > 1))
            yield return string.Join(" and ", twice.Select(decision => decision.File)) + ": the same number";
    }

    private static IEnumerable<string> Ragged(string file, string text)
    {
        if (text.StartsWith('\uFEFF'))
            yield return $"{file}:1: byte order mark";
        if (text.Contains('\r'))
            yield return $"{file}:{text[..text.IndexOf('\r')].Count(c => c == '\n') + 1}: carriage return";
        if (text.Length > 0 && !text.EndsWith('\n'))
            yield return $"{file}:{text.Count(c => c == '\n') + 1}: no line feed at the end";
    }

    // File.ReadAllText would swallow the byte order mark.
    private static string Raw(string file) =>
        System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(Repository.At(file)));

    [GeneratedRegex(@"\.(sh|ps1|py|bat|cmd|mk)$|(^|/)(Makefile|Dockerfile)$")]
    private static partial Regex ScriptName();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)|\bsrc=""(?<to>[^""]+)""")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\u4e00-\u9fff -]")]
    private static partial Regex NoSlug();

    [GeneratedRegex(@"^docs/decisions/\d{4}-[a-z0-9-]+\.md$")]
    private static partial Regex DecisionName();

    [GeneratedRegex(@"^(src|tests|docs|bench)/.*\.(cs|cshtml|sql|css|js|md|csproj|svg)$|^[^/]+\.(md|cs|props|slnx)$")]
    private static partial Regex TextName();
}
