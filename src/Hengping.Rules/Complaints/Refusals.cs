using Hengping.Rules.Clocks;

namespace Hengping.Rules.Complaints;

/// <summary>The "no"s of a complaint that are not the life table's: why, and what else is possible.</summary>
public static partial class Refusals
{
    public static readonly Refusal Itself = new(
        "complaint.itself",
        "不能投诉自己",
        "Nobody can complain against themselves"
    );
    public static readonly Refusal InTheFuture = new(
        "complaint.in-the-future",
        "时间晚于现在，无法登记",
        "The date lies in the future and cannot be recorded"
    );
    public static readonly Refusal OutOfOrder = new(
        "complaint.out-of-order",
        "时间早于此前已登记的事项，请核对",
        "The date is before what is already on record; please check"
    );
    public static readonly Refusal SourceTooLong = new(
        "complaint.source-too-long",
        "来源文本超过64,000字",
        "The source's text has more than 64,000 characters"
    );
    public static readonly Refusal NeverDelivered = new(
        "complaint.never-delivered",
        "投诉尚未递交给被投诉方。递交之后就可以了；在此之前可以查看进度或撤回",
        "The complaint was never delivered. This becomes possible once it is; until then you can follow or withdraw it"
    );
    public static readonly Refusal NoConsent = new(
        "complaint.no-consent",
        "投诉人未同意将投诉递交给被投诉方，可以退回请其确认",
        "The claimant has not consented to passing this on; send it back and ask for the consent"
    );
    public static readonly Refusal AlreadyContested = new(
        "complaint.already-contested",
        "已经提出过一次异议，请直接回复投诉人",
        "It was contested once already; please reply to the claimant"
    );
    public static readonly Refusal AlreadyReplied = new(
        "complaint.already-replied",
        "异议应在首次回复之前提出；有不同意见可以留言或请求调解",
        "A contest comes before the first reply; you can still write a message or ask for mediation"
    );
    public static readonly Refusal SameRespondent = new(
        "complaint.same-respondent",
        "转交对象与现在的被投诉方相同，请选择另一家，或驳回异议",
        "This is the respondent it already has; choose another, or reject the contest"
    );

    /// <summary>The respondent still has its time.</summary>
    public static Refusal NotSolvedTooEarly(ReplyHours hours) =>
        new(
            "complaint.not-solved-too-early",
            $"递交满{hours.Full}小时后仍未回复，才能反馈未解决；现在可以留言催促或撤回",
            $"Without a reply this is possible {hours.Full} hours after delivery; "
                + "meanwhile you can write a message or withdraw"
        );

    /// <summary>Code of <see cref="WouldNotCount"/>.</summary>
    public const string WouldNotCountCode = "complaint.reply-would-not-count";

    /// <summary>Judged before it is sent: whoever writes may change it, or send it all the same.</summary>
    public static Refusal WouldNotCount(Validity why) =>
        new(
            WouldNotCountCode,
            $"这样的回复不算有效回复：{why.Zh}。期限不会停，案件仍等您回复",
            $"This would not count as a reply: {char.ToLowerInvariant(why.En[0])}{why.En[1..]}. "
                + "The clock runs on and the case still waits for you"
        );

    /// <summary>Said too early, and from which day on it can be.</summary>
    public static Refusal NotDueYet(DateOnly due) =>
        new(
            "complaint.not-due-yet",
            $"约定的履行日是{due:yyyy-MM-dd}，从那天起可以反馈；对方已书面拒绝履行的，请注明并附上原话或截图",
            $"It is due on {due:yyyy-MM-dd}; this can be said from that day on. If it was refused in writing, say so "
                + "and quote it"
        );

