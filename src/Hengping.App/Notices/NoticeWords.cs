using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using static Hengping.App.Notices.Blanks;

namespace Hengping.App.Notices;

/// <summary>What messages say. An SMS holds the number and a short link, never the story.</summary>
public static partial class NoticeWords
{
    public static readonly Wording Filed = Of(
        "filed",
        "您的投诉已收到，编号 {number}，凭编号和手机号后四位可查进度：{link}",
        "Your complaint was received under number {number}; check it with your phone's last four digits: {link}"
    );

    public static readonly Wording Returned = Of(
        "returned",
        "您的投诉 {number} 需要补充材料，请在 {by} 前补充，逾期视为撤回：{link}",
        "Complaint {number} needs more material by {by}, else it counts as withdrawn: {link}"
    );

    public static readonly Wording Declined = Of(
        "declined",
        "您的投诉 {number} 未予受理，原因和其他途径见：{link}",
        "Complaint {number} was not accepted; reasons and other routes: {link}"
    );

    public static readonly Wording Delivered = Of(
        "delivered",
        "您的投诉 {number} 已递交商家，请留意回复：{link}",
        "Complaint {number} was delivered to the merchant: {link}"
    );

    public static readonly Wording Reply = Of(
        "reply",
        "商家已回复您的投诉 {number}：{link}",
        "The merchant replied to complaint {number}: {link}"
    );

    public static readonly Wording Offer = Of(
        "offer",
        "投诉 {number} 有新的和解方案，请在 {by} 前答复，逾期失效：{link}",
        "There is a new settlement offer in {number}; answer it by {by}, then it lapses: {link}"
    );

    public static readonly Wording Closing = Of(
        "closing",
        "投诉 {number} 将在 3 天后办结，如未解决请告诉我们：{link}",
        "Complaint {number} closes in 3 days; tell us if it is not solved: {link}"
    );

    public static readonly Wording Closed = Of(
        "closed",
        "投诉 {number} 已办结，欢迎评分：{link}",
        "Complaint {number} is closed; please score it: {link}"
    );

