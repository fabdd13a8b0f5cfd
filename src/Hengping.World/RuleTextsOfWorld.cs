using Hengping.Rules.RuleRegister;

namespace Hengping.World;

/// <summary>A rule as it is written for the market.</summary>
internal sealed record RuleScript(
    RuleTopic Topic,
    string TitleZh,
    string TitleEn,
    IReadOnlyList<VersionScript> Versions
);

/// <summary>One of its versions.</summary>
/// <param name="DaysAgo">Drafted so many days before the end of the world.</param>
/// <param name="AskedDays">How long opinions were asked for.</param>
/// <param name="NoticeDays">Days from notice to effect; null where it was not announced.</param>
/// <param name="TransitionDays">Days from notice to transition.</param>
internal sealed record VersionScript(
    string Zh,
    string En,
    string ChangeZh = "",
    string ChangeEn = "",
    string? ReasonZh = null,
    string? ReasonEn = null,
    int DaysAgo = 0,
    int AskedDays = 0,
    int? NoticeDays = null,
    int? TransitionDays = null,
    bool IsTechnical = false
)
{
    public IReadOnlyList<RuleGround> Grounds { get; init; } = [];
}

/// <summary>What the rules of the market say.</summary>
internal static class RuleTextsOfWorld
{
    private const string ReturnsZh = """
        1. 消费者收到商品之日起七日内可以退货，无需说明理由；定作、鲜活易腐、拆封的数字商品和交付的报刊除外。
        2. 商品应当完好。为检查商品而合理拆封、试穿、试用的，仍视为完好。
        3. 商家收到退回商品之日起七日内退还货款。
        4. 因质量问题退货的，运费由商家承担；无理由退货的，退回的运费由消费者承担。
        5. **退货发生争议的，双方可以协商、请求平台调解、向消费者协会或有关部门投诉、申请仲裁或起诉。**
        """;

    private const string ReturnsEn = """
        1. Goods are returned within seven days without a reason, but not what is perishable or made to order.
        2. Goods must be intact. Opening, trying on or trying out in order to look at them leaves them intact.
        3. The seller repays the price within seven days of getting the goods back.
        4. For a defect the seller bears the carriage; without a reason the consumer bears that of the return.
        5. **Over a return one may settle, ask for mediation, complain to the authorities, go to arbitration or court.**
        """;

    private const string ProhibitedZh = """
        1. 不得销售法律、行政法规禁止交易的商品。
        2. 不得销售无厂名、厂址、合格证明的商品。
        3. 不得销售已被召回、责令停止销售或者超过保质期的商品。
        4. 需要许可或者认证的商品，发布前须上传有效证件；证件到期之日起不得继续销售。
        """;

    private const string ProhibitedEn = """
        1. Goods whose trade laws or regulations forbid are not sold.
        2. Goods without maker, address and certificate of quality are not sold.
        3. Goods that were recalled, ordered off the market or are past their date are not sold.
        4. Goods that need a licence are listed with a valid one; from the day it ends they are not sold.
        """;

    private const string ListingZh = """
        1. 商品标题、图片、参数应当与实物一致。
        2. 不得使用没有依据的功效、排名和用户评价。
        3. 划线价应当是此前七日内的实际成交价或者有其他依据，并写明。
        4. 服装写明成分和安全类别，食品写明生产日期、保质期和贮存条件。
        """;

    private const string ListingEn = """
        1. Title, pictures and data of a listing are those of the goods.
        2. Effects, ranks and reviews without a basis are not used.
        3. A struck-out price was paid within the seven days before, or has another basis that is stated.
        4. Clothing names its composition and safety class; food its date, shelf life and storage.
        """;

