using Hengping.Rules.Fields;
using Hengping.Rules.RuleRegister;
using Shouldly;
using Xunit;

namespace Hengping.Tests.RuleRegister;

/// <summary>How texts become clauses, what differs between two of them, and what the law has to say.</summary>
public sealed class RuleTexts
{
    [Theory]
    [InlineData("1. 一\n2. 二", "1 2")]
    [InlineData("总则\n第一条 一\n第十二条 二\n第二十条 三\n第一百零三条 四", "0 1 12 20 103")]
    [InlineData("1、一\n1.1 二\n1.2 三\n说明：3.5 元\n2、四", "1 1.1 1.2 2")]
    [InlineData("# 总则\n甲\n# 2. 退货\n1. 不是条款\n2.1 是条款\n退货\n----\n乙", "s1 2 2.1 s2")]
    [InlineData("1. 一\n1. 又一", "1 1-2")]
    public void A_text_becomes_numbered_clauses(string text, string numbers)
    {
        var clauses = RuleText.Clauses(text, text, isRecorded: true, new FieldFaults());
        string.Join(' ', clauses.Select(c => c.No)).ShouldBe(numbers);
        RuleText.Whole(clauses, isChinese: true).ShouldBe(text);
    }

    [Fact]
    public void Both_languages_have_the_same_clauses()
    {
        var faults = new FieldFaults();
        RuleText.Clauses("1. 一\n2. 二", "1. one", isRecorded: false, faults);
        faults.All["en"].Code.ShouldBe("rule.clauses-differ");
        var twice = new FieldFaults();
        RuleText.Clauses("1. 一\n1. 二", "1. one\n1. two", isRecorded: false, twice);
        twice.All["zh"].Code.ShouldBe("rule.clause-twice");
        var old = RuleText.Clauses("1. 一", null, isRecorded: true, new FieldFaults());
        (old[0].Zh, old[0].En).ShouldBe(("1. 一", ""));
    }

    [Fact]
    public void What_is_gone_and_what_is_new_stands_word_by_word()
    {
        var lines = RuleDifference.Between("7 日内可以**退货**。\n不变。", "15 日内可以退货。\n不变。\n新的一行。");
        Said(lines[0]).ShouldBe("-7|+15|= 日内可以退货。");
        lines[1].IsChanged.ShouldBeFalse();
        Said(lines[2]).ShouldBe("+新的一行。");
        Said(RuleDifference.Between("You must be 13.", "You must be 16 years.")[0])
            .ShouldBe("=You must be|- 13|+ 16 years|=.");
        RuleDifference
            .Between("甲", "乙")
            .SelectMany(l => l.Runs)
            .Select(r => r.Kind)
            .ShouldBe([RuleDiffKind.Removed, RuleDiffKind.Added]);
    }

    [Theory]
    [InlineData("# 退货\n七日。", "退货\n---\n七日。", null)]
    [InlineData("* 七日", "-   **七日**", null)]
    [InlineData("[规则](https://a.example)", "规则", null)]
    [InlineData("甲\n# 题\n乙", "# 题\n甲\n乙", null)]
    [InlineData("满１００元", "满100元", null)]
    [InlineData("满 3.5 元", "满 35 元", "3.5>35")]
    [InlineData("2024-02-01 起", "2024-02-20 起", "2024-02-01>2024-02-20")]
    [InlineData("可以退", "不可以退", ">不")]
    [InlineData("≥ 5", "≤ 5", "≥>≤")]
    [InlineData("# 退货", "# 换货", "退>换")]
    [InlineData("1,000元", "-1,000元", "1,000>-1,000")]
    [InlineData("加收 +5 元", "加收 −5 元", "+5>−5")]
    [InlineData("不得加收", "不，得加收", ">，")]
    [InlineData("甲、乙", "甲。乙", "、>。")]
    [InlineData("可以退。", "可以退", "。>")]
    [InlineData("can't (or: won't),", "can’t（or：won’t），", null)]
    [InlineData("称“七日”；退", "称\"七日\";退", null)]
    [InlineData("1，000 元. 退", "１,０００ 元。 退", null)]
    [InlineData("- -5 元", "-5 元", null)]
    public void Only_what_is_outside_markup_is_a_change(string before, string after, string? change) =>
        (RuleDifference.FirstChange(before, after) is { } found ? $"{found.Before}>{found.After}" : null).ShouldBe(
            change
        );

