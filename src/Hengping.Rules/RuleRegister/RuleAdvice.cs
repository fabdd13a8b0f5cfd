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
public static partial class RuleAdvice
{
    private sealed record Check(string Code, string Article, string Zh, string En, Regex Words);

    private static readonly Check[] Checks =
    [
        new(
            "refund-only",
            "27(1)",
            "可能变相强制商家“仅退款”",
            "May force sellers to refund without return",
            RefundOnly()
        ),
        new("paid-extras", "27(2)", "可能强制开通增值服务", "May force paid extras on sellers", PaidExtras()),
        new("forced-campaign", "27(3)", "可能强制参加促销推广", "May force sellers into campaigns", ForcedCampaign()),
        new("exclusive", "27(4)", "可能限制商家只在本平台经营", "May tie sellers to this platform alone", Exclusive()),
        new("below-cost", "27", "可能迫使商家低于成本销售", "May press sellers to sell below cost", BelowCost()),
        new("fee-twice", "28(1)", "可能构成重复收费", "May charge twice for one thing", FeeTwice()),
        new("shifted-cost", "28(3)", "可能转嫁平台自身费用", "May shift the platform's own costs", ShiftedCost()),
        new("data-fee", "28(4)", "可能对商家的基础经营数据收费", "May charge sellers for their own data", DataFee()),
        new(
            "deposit",
            "28(6)",
            "保证金的标准和退还条件要合理、写明",
            "State a reasonable deposit and when it is returned",
            Deposit()
        ),
        new(
            "unlike-terms",
            "28",
            "同等条件的商家应同等对待",
            "Sellers on equal terms are treated alike",
            UnlikeTerms()
        ),
        new(
            "penalty-basis",
            "29",
            "违约金要合理，并写明计算依据",
            "A penalty is reasonable, and says how it is reckoned",
            Penalty()
        ),
        new(
            "consumer-choice",
            "30(2)",
            "可能限制消费者自主选择",
            "May limit what consumers can choose",
            ConsumerChoice()
        ),
        new("no-damages", "30(3)", "可能排除赔偿责任", "May exclude liability for damages", NoDamages()),
        new(
            "no-recourse",
            "30(4)",
            "可能限制投诉、举报、仲裁或起诉",
            "May bar complaints, arbitration or suits",
            NoRecourse()
        ),
        new(
            "last-word",
            "30(5)",
            "“最终解释权”排除对方权利",
            "A last word of one's own takes the others' rights",
            LastWord()
        ),
        new("default-consent", "16", "不得默认或推定同意", "Consent is neither presumed nor preset", DefaultConsent()),
    ];

    /// <summary>What there is to say of these clauses, in their order.</summary>
    public static IReadOnlyList<RuleHint> Of(IEnumerable<RuleClause> clauses) =>
        [.. clauses.SelectMany(clause => Of(clause).DistinctBy(hint => hint.Code))];

    private static IEnumerable<RuleHint> Of(RuleClause clause)
    {
        foreach (var text in new[] { clause.Zh, clause.En })
        {
            foreach (var check in Checks)
                if (check.Words.Match(text) is { Success: true } found)
                    yield return new RuleHint(check.Code, check.Article, clause.No, found.Value, check.Zh, check.En);
            if (Weighty().Match(text) is { Success: true } weighty && !text.Contains("**", StringComparison.Ordinal))
                yield return new RuleHint(
                    "bold",
                    "8",
                    clause.No,
                    weighty.Value,
                    "涉及收费或争议解决，请用 ** 加粗提示",
                    "Fees and disputes stand in bold: put ** around them"
                );
        }
    }