    private const string PenaltiesZh = """
        1. 处置应当写明事实、依据的条款、采取的措施和期限，并立即告知当事人。
        2. 轻微违规先警示，限期改正；逾期不改的，下架有关商品。
        2.1 涉及人身安全的，可以先行下架，由负责人在二十四小时内签署。
        3. 虚假交易、虚假评价的，降低有关商品的展示，并取消本次活动资格。
        4. 售假、销售危及人身安全的商品的，限制发布；情节严重的，终止服务。终止服务前三日告知，听取陈述。
        5. 账号发布违禁信息、批量恶意退款或者索赔的，可以限制有关功能，并说明期限和解除条件。
        6. 商品抽检不合格的，停止销售，整改后复检合格的恢复；品质退货率高于标准的，先作风险提示。
        7. 泄露或者违规使用消费者个人信息的，要求删除和改正，可以降低店铺的展示。
        8. 收到知识产权权利人通知的，依法断开链接；商家声明不侵权后十五日内权利人没有投诉、起诉的，恢复。
        9. 没有做到发货、退款、赠品承诺的，应当赔付买家；逾期不赔付的，从应付款或者保证金中扣除。
        10. 经营信息无法核实或者欺诈买家的，终止服务；欺诈的列入黑名单，期限不超过三年。
        """;

    private const string PenaltiesEn = """
        1. A measure states facts, clause, what is done and how long, and is told to whom it concerns at once.
        2. For a slight breach there is a warning first, with a term; after it the listing is taken down.
        2.1 Where safety is at stake a listing is taken down at once, and signed for within twenty-four hours.
        3. For made-up sales or reviews the goods are shown less, and are barred from the campaign.
        4. For counterfeit or dangerous goods listing is restricted; the end of service is announced three days before.
        5. For prohibited posts, or claims in mass and bad faith, functions of an account are restricted, with an end.
        6. Goods that fail a test are off sale until they pass another; where too much comes back a flag goes first.
        7. Who leaks or misuses consumers' personal data deletes it and mends it; the shop may be shown less.
        8. On a notice of rights the link is cut; 15 days after the shop's statement without a suit it comes back.
        9. Who does not keep what was promised on delivery, refund or gift pays; else it is taken from their money.
        10. Service ends where a firm cannot be verified, or defrauds; fraud is black-listed, for three years at most.
        """;

    private const string AppealsZh = """
        1. 当事人自知道处置之日起七日内可以申诉；有正当理由的，六个月内仍可提出。
        2. 申诉由没有参与原处置的人员复核，五个工作日内（个人申诉三个工作日内）作出决定并说明理由；等待检测的，可延长五个工作日一次。
        3. 当事人要求人工处理的，由人工复核，不得仅由系统作出决定。
        4. 申诉成立的，同时恢复，并以相同的显著程度更正。
        """;

    private const string AppealsEn = """
        1. Whom a measure concerns may appeal within seven days, with good reason within six months.
        2. Somebody without a part in it decides in five working days (of a person: three; testing: +5), with reasons.
        3. Whoever asks for a human gets one: no system decides alone.
        4. Where the appeal succeeds the measure is lifted at once, and corrected as prominently as it was told.
        """;