    [Theory]
    [InlineData("**5.** 有争议的，**可以起诉**。\n---\n- 见[规则](/rules)。", "5. 有争议的，可以起诉。\n见规则。")]
    [InlineData("3. 七日。", "3. 七日。")]
    public void A_clause_that_is_cited_has_no_markup(string clause, string plain) =>
        RuleWords.PlainLines(clause).ShouldBe(plain);

    [Theory]
    [InlineData("2.1", "2.1 涉及人身安全的，先行下架。", "涉及人身安全的，先行下架。")]
    [InlineData("3", "**3.** 不得销售。", "不得销售。")]
    [InlineData("12", "第十二条 不得销售。", "不得销售。")]
    [InlineData("3", "3 日内退款。", "3 日内退款。")]
    [InlineData("s1", "总则", "总则")]
    public void A_clause_that_is_cited_says_its_number_once(string no, string clause, string said) =>
        RuleText.WithoutNumber(no, clause).ShouldBe(said);

    [Fact]
    public void The_clauses_that_changed_are_named()
    {
        static RuleVersion Of(params string[] clauses) =>
            new()
            {
                No = 1,
                DraftedAt = default,
                Wording = new RuleWording(
                    "",
                    "",
                    [.. clauses.Select((text, i) => new RuleClause($"{i}", text, ""))],
                    "",
                    ""
                ),
            };
        var before = Of("开头", "1. 七日内退货。", "2. 运费由商家承担。", "3. 退款三日。");
        PlatformRule
            .ChangedClauses(before, Of("另一开头", "**1.** 七日内退货。", "2. 运费由买家承担。"))
            .ShouldBe(["2", "3"]);
        PlatformRule.ChangedClauses(Of("开头"), before).ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public void Long_texts_that_have_nothing_in_common_are_compared_as_well()
    {
        var one = string.Concat(Enumerable.Range(0, 50_000).Select(i => (char)('一' + (i * 7919 % 3000))));
        var other = string.Concat(
            Enumerable.Range(0, 50_000).Select(i => (char)('一' + 4000 + ((int)(i * 104_729L % 3000))))
        );
        var lines = RuleDifference.Between(one, other);
        string.Concat(lines.SelectMany(l => l.Runs).Where(r => r.Kind != RuleDiffKind.Added).Select(r => r.Text))
            .ShouldBe(one);
        string.Concat(lines.SelectMany(l => l.Runs).Where(r => r.Kind != RuleDiffKind.Removed).Select(r => r.Text))
            .ShouldBe(other);
        // The same signs in another order: a table would have 2.5 thousand million cells.
        var turned = string.Concat(one[25_000..], one[..25_000]);
        var moved = RuleDifference.Between(one, turned);
        string.Concat(moved.SelectMany(l => l.Runs).Where(r => r.Kind != RuleDiffKind.Removed).Select(r => r.Text))
            .ShouldBe(turned);
    }

    [Theory]
    [InlineData("商家应当接受仅退款。", "refund-only")]
    [InlineData("商家必须开通流量增值服务。", "paid-extras")]
    [InlineData("商家默认参加大促活动。", "forced-campaign")]
    [InlineData("商家只能在本平台销售。", "exclusive")]
    [InlineData("商家须缴纳违约金。", "penalty-basis")]
    [InlineData("消费者不得提起诉讼。", "no-recourse")]
    [InlineData("最终解释权归平台所有。", "last-word")]
    [InlineData("继续使用即视为同意。", "default-consent")]
    [InlineData("平台收取技术服务费。", "bold")]
    [InlineData("**平台收取技术服务费。**", null)]
    [InlineData("消费者收到商品七日内可以退货。", null)]
    public void A_clause_is_laid_beside_the_law(string zh, string? code) =>
        RuleAdvice.Of([new RuleClause("1", zh, "")]).Select(hint => hint.Code).FirstOrDefault().ShouldBe(code);

    private static string Said(RuleDiffLine line) =>
        string.Join('|', line.Runs.Select(run => "=-+"[(int)run.Kind] + run.Text));
}
