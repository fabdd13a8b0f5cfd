using System.Text;
using Hengping.Rules.Fields;

namespace Hengping.Rules.Complaints;

/// <summary>What the rule says of a reply when it arrives; stored with the reply, contestable by both sides.</summary>
/// <param name="Code">valid, not-the-respondent, too-short, acknowledgement, sent-elsewhere, repeated.</param>
public sealed record Validity(bool Valid, string Code, string Zh, string En);

/// <summary>
/// 有效回复 (rules.md §4): from a person of the respondent, at least 10 characters beyond salutation, no mere
/// acknowledgement, not word for word the same in 5 or more of its cases within 10 minutes. "Contact the overseas
/// seller yourself" is no answer (seed 000). An invalid reply is kept and shown; it does not count for the index.
/// </summary>
public static class ReplyValidity
{
    /// <summary>Version of the rule and its lists.</summary>
    public const string Version = "2026-11";

    /// <summary>Characters beyond salutation.</summary>
    public const int LengthMin = 10;

    /// <summary>
    /// The same words in this many cases within <see cref="AlikeWithin"/> are a circular, not a reply.
    /// </summary>
    public const int AlikeMax = 5;

    /// <summary>Window for <see cref="AlikeMax"/>.</summary>
    public static readonly TimeSpan AlikeWithin = TimeSpan.FromMinutes(10);

    /// <summary>What is left of an acknowledgement when its set phrases are taken out.</summary>
    private const int SubstanceMin = 6;

    public static readonly Validity Ok = new(true, "valid", "有效回复", "Valid reply");

    /// <summary>An import: the source says that there was a reply; its words were never ours to judge.</summary>
    public static readonly Validity BySource = new(true, "source", "来源数据记载有回复", "The source records a reply");

    /// <summary>An offer made before any reply.</summary>
    public static readonly Validity ByOffer = new(
        true,
        "offer",
        "和解方案计为有效回复",
        "An offer counts as a valid reply"
    );

    private static readonly Validity NotTheRespondent = new(
        false,
        "not-the-respondent",
        "回复不是被投诉方人员作出的",
        "Not from a person of the respondent"
    );

    private static readonly Validity TooShort = new(
        false,
        "too-short",
        "除称呼问候外不足10个字",
        "Fewer than 10 characters beyond the salutation"
    );

    private static readonly Validity Acknowledgement = new(
        false,
        "acknowledgement",
        "只表示收到，没有答复投诉内容",
        "Only acknowledges receipt; does not answer the complaint"
    );

    private static readonly Validity SentElsewhere = new(
        false,
        "sent-elsewhere",
        "只让投诉人自行联系（境外）卖家",
        "Only tells the claimant to contact the seller alone"
    );

    private static readonly Validity Repeated = new(
        false,
        "repeated",
        "10分钟内在5件以上投诉中逐字相同",
        "Word for word the same in 5 or more cases within 10 minutes"
    );

    private static readonly string[] Salutations = Words(
        """
        尊敬的 亲爱的 消费者 用户 顾客 客户 女士 先生 您好 你好 亲亲 亲 感谢您的理解与支持 感谢您的支持 祝您生活愉快
        祝您购物愉快 祝您 生活愉快 此致 敬礼 谢谢 再见
        dear hello hi customer sir madam regards best kind thankyou thanks sincerely
        """
    );

    /// <summary>Longest first, so that a phrase goes before its parts.</summary>
    private static readonly string[] SetPhrases =
    [
        .. Words(
                """
                已收到 收到了 收到 已经 您反馈的问题 您反映的问题 您的反馈 您的投诉 您的问题 该投诉 此投诉 投诉 反馈
                问题 我们会 我们将 我司会 我司将 我们 我司 平台 商家
                正在 尽快 第一时间 高度重视 非常重视 核实 处理 跟进 调查 了解 情况 请您 请 耐心 等待 等候 稍后 稍候
                感谢 非常抱歉 深表歉意 抱歉 给您带来 带来 不便
                不好的体验 敬请 谅解 理解 回复您 联系您 回复 联系 与您 客服 专员 工作人员 相关部门 相关同事 有关部门
                转交 反馈给 后续 结果 会 将 为您 给您 对此 对于 关于
                您 已 给 的 了 并 将会 有 进行 记录 登记 受理 we have received your complaint message request and will
                handle it soon as possible please wait patiently are looking into this the matter get
                back to you shortly for feedback our team sorry any inconvenience process processing
                """
            )
            .OrderByDescending(p => p.Length),
    ];

    private static readonly string[] Alone = Words("自行 自己 直接 请您 请联系 请与 建议您 需要您 需您");
    private static readonly string[] Reach = Words("联系 沟通 咨询 协商 找");
    private static readonly string[] Sellers = Words("卖家 商家 店铺 店家 境外 海外 厂家");

    private static readonly string[] Acts = Words(
        "已退 为您退款 已为您 已补发 为您补发 垫付 已介入 补偿您 运费由 我们已 平台已 我司已 已协调 先行赔付 上门"
    );

    /// <summary>Judges a reply.</summary>
    /// <param name="ofRespondent">Sent by a person of the respondent.</param>
    /// <param name="alike">Cases of the respondent, this one included, with the same words in the last 10
    /// minutes.</param>
    public static Validity Judge(string text, bool ofRespondent, int alike)
    {
        if (!ofRespondent)
            return NotTheRespondent;
        var plain = Squeeze(text, keepMarks: true);
        var said = Without(plain, Salutations);
        if (PlainText.Length(said) < LengthMin)
            return TooShort;
        if (Without(Squeeze(said, keepMarks: false), SetPhrases).Length < SubstanceMin)
            return Acknowledgement;
        if (Has(plain, Alone) && Has(plain, Reach) && Has(plain, Sellers) && !Has(plain, Acts) && said.Length < 80)
            return SentElsewhere;
        return alike >= AlikeMax ? Repeated : Ok;
    }

    /// <summary>What the rule said, by its code: for whoever judges the reply again.</summary>
    public static Validity? Of(string code) =>
        Array.Find(
            [Ok, BySource, ByOffer, NotTheRespondent, TooShort, Acknowledgement, SentElsewhere, Repeated],
            v => v.Code == code
        );

    /// <summary>The text as two replies are compared: case, spaces and punctuation do not make a difference.</summary>
    public static string Print(string text) => Squeeze(text, keepMarks: false);

    private static bool Has(string text, string[] words) =>
        Array.Exists(words, w => text.Contains(w, StringComparison.Ordinal));

    /// <summary>Lower case, no spaces, and a character repeated more than three times counts three times.</summary>
    private static string Squeeze(string text, bool keepMarks)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in (PlainText.Plain(text) ?? "").ToLowerInvariant().EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || (!keepMarks && !Rune.IsLetterOrDigit(rune)))
                continue;
            var piece = rune.ToString();
            var tail = kept.ToString(
                Math.Max(0, kept.Length - (3 * piece.Length)),
                Math.Min(kept.Length, 3 * piece.Length)
            );
            if (tail != piece + piece + piece)
                kept.Append(piece);
        }
        return kept.ToString();
    }

    private static string[] Words(string list) => list.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static string Without(string text, string[] phrases)
    {
        foreach (var phrase in phrases)
            text = text.Replace(phrase, "", StringComparison.Ordinal);
        return text.Trim(Marks);
    }

    private static readonly char[] Marks = [.. ",.!?;:~-，。！？；：、～…—()\"'“”"];
}