    /// <summary>All of them, one in each stage.</summary>
    public static readonly IReadOnlyList<RuleScript> All =
    [
        new(
            RuleTopic.Returns,
            "退换货规则",
            "Returns and exchanges",
            [
                new VersionScript(ReturnsZh, ReturnsEn),
                new VersionScript(
                    ReturnsZh.Replace("之日起七日内退还", "之日起三日内退还", StringComparison.Ordinal),
                    ReturnsEn.Replace(
                        "within seven days of getting",
                        "within three days of getting",
                        StringComparison.Ordinal
                    ),
                    "商家退款期限由七日改为三日。",
                    "Sellers repay within three days instead of seven.",
                    "消费者投诉最多的是退款慢，多数商家三日内已经能够退款。",
                    "Slow refunds are what consumers complain of most, and most sellers repay in three days already.",
                    DaysAgo: 150,
                    AskedDays: 10,
                    NoticeDays: 20
                )
                {
                    Grounds = [RuleGround.ManyUsers],
                },
                new VersionScript(
                    ReturnsZh
                        .Replace("之日起七日内退还", "之日起三日内退还", StringComparison.Ordinal)
                        .Replace("由消费者承担。", "由消费者承担；商家承诺承担的除外。", StringComparison.Ordinal),
                    ReturnsEn
                        .Replace(
                            "within seven days of getting",
                            "within three days of getting",
                            StringComparison.Ordinal
                        )
                        .Replace(
                            "that of the return.",
                            "that of the return, unless the seller has promised it.",
                            StringComparison.Ordinal
                        ),
                    "无理由退货的退回运费仍由消费者承担；商家自己承诺承担的，由商家承担。",
                    "Without a reason the consumer still bears the return carriage, unless the seller has promised it.",
                    "一些商家在页面写“退货包运费”，退货时又让买家付，纠纷增多；写明承诺必须兑现。",
                    "Some sellers promise free returns and then have buyers pay; a promise is to be kept.",
                    DaysAgo: 22,
                    AskedDays: 10,
                    NoticeDays: 18
                )
                {
                    Grounds = [RuleGround.ManyUsers],
                },
            ]
        ),
        new(
            RuleTopic.ProhibitedGoods,
            "禁售商品规则",
            "Prohibited goods",
            [
                new VersionScript(ProhibitedZh, ProhibitedEn),
                new VersionScript(
                    ProhibitedZh.Replace(
                        "无厂名、厂址、合格证明",
                        "**无厂名、厂址、合格证明**",
                        StringComparison.Ordinal
                    ),
                    ProhibitedEn,
                    "重点内容加粗，文字不变。",
                    "What matters most stands in bold; the words are the same.",
                    "方便查找重点。",
                    "So that it is found.",
                    DaysAgo: 60,
                    IsTechnical: true
                ),
            ]
        ),
        new(
            RuleTopic.Listing,
            "商品发布规则",
            "Listings",
            [
                new VersionScript(ListingZh, ListingEn),
                new VersionScript(
                    ListingZh + "\n5. 人工智能生成的商品图片应当标注，并与实物一致。",
                    ListingEn + "\n5. Pictures that artificial intelligence made are marked, and true to the goods.",
                    "增加对人工智能生成图片的要求。",
                    "Asks for a mark on pictures that artificial intelligence made.",
                    "生成的图片与实物差别大，买家收到后退货多。",
                    "Made pictures differ much from the goods, and much is sent back.",
                    DaysAgo: 6,
                    AskedDays: 15
                ),
            ]
        ),
        new(
            RuleTopic.Penalties,
            "违规处理规则",
            "Breaches and measures",
            [
                new VersionScript(PenaltiesZh, PenaltiesEn),
                new VersionScript(
                    PenaltiesZh.Replace("终止服务前三日告知", "终止服务前七日告知", StringComparison.Ordinal),
                    PenaltiesEn.Replace(
                        "announced three days before",
                        "announced seven days before",
                        StringComparison.Ordinal
                    ),
                    "终止服务的提前告知由三日延长为七日。",
                    "The end of a service is announced seven days before instead of three.",
                    "征求意见时商家反映三天来不及准备材料。",
                    "Sellers said that three days are too few to prepare an answer.",
                    DaysAgo: 40,
                    AskedDays: 10,
                    NoticeDays: 38,
                    TransitionDays: 20
                )
                {
                    Grounds = [RuleGround.MajorInterests, RuleGround.HeavyEffect],
                },
            ]
        ),
        new(RuleTopic.Appeals, "申诉与复核规则", "Appeals", [new VersionScript(AppealsZh, AppealsEn)]),
    ];

    /// <summary>What people say of a draft, and what is answered.</summary>
    public static IEnumerable<(string Clause, string Text, OpinionOutcome Outcome, string Why)> OpinionsOf(
        RuleTopic topic
    ) =>
        topic switch
        {
            RuleTopic.Returns =>
            [
                ("3", "退款太慢了，商家说收到货还要等一周，希望写短一点。", OpinionOutcome.Adopted, "已写短退款期限。"),
                (
                    "4",
                    "退货运费应该都由商家出，消费者看不到实物。",
                    OpinionOutcome.Partly,
                    "质量问题和商家承诺的由商家承担；无理由退货依法由消费者承担。"
                ),
            ],
            RuleTopic.Listing =>
            [
                (
                    "5",
                    "只标注不够，图片和实物差别大的应当可以直接退货。",
                    OpinionOutcome.Partly,
                    "与实物不符的按退换货规则处理。"
                ),
            ],
            RuleTopic.Penalties => [("4", "三天来不及准备材料，建议延长。", OpinionOutcome.Adopted, "已延长为七日。")],
            _ => [],
        };
}
