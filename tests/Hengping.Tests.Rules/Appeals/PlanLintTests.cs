using System.Text;
using Hengping.Rules.Appeals;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Appeals;

public sealed class PlanLintTests
{
    private const string Plan = """
        申诉：保温杯（型号 QB-11），2026年3月2日被下架，容量与标称不符

        一、原因
        我们换模具后没有重新量容积，入库检验也不查这一项。

        二、已采取措施
        1. 3月3日，仓库主管何田停售并封存 80 只，封存单见附件1。

        三、预防措施
        1. 3月10日起，质检员林木每批量 5 只容积，超出 5% 整批退回。

        附件1 封存单

        2026年3月8日
        """;

    [Fact]
    public void A_whole_plan_has_no_finding() => Codes(Plan).ShouldBeEmpty();

    [Theory]
    [InlineData(
        "我们换模具后没有重新量容积，入库检验也不查这一项。",
        "同行恶意投诉我们。",
        "blame-only root-cause-missing"
    )]
    [InlineData("仓库主管何田停售", "我们停售", "")]
    [InlineData("附件1 封存单", "附件1 封存单\n附件2 检测报告，型号 QB-11，有效期至2026年2月1日", "evidence-expired")]
    [InlineData("附件1 封存单", "附件1 封存单\n附件2 检测报告，型号 QB-12", "evidence-of-other-product")]
    [InlineData("附件1 封存单", "附件1 封存单\n附件2 FFC 认证证书", "unknown-certification")]
    [InlineData("整批退回。", "整批退回。\n2. 今后严格遵守平台规则。", "promise-restates-rule")]
    [InlineData(
        "三、预防措施",
        "三、预防措施\n我们的杯子颜色好看，很畅销。\n\n四、其他",
        "claim-without-evidence off-topic"
    )]
    public void What_is_changed_is_found(string was, string now, string codes) =>
        string.Join(' ', Codes(Plan.Replace(was, now, StringComparison.Ordinal)).Except(["section-missing"]))
            .ShouldBe(codes);

    [Fact]
    public void A_ground_of_safety_asks_for_seven_topics()
    {
        var found = PlanLint.Read(Plan, LintContext.LetterAlone with { Safety = true });
        found
            .Where(it => it.Code == LintCode.SectionMissing)
            .Select(it => it.Section)
            .ShouldBe(["sourcing", "listing", "shipping", "expiry", "labelling", "condition"], ignoreOrder: true);
    }

    [Fact]
    public void Every_code_has_its_words()
    {
        LintCode.All.Count.ShouldBe(13);
        LintCode.All.Values.ShouldAllBe(it => it.Zh != "" && it.En != "" && it.MendZh != "" && it.MendEn != "");
        Certifications.Of("US").ShouldContain(it => it.Name == "FCC");
        Certifications.Of("US").ShouldNotContain(it => it.Name == "UKCA");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\r\n")]
    [InlineData("\0\0\0")]
    [InlineData("\uD800")]
    [InlineData("((((((((((((((((((((")]
    [InlineData("# \n## \n- \n1.\n|||\n---\n===")]
    [InlineData("2026年99月99日 有效期至9999年12月31日 0000-00-00")]
    public void Any_text_is_read(string text) => PlanLint.Read(text, LintContext.LetterAlone).ShouldNotBeNull();

    [Fact]
    public void Bytes_of_anything_are_read()
    {
        var draw = new Random(15);
        for (var i = 0; i < 20; i++)
        {
            var bytes = new byte[2_000];
            draw.NextBytes(bytes);
            PlanLint.Read(Encoding.UTF8.GetString(bytes), LintContext.LetterAlone).ShouldNotBeNull();
            PlanLint.Read(Encoding.Latin1.GetString(bytes), LintContext.LetterAlone).ShouldNotBeNull();
        }
    }

    private static SortedSet<string> Codes(string letter) =>
        [.. PlanLint.Read(letter, LintContext.LetterAlone with { Safety = false }).Select(it => it.Code)];
}