    public static readonly Wording MerchantNew = Of(
        "merchant-new",
        "您有一件新的消费投诉 {number}，请在 {hours} 小时内回复：{link}",
        "A new complaint {number} awaits your answer within {hours} hours: {link}"
    ) with
    {
        OfBefore = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["hours"] = $"{ReplyHours.InForce[0].Full}",
        },
    };

    public static readonly Wording MerchantChase = Of(
        "merchant-chase",
        "投诉 {number} 尚未回复，请尽快处理：{link}",
        "Complaint {number} is still unanswered: {link}"
    );

    public static readonly Wording Contested = Of(
        "contested",
        "商家对投诉 {number} 提出异议，请在 {by} 前说明：{link}",
        "The merchant contests complaint {number}; please answer by {by}: {link}"
    );

    public static readonly Wording ContestDecided = Of(
        "contest-decided",
        "投诉 {number} 的异议已有决定：{link}",
        "The contest of complaint {number} is decided: {link}"
    );

    public static readonly Wording Performed = Of(
        "performed",
        "投诉 {number} 的和解方案今天到期，商家办了吗？{by} 前没有异议视为已履行：{link}",
        "The settlement of {number} is due today. Was it done? Without objection by {by} it is: {link}"
    );

    public static readonly Wording MerchantPerformed = Of(
        "merchant-performed",
        "投诉 {number} 的和解方案今天到期，请确认已经履行：{link}",
        "The settlement of {number} is due today; please make sure it is performed: {link}"
    );

    public static readonly Wording MediationOffered = Of(
        "mediation-offered",
        "商家10天未回复投诉 {number}，您可以申请调解或走其他途径：{link}",
        "No answer to {number} for 10 days; you can ask for mediation or take another route: {link}"
    );

    public static readonly Wording Terminated = Of(
        "terminated",
        "投诉 {number} 的调解已终止，原因和其他途径见：{link}",
        "The mediation of {number} has ended; reason and other routes: {link}"
    );

    public static readonly Wording Review = Of(
        "review",
        "投诉 {number} 的复核已有决定：{link}",
        "The review of {number} is decided: {link}"
    );

    public static readonly Wording Excluded = Of(
        "excluded",
        "投诉 {number} 不再计入商家评级，事由：{ground}。案件本身不受影响；有不同意见请联系我们，查实后恢复：{link}",
        "{number} no longer counts in the merchant's rating: {ground}. The case itself is not affected. If you "
            + "disagree, tell us; it counts again if you are right: {link}"
    );

    public static readonly Wording Included = Of(
        "included",
        "投诉 {number} 恢复计入商家评级；回复的时限在剔除期间没有停。有不同意见请联系我们：{link}",
        "{number} counts in the merchant's rating again; the hours for an answer ran on meanwhile. If you disagree, "
            + "tell us: {link}"
    );

    public static readonly Wording Lapsed = Of(
        "lapsed",
        "投诉 {number} 逾期未补充，视为撤回；可以重新投诉：{link}",
        "{number} was not completed in time and counts as withdrawn; you can file again: {link}"
    );

    public static readonly Wording MerchantSeller = Of(
        "merchant-seller",
        "请在 {by} 前提供投诉 {number} 的销售者信息：{link}",
        "Please name the seller in complaint {number} by {by}: {link}"
    );

    public static readonly Wording Seller = Of(
        "seller",
        "平台已提供投诉 {number} 的销售者信息：{link}",
        "The platform named the seller in {number}: {link}"
    );

    public static readonly Wording SellerUnnamed = Of(
        "seller-unnamed",
        "平台未按时提供投诉 {number} 的销售者信息，您可依消保法第44条向平台要求赔偿：{link}",
        "The platform named no seller in {number}; art. 44 lets you claim from the platform: {link}"
    );

    public static readonly Wording Mediation = Of(
        "mediation",
        "投诉 {number} 已进入调解：{link}",
        "Complaint {number} is in mediation: {link}"
    );

    public static readonly Wording AcceptedByOther = Of(
        "accepted-by-other",
        "对方已接受投诉 {number} 的和解方案，请在 {by} 前答复：{link}",
        "The other side accepted the offer in {number}; please answer by {by}: {link}"
    );

    public static readonly Wording Settled = Of(
        "settled",
        "投诉 {number} 已和解，约定最晚 {date} 履行：{link}",
        "Complaint {number} is settled, to be performed by {date}: {link}"
    );

    public static readonly Wording TurnedDown = Of(
        "turned-down",
        "投诉 {number} 的和解方案未被接受：{link}",
        "The offer in complaint {number} was turned down: {link}"
    );

    public static readonly Wording MerchantNotPerformed = Of(
        "merchant-not-performed",
        "投诉人反馈投诉 {number} 的和解没有履行，请在 {by} 前说明：{link}",
        "The settlement of {number} is said not to be performed; please answer by {by}: {link}"
    );

    public static readonly Wording PerformanceShown = Of(
        "performance-shown",
        "商家说明投诉 {number} 的和解已经履行，请查看：{link}",
        "The merchant says the settlement of {number} is performed; please look: {link}"
    );

    public static readonly Wording NotPerformed = Of(
        "not-performed",
        "投诉 {number} 的和解没有查明已履行，进入调解：{link}",
        "The settlement of {number} was not found performed; it is in mediation: {link}"
    );

    public static readonly Wording RefusedFellDue = Of(
        "refused-due",
        "投诉 {number} 中商家拒绝履行的和解今天到期，商家办了吗？办了请留言，否则3天后公开计入“承诺未履行”：{link}",
        "The settlement of {number} that was refused is due. If it was done after all, write so; "
            + "else it counts as a broken promise in 3 days: {link}"
    );

    public static readonly Wording MerchantRefusedFellDue = Of(
        "merchant-refused-due",
        "投诉 {number} 的和解今天到期，请在 {by} 前证明已经履行，否则公开计入“承诺未履行”：{link}",
        "The settlement of {number} is due. Show by {by} that it is performed, "
            + "else it is counted in public as a broken promise: {link}"
    );

    public static readonly Wording RefusedCounted = Of(
        "refused-counted",
        "投诉 {number} 的和解没有查明已履行，已公开计入“承诺未履行”：{link}",
        "The settlement of {number} was not found performed; it is counted in public as a broken promise: {link}"
    );

    public static readonly Wording FoundPerformed = Of(
        "found-performed",
        "调解员认定投诉 {number} 的和解已履行：{link}",
        "A mediator found the settlement of {number} performed: {link}"
    );

    public static readonly Wording Judged = Of(
        "judged",
        "投诉 {number} 的回复已由调解员认定：{link}",
        "A mediator judged the reply in complaint {number}: {link}"
    );

    public static readonly Wording Message = Of(
        "message",
        "投诉 {number} 有新留言：{link}",
        "There is a new message in complaint {number}: {link}"
    );

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Wording> All =>
        [
            Filed,
            Returned,
            Declined,
            Delivered,
            Reply,
            Offer,
            Closing,
            Closed,
            MerchantNew,
            MerchantChase,
            Contested,
            ContestDecided,
            Performed,
            MerchantPerformed,
            MediationOffered,
            Terminated,
            Review,
            Excluded,
            Included,
            Lapsed,
            MerchantSeller,
            Seller,
            SellerUnnamed,
            JointInvited,
            JointConfirmed,
            JointMatter,
            JointResult,
            JointExpired,
            Mediation,
            AcceptedByOther,
            Settled,
            TurnedDown,
            MerchantNotPerformed,
            PerformanceShown,
            NotPerformed,
            RefusedFellDue,
            MerchantRefusedFellDue,
            RefusedCounted,
            FoundPerformed,
            Judged,
            Message,
        ];
}
