using Hengping.Rules.Fields;
using Hengping.Rules.RuleRegister;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.RuleRegister;

/// <summary>
/// Eight dated versions of a real platform's terms, which lie beside the tree and not in it. Two of them are other
/// extractions of the same text.
/// </summary>
public sealed class RealVersions
{
    private static readonly Guid Ann = new("00000000-0000-7000-8000-00000000000a");
    private static readonly Guid Ben = new("00000000-0000-7000-8000-00000000000b");
    private static readonly DateOnly Today = new(2026, 10, 12);
    private static readonly string Folder = Path.Combine(Repository.Root, "..", "shared", "data", "rules_versions");

    private static PlatformRule All()
    {
        Assert.SkipUnless(
            Directory.Exists(Folder),
            "the versions lie in ../shared/data/rules_versions, which is not here"
        );
        var now = new DateTimeOffset(2026, 10, 12, 0, 0, 0, TimeSpan.Zero);
        var rule = PlatformRule.Fold(null, new RuleEvent.Begun(RuleTopic.Agreement), now);
        foreach (var file in Directory.GetFiles(Folder, "*.md").Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            var clauses = RuleText.Clauses(null, text, isRecorded: true, new FieldFaults());
            RuleText.Whole(clauses, isChinese: false).Length.ShouldBeGreaterThan(text.Length * 99 / 100);
            var wording = new RuleWording("服务协议", "Terms of service", clauses, "", "");
            rule = PlatformRule.Fold(rule, rule.Draft(wording, Today).Event!, now);
            var day = DateOnly.ParseExact(Path.GetFileNameWithoutExtension(file)[^10..], "yyyy-MM-dd");
            var recorded = rule.Record(rule.Versions[^1], Ann, null, day, Today, null, false).Event!;
            rule = PlatformRule.Fold(rule, recorded, now);
            rule = PlatformRule.Fold(rule, rule.Confirm(rule.Versions[^1], Ben, Today).Event!, now);
        }
        return rule;
    }

    private static RuleVersion Of(PlatformRule rule, string day) =>
        rule.InForce(DateOnly.ParseExact(day, "yyyy-MM-dd"))!;

    [Fact]
    public void All_are_kept_and_the_day_says_which_one_held()
    {
        var rule = All();
        rule.Versions.Count.ShouldBe(8);
        Of(rule, "2024-02-18").InForceOn.ShouldBe(new DateOnly(2024, 2, 1));
        Of(rule, "2024-02-19").InForceOn.ShouldBe(new DateOnly(2024, 2, 19));
        rule.InForce(new DateOnly(2022, 7, 10)).ShouldBeNull();
    }

    [Fact]
    public void The_change_of_2024_02_19_is_found()
    {
        var rule = All();
        var lines = Between(rule, "2024-02-01", "2024-02-19").Where(line => line.IsChanged).ToList();
        lines.Count.ShouldBe(2);
        lines[0].Runs.Single(run => run.Kind == RuleDiffKind.Added).Text.Trim().ShouldBe("2024-02-20");
        Text(lines[1], RuleDiffKind.Removed).ShouldContain("between");
        Text(lines[1], RuleDiffKind.Added).ShouldContain("legal minimum");
        var share = RuleDifference.Share(Whole(Of(rule, "2024-02-01")), Whole(Of(rule, "2024-02-19")));
        share.ShouldBeInRange(0.0005m, 0.02m);
    }

    [Theory]
    [InlineData("2022-09-20")]
    [InlineData("2025-10-03")]
    public void Another_extraction_is_technical_when_two_people_say_so(string day)
    {
        var rule = All();
        var version = Of(rule, day);
        var before = rule.Before(version, Today)!;
        RuleDifference.Between(Whole(before), Whole(version)).ShouldAllBe(line => !line.IsChanged);
        rule = PlatformRule.Fold(rule, rule.MarkTechnical(version, Ann, Today).Event!, default);
        rule.MarkTechnical(rule.Find(version.No)!, Ann, Today).Refusal.ShouldBe(PlatformRule.SamePerson);
        rule = PlatformRule.Fold(rule, rule.MarkTechnical(rule.Find(version.No)!, Ben, Today).Event!, default);
        rule.Find(version.No)!.IsTechnical.ShouldBeTrue();
    }

    [Theory]
    [InlineData("2023-02-28")]
    [InlineData("2023-08-01")]
    [InlineData("2024-02-01")]
    [InlineData("2024-02-19")]
    [InlineData("2025-11-26")]
    public void A_change_of_rule_is_not_marked_technical(string day)
    {
        var rule = All();
        var refusal = rule.MarkTechnical(Of(rule, day), Ann, Today).Refusal;
        refusal!.Code.ShouldBe("rule.technical-differs");
        if (day == "2024-02-19")
            refusal.En.ShouldContain("2024-02-01");
    }

    private static IReadOnlyList<RuleDiffLine> Between(PlatformRule rule, string from, string to) =>
        RuleDifference.Between(Whole(Of(rule, from)), Whole(Of(rule, to)));

    private static string Whole(RuleVersion version) => RuleText.Whole(version.Wording.Clauses, isChinese: false);

    private static string Text(RuleDiffLine line, RuleDiffKind kind) =>
        string.Join(' ', line.Runs.Where(run => run.Kind == kind).Select(run => run.Text.Trim()));
}
