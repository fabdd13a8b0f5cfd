using Hengping.App.Appeals;
using Hengping.Rules.Appeals;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Appeals;

/// <summary>What the linter leaves open stands at the statement or the part it is about.</summary>
public sealed class FindingsPlaced
{
    private static readonly DateOnly Day = new(2026, 10, 12);

    private static readonly Appeal Of = new()
    {
        Target = new AppealTarget(AppealTargetKind.Measure, Guid.Empty),
        IsSafety = false,
        ToldAt = Days.Monday,
        BegunAt = Days.Monday,
    };

    [Fact]
    public void At_its_statement_and_of_a_part_that_is_not_there_once()
    {
        var expired = new PlanProof(Guid.Empty, ProofKind.TestReport, "某检测", "A-1", null, Day.AddDays(-9), null);
        var plan = new PlanOfAction([
            Says(1, AppealSection.Corrective, "10月12日下架并封存 86 件。") with
            {
                Owner = "张敏",
                Proofs = [expired],
            },
            Says(2, AppealSection.Corrective, "我们一定遵守平台规则。"),
        ]);
        var found = AppealLint.Say(plan, Of, Day);
        var all = string.Join("\n", found);
        found.ShouldContain(one => one.Code == LintCode.EvidenceExpired && one.Statement == 1, all);
        found.ShouldContain(one => one.Code == LintCode.PromiseRestatesRule && one.Statement == 2, all);
        found.Count(one => one.Section == AppealSection.RootCause).ShouldBe(1);
        found.ShouldContain(one => one.Code == LintCode.SectionMissing && one.Section == AppealSection.Preventive);
    }

    [Theory]
    [InlineData("处罚明显不公平，你们根本没有调查。", "grounds-unchecked")]
    [InlineData("这是同行恶意举报，我们会加强管理。", "grounds-unchecked promise-restates-rule")]
    [InlineData("It is unfair, and you never looked into it.", "grounds-unchecked")]
    [InlineData("决定认定的商品货号为 A-12，我店销售的是 A-15，见附件截图。", "")]
    public void Grounds_alone_that_nobody_can_check_are_told_so_and_no_plan_is_asked_for(string said, string codes) =>
        string.Join(
                ' ',
                AppealLint.Say(new PlanOfAction([Says(1, AppealSection.Grounds, said)]), Of, Day).Select(it => it.Code)
            )
            .ShouldBe(codes);

    private static PlanStatement Says(int no, AppealSection section, string text) =>
        new(no, section, text, null, null, []);
}
