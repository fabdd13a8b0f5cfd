using System.Collections.Frozen;

namespace Hengping.Rules.Complaints;

/// <summary>How a person is told where a case stands, and what they can do.</summary>
public static partial class Life
{
    private static readonly FrozenDictionary<Status, (string Zh, string En)> MoveNames = new Dictionary<
        Status,
        (string, string)
    >
    {
        [Status.Filed] = ("提交，正在等审核", "filed it, and it waits for screening"),
        [Status.Returned] = ("退回补充", "sent it back for completion"),
        [Status.Declined] = ("决定不予受理", "declined it"),
        [Status.Delivered] = ("递交", "delivered it"),
        [Status.Unreached] = ("登记为未有效处理", "noted that the merchant was not reached"),
        [Status.Contested] = ("提出异议", "contested it"),
        [Status.Replied] = ("回复", "replied"),
        [Status.InMediation] = ("转入调解", "took it to mediation"),
        [Status.Settled] = ("达成和解", "settled it"),
        [Status.Terminated] = ("终止调解", "terminated the mediation"),
        [Status.Withdrawn] = ("撤回", "withdrew it"),
        [Status.Closed] = ("办结", "closed it"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Verb, string> Deeds = new Dictionary<Verb, string>
    {
        [Verb.Return] = "send it back",
        [Verb.Resubmit] = "submit it again",
        [Verb.Supplement] = "add to it",
        [Verb.Decline] = "decline it",
        [Verb.Deliver] = "deliver it",
        [Verb.Unreached] = "mark it as not reached",
        [Verb.Chase] = "remind the merchant",
        [Verb.Contest] = "contest it",
        [Verb.DecideContest] = "decide the contest",
        [Verb.Reply] = "reply",
        [Verb.DecideValidity] = "judge a reply",
        [Verb.Message] = "write a message",
        [Verb.NotSolved] = "say that it is not solved",
        [Verb.Offer] = "make an offer",
        [Verb.AcceptOffer] = "accept an offer",
        [Verb.RejectOffer] = "reject an offer",
        [Verb.Performed] = "confirm that it was done",
        [Verb.NotPerformed] = "say that it was not done",
        [Verb.Mediate] = "take it to mediation",
        [Verb.Suspend] = "suspend the mediation",
        [Verb.Resume] = "resume the mediation",
        [Verb.Terminate] = "terminate the mediation",
        [Verb.Withdraw] = "withdraw it",
        [Verb.Close] = "close it",
        [Verb.Review] = "ask for a review",
        [Verb.DecideReview] = "decide the review",
        [Verb.Score] = "score it",
        [Verb.Exclude] = "exclude it",
        [Verb.Include] = "include it again",
        [Verb.ChangeConsents] = "change what you consent to",
        [Verb.Hold] = "put it under a legal hold",
        [Verb.LiftHold] = "lift the legal hold",
        [Verb.ContestValidity] = "contest how a reply counts",
        [Verb.AskSeller] = "have the platform asked for the seller",
        [Verb.NameSeller] = "name the seller",
        [Verb.ShowPerformance] = "show that it was done",
        [Verb.FindPerformed] = "find it performed",
        [Verb.TellTermination] = "note who was told of the end",
    }.ToFrozenDictionary();

    /// <summary>The same of a review that opened it again.</summary>
    internal static readonly (string Zh, string En) Reopened = (
        "复核后重新受理，正在等审核",
        "reopened it after a review, and it waits for screening"
    );

    /// <summary>What somebody did to bring a case to a status, in both languages: "… delivered it".</summary>
    public static (string Zh, string En) Came(Status status) => MoveNames[status];

    /// <summary>The verb in English as somebody does it: "you can reply".</summary>
    public static string Doing(Verb verb) => Deeds[verb];
}
