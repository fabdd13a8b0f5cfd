using Hengping.Rules.Fields;

namespace Hengping.Rules.Screening;

/// <summary>
/// A list as an operator types it, one phrase a line, judged before it may come into force: few, whole, different
/// phrases, and none that stands in a sentence of ordinary dispute.
/// </summary>
public static class ScreeningDraft
{
    /// <summary>Shortest phrase: a single character is in every second text.</summary>
    public const int LengthMin = 2;

    /// <summary>Longest phrase.</summary>
    public const int LengthMax = 40;

    /// <summary>Phrases of all kinds together: more is a list that nobody has read.</summary>
    public const int CountMax = 300;

    /// <summary>Share of cases above which a list sends so much to people that they stop looking.</summary>
    public const decimal ShareMax = 0.02m;

    /// <summary>
    /// Sentences that people write about ordinary disputes. Whatever marks one of them would mark half of the desk.
    /// </summary>
    public static readonly IReadOnlyList<string> Guarded =
    [
        "事发路口交汇处，我要维权，客服说去找政府",
        "老板说我敲诈，我打12315投诉，还向市场监督管理局举报",
        "我已向消费者协会反映，并准备去法院起诉，请律师发函",
        "商家虚假宣传，欺诈消费者，要求退一赔三",
        "卖家态度恶劣，骂人，拉黑我，拒绝退款退货",
        "收到的是假货，质量有问题，孩子吃了进医院",
        "快递员说货已签收，我没有收到，派出所不立案，只好报警",
        "平台不作为，工商和公安都管不了，银行卡被盗刷",
        "微信付款后不发货，加不上好友，电话打不通",
        "游戏充值的未成年人是我儿子，要求全额退款",
        "商家刷单造假，好评都是假的，还威胁要起诉我",
        "发票不给开，说要另外加税点",
        "The seller lied, the product is dangerous, and customer service told me to call the police",
    ];

    /// <summary>Somebody issued a version while this one was typed.</summary>
    public static readonly Refusal Changed = new(
        "words.changed",
        "您编辑期间词表已被别人更新，请核对新版本后再保存",
        "Somebody issued a version while you were typing; look at it, then save"
    );

    /// <summary>Nothing differs.</summary>
    public static readonly Refusal Same = new(
        "words.same",
        "内容与现行版本完全一样，没有保存",
        "This is the list in force; nothing was saved"
    );

    /// <summary>It marks too much to be issued without a second thought.</summary>
    public static readonly Refusal Broad = new(
        "words.broad",
        "这份词表会标出超过2%的案件。请看试算结果；确定要用，请勾选下面的确认再保存",
        "This list would mark more than 2 % of cases. Look at the trial; to use it all the same, tick the box and save"
    );

    /// <summary>A version that is none.</summary>
    public static readonly Refusal NoVersion = new("words.version", "没有这个版本", "There is no such version");

    /// <summary>Too many phrases.</summary>
    public static readonly Refusal TooMany = new(
        "words.too-many",
        "词表最多300个词语，请删去不需要的",
        "A list holds at most 300 phrases; remove what is not needed"
    );

    /// <summary>The phrases of each kind, cleaned; what is wrong is noted under the kind in lower case.</summary>
    public static IReadOnlyList<ScreeningPhrases> Check(
        IReadOnlyDictionary<ScreeningKind, string?> typed,
        FieldFaults faults
    )
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var entries = new List<ScreeningPhrases>();
        foreach (var kind in Enum.GetValues<ScreeningKind>())
        {
            var field = FieldOf(kind);
            var phrases = Phrases(typed.GetValueOrDefault(kind));
            foreach (var phrase in phrases)
                if (Wrong(phrase, seen) is { } fault)
                    faults.Add(field, fault);
            faults.If(seen.Count > CountMax, field, TooMany);
            if (phrases.Count > 0)
                entries.Add(new ScreeningPhrases(kind, phrases));
        }
        return entries;
    }

    /// <summary>The name of a kind's field.</summary>
    public static string FieldOf(ScreeningKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Whether two lists hold the same phrases.</summary>
    public static bool IsSame(IReadOnlyList<ScreeningPhrases> one, IReadOnlyList<ScreeningPhrases> other) =>
        All(one).SetEquals(All(other));

    private static HashSet<(ScreeningKind, string)> All(IReadOnlyList<ScreeningPhrases> entries) =>
        [.. entries.SelectMany(e => e.Phrases.Select(phrase => (e.Kind, phrase)))];

    private static List<string> Phrases(string? typed) =>
        [.. (PlainText.Lines(typed) ?? "").Split('\n').Select(PlainText.Line).OfType<string>()];

    private static Refusal? Wrong(string phrase, HashSet<string> seen)
    {
        if (PlainText.Length(phrase) < LengthMin || PlainText.LongerThan(phrase, LengthMax))
            return Length(phrase);
        if (!seen.Add(phrase))
            return Repeated(phrase);
        return Guarded.FirstOrDefault(s => s.Contains(phrase, StringComparison.OrdinalIgnoreCase)) is { } sentence
            ? Ordinary(phrase, sentence)
            : null;
    }

    private static Refusal Length(string phrase) =>
        new(
            "words.length",
            $"“{Short(phrase)}”应为{LengthMin}到{LengthMax}个字",
            $"“{Short(phrase)}” must have {LengthMin} to {LengthMax} characters"
        );

    private static Refusal Repeated(string phrase) =>
        new("words.repeated", $"“{phrase}”写了两次", $"“{phrase}” stands there twice");

    private static Refusal Ordinary(string phrase, string sentence) =>
        new(
            "words.ordinary",
            $"“{phrase}”会标出普通纠纷里的话：“{sentence}”。请换成更具体的说法",
            $"“{phrase}” would mark a sentence of ordinary dispute: “{sentence}”. Choose a more specific phrase"
        );

    private static string Short(string phrase) => phrase.Length <= LengthMax ? phrase : phrase[..LengthMax] + "…";
}