    private const int Wait = 500;
    private const RegexOptions Any = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex("仅退款|退款不退货|无需退货|refund[- ]only|without (?:a |any )?return", Any, Wait)]
    private static partial Regex RefundOnly();

    [GeneratedRegex(
        "(?:应当|必须|须|强制|默认)[^。；\n]{0,12}(?:开通|购买)[^。；\n]{0,12}服务|must (?:buy|subscribe)",
        Any,
        Wait
    )]
    private static partial Regex PaidExtras();

    [GeneratedRegex(
        "(?:应当|必须|须|强制|默认|自动)[^。；\n]{0,12}(?:参加|报名|加入)[^。；\n]{0,12}(?:活动|促销|推广)|must (?:join|take part in)[^.;\n]{0,40}(?:campaign|promotion)",
        Any,
        Wait
    )]
    private static partial Regex ForcedCampaign();

    [GeneratedRegex(
        "独家|二选一|(?:不得|只能|仅)[^。；\n]{0,8}(?:其他|本)平台[^。；\n]{0,6}(?:经营|销售|开店)|exclusiv",
        Any,
        Wait
    )]
    private static partial Regex Exclusive();

    [GeneratedRegex("低于成本|全网最低价|最低价承诺|自动跟价|below cost|lowest price", Any, Wait)]
    private static partial Regex BelowCost();

    [GeneratedRegex("重复收|另行加收|同时收取|charged? (?:again|twice)", Any, Wait)]
    private static partial Regex FeeTwice();

    [GeneratedRegex(
        "(?:平台|本站)[^。；\n]{0,12}(?:费用|成本)[^。；\n]{0,8}由商家(?:承担|分摊)|platform's (?:own )?costs",
        Any,
        Wait
    )]
    private static partial Regex ShiftedCost();

    [GeneratedRegex(
        "(?:经营数据|店铺数据|销售数据)[^。；\n]{0,16}(?:收费|费用|付费|购买)|fee for (?:your |shop )?data",
        Any,
        Wait
    )]
    private static partial Regex DataFee();

    [GeneratedRegex("保证金|deposit", Any, Wait)]
    private static partial Regex Deposit();

    [GeneratedRegex("(?:不同|差别|优先)[^。；\n]{0,6}(?:费率|收费标准|定价)|different rates", Any, Wait)]
    private static partial Regex UnlikeTerms();

    [GeneratedRegex("违约金|赔偿金|罚款|liquidated damages|penalty (?:fee|of)", Any, Wait)]
    private static partial Regex Penalty();

    [GeneratedRegex(
        "消费者[^。；\n]{0,8}(?:不得选择|只能选择|必须购买|须接受)|consumers? (?:must|may only) (?:buy|choose)",
        Any,
        Wait
    )]
    private static partial Regex ConsumerChoice();

    [GeneratedRegex(
        "概不负责|不承担任何(?:责任|赔偿)|免除[^。；\n]{0,8}责任|不予赔偿|no liability whatsoever|not (?:be )?liable",
        Any,
        Wait
    )]
    private static partial Regex NoDamages();

    [GeneratedRegex(
        "(?:不得|放弃|无权)[^。；\n]{0,10}(?:投诉|举报|调解|仲裁|起诉|诉讼|索赔)|waives? [^.;\n]{0,24}(?:claim|suit|arbitration|complain)|may not (?:sue|complain|claim)",
        Any,
        Wait
    )]
    private static partial Regex NoRecourse();

    [GeneratedRegex("最终解释权|解释权归|final (?:right of )?interpretation|sole discretion", Any, Wait)]
    private static partial Regex LastWord();

    [GeneratedRegex(
        "视为(?:您)?(?:已)?同意|默认同意|继续使用[^。；\n]{0,12}同意|deemed to (?:have )?(?:agreed?|accept|consent)",
        Any,
        Wait
    )]
    private static partial Regex DefaultConsent();

    [GeneratedRegex(
        "收取|费率|服务费|技术服务费|佣金|争议(?:解决|由)|管辖|仲裁|\\bfees?\\b|arbitration|jurisdiction",
        Any,
        Wait
    )]
    private static partial Regex Weighty();
}