    public static readonly Refusal RefusalNotShown = new(
        "complaint.refusal-not-shown",
        "请写出对方书面拒绝的原话，或上传截图",
        "Please quote the written refusal, or attach a picture of it"
    );
    public static readonly Refusal NotPerformedSaid = new(
        "complaint.not-performed-said",
        "已经反馈过未履行，正在等被投诉方在3天内说明",
        "This was said already; the respondent has three days to show that it was done"
    );
    public static readonly Refusal FoundPerformed = new(
        "complaint.found-performed",
        "调解员已认定这份和解已履行；有新的事实请留言",
        "A mediator found this settlement performed; if there is something new, write a message"
    );
    public static readonly Refusal NothingToShow = new(
        "complaint.nothing-to-show",
        "没有人反馈未履行，不需要证明",
        "Nobody has said that it was not done; there is nothing to show"
    );
    public static readonly Refusal NothingBroken = new(
        "complaint.nothing-broken",
        "没有未履行的反馈或记录",
        "Nothing was said or counted as not performed"
    );
    public static readonly Refusal OfferUnknown = new("offer.unknown", "没有这个方案", "There is no such offer");
    public static readonly Refusal OfferClosed = new(
        "offer.closed",
        "这个方案已有答复或已过期，可以提出新的方案",
        "This offer was answered or has expired; a new one can be made"
    );
    public static readonly Refusal OfferOwn = new(
        "offer.own",
        "自己提出的方案由对方答复；如需修改，可以提出新的方案",
        "Your own offer is answered by the other party; to change it, make a new one"
    );
    public static readonly Refusal OfferAnswered = new(
        "offer.answered",
        "您已接受此方案，等待对方答复",
        "You have accepted this offer; the other party has to answer"
    );
    public static readonly Refusal OfferJoint = new(
        "offer.joint",
        "这是对共同投诉全体投诉人的方案，请在“共同投诉”中表示同意或不同意",
        "This offer is to all of a joint complaint; agree or refuse there"
    );
    public static readonly Refusal TooManyOffers = new(
        "offer.too-many",
        "方案太多了，请先答复已有的方案",
        "There are too many offers; please answer those on the table first"
    );
    public static readonly Refusal Suspended = new(
        "complaint.suspended",
        "调解已经中止，恢复后才能再次中止",
        "The mediation is already suspended; it can be resumed"
    );
    public static readonly Refusal NotSuspended = new(
        "complaint.not-suspended",
        "调解没有中止，无需恢复",
        "The mediation is not suspended; there is nothing to resume"
    );
    public static readonly Refusal ReviewOnce = new(
        "complaint.review-once",
        "复核只有一次；还可以向消费者协会、12315、法院或仲裁机构寻求帮助",
        "There is one review; you can still turn to a consumer association, 12315, court or arbitration"
    );
    public static readonly Refusal NoReview = new(
        "complaint.no-review",
        "没有待决定的复核申请",
        "No review is waiting for a decision"
    );
    public static readonly Refusal ReviewByAnother = new(
        "complaint.review-by-another",
        "复核应由另一位调解员作出",
        "A review is decided by another mediator than the first decision"
    );
    public static readonly Refusal ScoreInteger = new(
        "complaint.score-integer",
        "请打0到10的整数分",
        "Please give a whole number from 0 to 10"
    );
    public static readonly Refusal AlreadyExcluded = new(
        "complaint.already-excluded",
        "已经剔除，可以恢复计入",
        "It is excluded already; it can be included again"
    );
    public static readonly Refusal NotExcluded = new(
        "complaint.not-excluded",
        "没有被剔除，无需恢复",
        "It is not excluded; there is nothing to undo"
    );
    public static readonly Refusal NoSuchReply = new(
        "complaint.no-such-reply",
        "没有这条回复",
        "There is no such reply"
    );
    public static readonly Refusal ValiditySame = new(
        "complaint.validity-same",
        "认定与现有结果相同",
        "This is how the reply already counts"
    );

    public static readonly Refusal ValidityContested = new(
        "complaint.validity-contested",
        "已对这条回复的认定提出异议，等待调解员决定",
        "How this reply counts is contested already; a mediator decides"
    );
    public static readonly Refusal ValidityJudged = new(
        "complaint.validity-judged",
        "调解员已对这条回复作出认定；有新的情况可以留言",
        "A mediator has judged this reply already; if something is new, write a message"
    );
    public static readonly Refusal ReviewWaits = new(
        "complaint.review-waits",
        "复核申请还没有决定，决定之后才能办结",
        "A review is waiting for its decision; it can be closed after that"
    );
    public static readonly Refusal ConsentAfterEnd = new(
        "complaint.consent-after-end",
        "投诉已经结束，同意只能撤回，不能新增",
        "The complaint has ended; consents can be withdrawn, not given"
    );
    public static readonly Refusal AlreadyHeld = new(
        "complaint.already-held",
        "已在依法保全中，可以解除保全",
        "It is under a legal hold already; the hold can be lifted"
    );
    public static readonly Refusal NotHeld = new(
        "complaint.not-held",
        "没有保全，无需解除",
        "It is under no legal hold; there is nothing to lift"
    );
    public static readonly Refusal NothingToHold = new(
        "complaint.nothing-to-hold",
        "材料已经删除，无法保全",
        "Its texts and evidence are erased; there is nothing to hold"
    );

    public static readonly Refusal NoPlatform = new(
        "complaint.no-platform",
        "被投诉方不是平台，它本身就是销售者",
        "The respondent is no platform: it is the seller itself"
    );
    public static readonly Refusal SellerAskedBefore = new(
        "complaint.seller-asked",
        "已经请平台提供过销售者信息",
        "The platform was asked for the seller already"
    );
    public static readonly Refusal SellerNotAsked = new(
        "complaint.seller-not-asked",
        "没有人请求提供销售者信息",
        "Nobody asked for the seller"
    );
    public static readonly Refusal SellerNamedBefore = new(
        "complaint.seller-named",
        "销售者信息已经提供；如有更正，请留言",
        "The seller was named already; to correct it, write a message"
    );

    /// <summary>A held case is not erased, and neither is its claimant.</summary>
    public static Refusal OnHold(string number) =>
        new(
            "complaint.on-hold",
            $"投诉{number}依法保全中，解除保全之前不能删除其材料和投诉人资料",
            $"Complaint {number} is under a legal hold; until it is lifted, neither it nor its claimant is erased"
        );

    /// <summary>Told already, or nobody had to be.</summary>
    public static readonly Refusal ToldBefore = new(
        "complaint.told-before",
        "该方已告知，或本案无需另行告知",
        "This party was told already, or nothing has to be told to it"
    );

    /// <summary>Neither words nor evidence.</summary>
    public static readonly Refusal NothingAdded = new(
        "complaint.nothing-added",
        "请写几句，或添加凭证",
        "Write a few words, or attach evidence"
    );

    /// <summary>One order, one open complaint.</summary>
    public static Refusal Duplicate(string number) =>
        new(
            "complaint.duplicate",
            $"该订单已有处理中的投诉（{number}）。您可以在那件投诉里补充材料或留言",
            $"An open complaint exists for this order ({number}). You can add to that one instead"
        );
}
