using Hengping.App.Platform;

namespace Hengping.App.Notices;

/// <summary>What messages say. An SMS holds the number and a short link, never the story.</summary>
public static class NoticeWords
{
    static NoticeWords()
    {
        Say(
            "returned",
            "您的投诉 {number} 需要补充材料,请查看:{link}",
            "Complaint {number} needs more material: {link}"
        );
        Say(
            "declined",
            "您的投诉 {number} 未予受理,原因和其他途径见:{link}",
            "Complaint {number} was not accepted; reasons and other routes: {link}"
        );
        Say(
            "delivered",
            "您的投诉 {number} 已递交商家,请留意回复:{link}",
            "Complaint {number} was delivered to the merchant: {link}"
        );
        Say("reply", "商家已回复您的投诉 {number}:{link}", "The merchant replied to complaint {number}: {link}");
        Say(
            "offer",
            "投诉 {number} 有新的和解方案,请查看:{link}",
            "There is a new settlement offer in {number}: {link}"
        );
        Say(
            "closing",
            "投诉 {number} 将在 3 天后办结,如未解决请告诉我们:{link}",
            "Complaint {number} closes in 3 days; tell us if it is not solved: {link}"
        );
        Say("closed", "投诉 {number} 已办结,欢迎评分:{link}", "Complaint {number} is closed; please score it: {link}");
        Say(
            "merchant-new",
            "您有一件新的消费投诉 {number},请在 72 小时内回复:{link}",
            "A new complaint {number} awaits your answer within 72 hours: {link}"
        );
        Say(
            "merchant-chase",
            "投诉 {number} 尚未回复,请尽快处理:{link}",
            "Complaint {number} is still unanswered: {link}"
        );
        Say("mediation", "投诉 {number} 已进入调解:{link}", "Complaint {number} is in mediation: {link}");
    }

    /// <summary>Makes the words known.</summary>
    public static void Know() { }

    private static void Say(string key, string zh, string en) =>
        Templates.Say(key, "【衡平】" + zh, "[Hengping] " + en);
}
