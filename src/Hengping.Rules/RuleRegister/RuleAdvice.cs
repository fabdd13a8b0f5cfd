using System.Text.RegularExpressions;

namespace Hengping.Rules.RuleRegister;

/// <summary>A hint at what a clause may run into. It advises and refuses nothing.</summary>
/// <param name="Code">Stable, as <c>refund-only</c>.</param>
/// <param name="Article">Of 令116, as <c>27(1)</c>.</param>
/// <param name="Clause">Number of the clause.</param>
/// <param name="Excerpt">The words that made it speak.</param>
public sealed record RuleHint(string Code, string Article, string Clause, string Excerpt, string Zh, string En);

/// <summary>
/// 条款自查: what a drafted clause says is laid beside 令116 arts. 27–30, and 8 and 16. Words alone are read, so a hint
/// may be wrong either way; a person decides.
/// </summary>
public static class RuleAdvice
{
    private const int Gap = 12;
    private const string Must = "应当 必须 须 强制 默认 自动";

    /// <summary>What is looked for: words of one group, near them words of the next.</summary>
    private sealed record Check(string Code, string Article, string Zh, string En, Regex[] Words);

    private static readonly Check[] Checks =
    [
        Of("refund-only", "27(1)", "可能变相强制商家“仅退款”", "May force sellers to refund without return")
            .Or("仅退款 退款不退货 无需退货")
            .OrEnglish("refund[- ]only|without (?:a |any )?return"),
        Of("paid-extras", "27(2)", "可能强制开通增值服务", "May force paid extras on sellers")
            .Or(Must, "开通 购买", "服务")
            .OrEnglish("must (?:buy|subscribe)"),
        Of("forced-campaign", "27(3)", "可能强制参加促销推广", "May force sellers into campaigns")
            .Or(Must, "参加 报名 加入", "活动 促销 推广")
            .OrEnglish(@"must (?:join|take part in)[^.;\n]{0,40}(?:campaign|promotion)"),
        Of("exclusive", "27(4)", "可能限制商家只在本平台经营", "May tie sellers to this platform alone")
            .Or("独家 二选一")
            .Or("不得 只能 仅", "其他平台 本平台", "经营 销售 开店")
            .OrEnglish("exclusiv"),
        Of("below-cost", "27", "可能迫使商家低于成本销售", "May press sellers to sell below cost")
            .Or("低于成本 全网最低价 最低价承诺 自动跟价")
            .OrEnglish("below cost|lowest price"),
        Of("fee-twice", "28(1)", "可能构成重复收费", "May charge twice for one thing")
            .Or("重复收 另行加收 同时收取")
            .OrEnglish("charged? (?:again|twice)"),
        Of("shifted-cost", "28(3)", "可能转嫁平台自身费用", "May shift the platform's own costs")
            .Or("平台 本站", "费用 成本", "由商家承担 由商家分摊")
            .OrEnglish("platform's (?:own )?costs"),
        Of("data-fee", "28(4)", "可能对商家的基础经营数据收费", "May charge sellers for their own data")
            .Or("经营数据 店铺数据 销售数据", "收费 费用 付费 购买")
            .OrEnglish("fee for (?:your |shop )?data"),
        Of(
                "deposit",
                "28(6)",
                "保证金的标准和退还条件要合理、写明",
                "State a reasonable deposit and when it is returned"
            )
            .Or("保证金")
            .OrEnglish("deposit"),
        Of("unlike-terms", "28", "同等条件的商家应同等对待", "Sellers on equal terms are treated alike")
            .Or("不同 差别 优先", "费率 收费标准 定价")
            .OrEnglish("different rates"),
        Of(
                "penalty-basis",
                "29",
                "违约金要合理，并写明计算依据",
                "A penalty is reasonable, and says how it is reckoned"
            )
            .Or("违约金 赔偿金 罚款")
            .OrEnglish("liquidated damages|penalty (?:fee|of)"),
        Of("consumer-choice", "30(2)", "可能限制消费者自主选择", "May limit what consumers can choose")
            .Or("消费者", "不得选择 只能选择 必须购买 须接受")
            .OrEnglish("consumers? (?:must|may only) (?:buy|choose)"),
        Of("no-damages", "30(3)", "可能排除赔偿责任", "May exclude liability for damages")
            .Or("概不负责 不承担任何责任 不承担任何赔偿 不予赔偿")
            .Or("免除", "责任")
            .OrEnglish("no liability whatsoever|not (?:be )?liable"),
        Of("no-recourse", "30(4)", "可能限制投诉、举报、仲裁或起诉", "May bar complaints, arbitration or suits")
            .Or("不得 放弃 无权", "投诉 举报 调解 仲裁 起诉 诉讼 索赔")
            .OrEnglish(@"waives? [^.;\n]{0,24}(?:claim|suit|arbitration|complain)|may not (?:sue|complain|claim)"),
        Of("last-word", "30(5)", "“最终解释权”排除对方权利", "A last word of one's own takes the others' rights")
            .Or("最终解释权 解释权归")
            .OrEnglish("final (?:right of )?interpretation|sole discretion"),
        Of("default-consent", "16", "不得默认或推定同意", "Consent is neither presumed nor preset")
            .Or("视为同意 视为您同意 视为已同意 视为您已同意 默认同意")
            .Or("继续使用", "同意")
            .OrEnglish("deemed to (?:have )?(?:agreed?|accept|consent)"),
    ];

    private static readonly Check Weighty = Of(
            "bold",
            "8",
            "涉及收费或争议解决，请用 ** 加粗提示",
            "Fees and disputes stand in bold: put ** around them"
        )
        .Or("收取 费率 服务费 佣金 争议解决 争议由 管辖 仲裁")
        .OrEnglish(@"\bfees?\b|arbitration|jurisdiction");

    /// <summary>What there is to say of these clauses, in their order.</summary>
    public static IReadOnlyList<RuleHint> Of(IEnumerable<RuleClause> clauses) =>
        [.. clauses.SelectMany(clause => In(clause).DistinctBy(hint => hint.Code))];

    private static IEnumerable<RuleHint> In(RuleClause clause)
    {
        foreach (var text in new[] { clause.Zh, clause.En })
        {
            foreach (var check in Checks)
                if (Found(check, text) is { } said)
                    yield return new RuleHint(check.Code, check.Article, clause.No, said, check.Zh, check.En);
            if (!text.Contains("**", StringComparison.Ordinal) && Found(Weighty, text) is { } weighty)
                yield return new RuleHint(Weighty.Code, Weighty.Article, clause.No, weighty, Weighty.Zh, Weighty.En);
        }
    }

    private static string? Found(Check check, string text) =>
        check.Words.Select(words => words.Match(text)).FirstOrDefault(match => match.Success)?.Value;

    private static Check Of(string code, string article, string zh, string en) => new(code, article, zh, en, []);

    // Groups of words, parted by spaces; within a sentence, and not far from each other.
    private static Check Or(this Check check, params string[] groups) =>
        check.OrEnglish(
            string.Join(
                FormattableString.Invariant($"[^。；\n]{{0,{Gap}}}"),
                groups.Select(group => $"(?:{group.Replace(' ', '|')})")
            )
        );

    private static Check OrEnglish(this Check check, string pattern) =>
        check with
        {
            Words =
            [
                .. check.Words,
                new Regex(
                    pattern,
                    RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
                    TimeSpan.FromMilliseconds(500)
                ),
            ],
        };
}
