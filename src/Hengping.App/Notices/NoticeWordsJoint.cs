using Hengping.App.Platform;
using static Hengping.App.Notices.Blanks;

namespace Hengping.App.Notices;

/// <content>Of joint complaints.</content>
public static partial class NoticeWords
{
    public static readonly Wording JointInvited = Of(
        "joint-invited",
        "有人提议就同类问题共同投诉，是否让投诉 {number} 参加由您决定：{link}",
        "A joint complaint about the same matter is proposed; whether {number} takes part is for you to say: {link}"
    );

    public static readonly Wording JointConfirmed = Of(
        "joint-confirmed",
        "投诉 {number} 参加的共同投诉已确认，请推选代表人：{link}",
        "The joint complaint {number} takes part in is confirmed; choose representatives: {link}"
    );

    public static readonly Wording JointMatter = Of(
        "joint-matter",
        "投诉 {number} 参加的共同投诉有事项需要您同意，请在7天内答复：{link}",
        "A matter of the joint complaint of {number} needs your answer within 7 days: {link}"
    );

    public static readonly Wording JointResult = Of(
        "joint-result",
        "投诉 {number} 参加的共同投诉的事项已有结果：{link}",
        "A matter of the joint complaint of {number} is decided: {link}"
    );

    public static readonly Wording JointExpired = Of(
        "joint-expired",
        "投诉 {number} 参加的共同投诉的事项到期，未获全体同意，已失效：{link}",
        "A matter of the joint complaint of {number} ended: not everyone agreed in time: {link}"
    );
}
