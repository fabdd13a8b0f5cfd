namespace Hengping.Rules.Complaints;

/// <summary>The "no"s of a joint complaint: why, and what else is possible.</summary>
public sealed partial record Joint
{
    public static readonly Refusal NobodyAlike = new(
        "joint.nobody-alike",
        "没有其他针对同一商家、同类问题的在办投诉，无法发起共同投诉",
        "There is no other open complaint about this with the same merchant"
    );
    public static readonly Refusal NotAlike = new(
        "joint.not-alike",
        "所选投诉不是针对同一商家的在办投诉，或属于同一位投诉人",
        "A chosen complaint is not open, is against another merchant, or is of the same claimant"
    );
    public static readonly Refusal Elsewhere = new(
        "joint.elsewhere",
        "此投诉已参加一件共同投诉，请先退出",
        "This complaint takes part in a joint complaint already; leave that one first"
    );
    public static readonly Refusal TooMany = new(
        "joint.too-many",
        $"一件共同投诉最多{MembersMax}人，请分成几件",
        $"A joint complaint has at most {MembersMax} members; make several"
    );
    public static readonly Refusal ConfirmedBefore = new(
        "joint.confirmed",
        "已确认为同一争议",
        "It is confirmed as one dispute already"
    );
    public static readonly Refusal AlreadyIn = new("joint.in", "您已参加此共同投诉", "You take part already");
    public static readonly Refusal NotIn = new(
        "joint.not-in",
        "此投诉没有参加共同投诉",
        "This complaint does not take part"
    );
    public static readonly Refusal WasRemoved = new(
        "joint.removed",
        "经审核，此投诉与其他投诉不是同一争议，将单独处理",
        "The desk found that this is another dispute; the complaint goes on by itself"
    );
    public static readonly Refusal NotOpen = new(
        "joint.not-open",
        "投诉已结束或被投诉方已变更，不能参加",
        "The complaint has ended or went to another respondent, so it cannot take part"
    );
    public static readonly Refusal NotFormed = new(
        "joint.not-formed",
        "共同投诉尚未成立：需经审核确认，且至少两人参加",
        "It is not formed yet: the desk confirms it, and at least two take part"
    );
    public static readonly Refusal NotRepresentative = new(
        "joint.not-representative",
        "只有代表人可以代表全体投诉人行事；您仍可在自己的投诉里留言",
        "Only a representative acts for all; you can still write in your own complaint"
    );
    public static readonly Refusal MatterPending = new(
        "joint.matter-pending",
        "有一个事项正在征求全体意见，有结果后才能提出新的事项",
        "A matter is waiting for everyone's answer; a new one can be raised after it"
    );
    public static readonly Refusal TwoRepresentatives = new(
        "joint.two-representatives",
        "请从参加者中推选两名代表人",
        "Choose two representatives from those who take part"
    );
    public static readonly Refusal SameRepresentatives = new(
        "joint.same-representatives",
        "他们已是代表人",
        "They are the representatives already"
    );
    public static readonly Refusal MatterUnknown = new(
        "joint.matter-unknown",
        "没有这个事项",
        "There is no such matter"
    );
    public static readonly Refusal MatterClosed = new(
        "joint.matter-closed",
        "这个事项已有结果或已过期",
        "This matter is decided or has expired"
    );
    public static readonly Refusal Answered = new("joint.answered", "您已表示同意", "You have agreed already");

    /// <summary>Code of <see cref="LookFirst"/>.</summary>
    public const string LookFirstCode = "joint.look";

    /// <summary>All of it is right, and nothing was done: whoever asked to be asked looks it over.</summary>
    public static readonly Refusal LookFirst = new(
        LookFirstCode,
        "还没有发出。请看一遍，再确认",
        "Nothing has gone out yet: look it over, then confirm"
    );
    public static readonly Refusal CannotOffer = new(
        "joint.cannot-offer",
        "目前没有两件以上的投诉可以提出和解方案",
        "There are not two or more complaints that can take an offer now"
    );
}
