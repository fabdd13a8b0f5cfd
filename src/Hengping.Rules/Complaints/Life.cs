using System.Collections.Frozen;

namespace Hengping.Rules.Complaints;

/// <summary>What people can do to a complaint. What the clock does is in <c>ComplaintClock.cs</c>.</summary>
public enum Verb
{
    Return,
    Resubmit,
    Supplement,
    Decline,
    Deliver,
    Unreached,
    Chase,
    Contest,
    DecideContest,
    Reply,
    DecideValidity,
    Message,
    NotSolved,
    Offer,
    AcceptOffer,
    RejectOffer,
    Performed,
    NotPerformed,
    Mediate,
    Suspend,
    Resume,
    Terminate,
    Withdraw,
    Close,
    Review,
    DecideReview,
    Score,
    Exclude,
    Include,
    ChangeConsents,
    Hold,
    LiftHold,
    ContestValidity,
    AskSeller,
    NameSeller,
    ShowPerformance,
    FindPerformed,
    TellTermination,
}

/// <summary>
/// The life table of rules.md §2: which verb is possible in which status. Data, so that a page can ask it.
/// </summary>
public static partial class Life
{
    private static readonly Status[] Handling =
    [
        Status.Delivered,
        Status.Unreached,
        Status.Contested,
        Status.Replied,
        Status.InMediation,
    ];

    private static readonly Status[] Talking = [Status.Delivered, Status.Unreached, Status.Replied, Status.InMediation];

    /// <summary>Any status: the facts of the case decide (was it ever delivered), not where it stands.</summary>
    private static readonly Status[] Everywhere = Enum.GetValues<Status>();

    private static readonly FrozenDictionary<Verb, Status[]> Table = new Dictionary<Verb, Status[]>
    {
        [Verb.Return] = [Status.Filed],
        [Verb.Resubmit] = [Status.Returned],
        [Verb.Supplement] = [Status.Filed],
        [Verb.Decline] = [Status.Filed],
        [Verb.Deliver] = [Status.Filed, Status.Unreached],
        [Verb.Unreached] = [Status.Delivered],
        [Verb.Chase] = Handling,
        [Verb.Contest] = [Status.Delivered],
        [Verb.DecideContest] = [Status.Contested],
        [Verb.Reply] = Talking,
        [Verb.DecideValidity] = Everywhere,
        [Verb.Message] = [.. Handling, Status.Settled],
        [Verb.NotSolved] = [Status.Delivered, Status.Replied],
        [Verb.Offer] = Talking,
        [Verb.AcceptOffer] = Talking,
        [Verb.RejectOffer] = Talking,
        [Verb.Performed] = [Status.Settled],
        [Verb.NotPerformed] = [Status.Settled],
        [Verb.Mediate] = [Status.Delivered, Status.Unreached, Status.Replied],
        [Verb.Suspend] = [Status.InMediation],
        [Verb.Resume] = [Status.InMediation],
        [Verb.Terminate] = Talking,
        [Verb.Withdraw] = [Status.Filed, Status.Returned, .. Handling],
        [Verb.Close] = [Status.Delivered, Status.Unreached, Status.Replied, Status.Settled, Status.Terminated],
        [Verb.Review] = [Status.Declined, Status.Terminated],
        [Verb.DecideReview] = [Status.Declined, Status.Terminated],
        [Verb.Score] = Everywhere,
        [Verb.Exclude] = Everywhere,
        [Verb.Include] = Everywhere,
        [Verb.ChangeConsents] = Everywhere,
        [Verb.Hold] = Everywhere,
        [Verb.LiftHold] = Everywhere,
        [Verb.ContestValidity] = Everywhere,
        [Verb.AskSeller] = Talking,
        [Verb.NameSeller] = [.. Handling, Status.Settled],
        [Verb.ShowPerformance] = [Status.Settled, Status.InMediation],
        [Verb.FindPerformed] = Everywhere,
        [Verb.TellTermination] = Everywhere,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Verb, (string Zh, string En)> VerbNames = new Dictionary<
        Verb,
        (string, string)
    >
    {
        [Verb.Return] = ("退回补充", "be sent back for completion"),
        [Verb.Resubmit] = ("补充后再次提交", "be submitted again"),
        [Verb.Supplement] = ("补充材料", "be added to before it is screened"),
        [Verb.Decline] = ("不予受理", "be declined"),
        [Verb.Deliver] = ("递交", "be delivered"),
        [Verb.Unreached] = ("登记为未有效处理", "be marked as not reached"),
        [Verb.Chase] = ("催办", "have its merchant reminded"),
        [Verb.Contest] = ("提出异议", "be contested"),
        [Verb.DecideContest] = ("处理异议", "have a contest decided"),
        [Verb.Reply] = ("回复", "be replied to"),
        [Verb.DecideValidity] = ("认定回复", "have a reply judged"),
        [Verb.Message] = ("留言", "take messages"),
        [Verb.NotSolved] = ("反馈未解决", "be called not solved"),
        [Verb.Offer] = ("提出和解方案", "take an offer"),
        [Verb.AcceptOffer] = ("接受和解方案", "have an offer accepted"),
        [Verb.RejectOffer] = ("拒绝和解方案", "have an offer rejected"),
        [Verb.Performed] = ("确认已履行", "be confirmed as performed"),
        [Verb.NotPerformed] = ("反馈未履行", "be called not performed"),
        [Verb.Mediate] = ("进入调解", "go into mediation"),
        [Verb.Suspend] = ("中止调解", "be suspended"),
        [Verb.Resume] = ("恢复调解", "be resumed"),
        [Verb.Terminate] = ("终止调解", "be terminated"),
        [Verb.Withdraw] = ("撤回", "be withdrawn"),
        [Verb.Close] = ("办结", "be closed"),
        [Verb.Review] = ("申请复核", "be reviewed"),
        [Verb.DecideReview] = ("作出复核决定", "have a review decided"),
        [Verb.Score] = ("评分", "be scored"),
        [Verb.Exclude] = ("剔除", "be excluded"),
        [Verb.Include] = ("恢复计入", "be included again"),
        [Verb.ChangeConsents] = ("更改同意事项", "have its consents changed"),
        [Verb.Hold] = ("依法保全", "be put under a legal hold"),
        [Verb.LiftHold] = ("解除保全", "have its legal hold lifted"),
        [Verb.ContestValidity] = ("对回复认定提出异议", "have the judgement of a reply contested"),
        [Verb.AskSeller] = ("请平台提供销售者信息", "have the platform asked for the seller"),
        [Verb.NameSeller] = ("提供销售者信息", "have its seller named"),
        [Verb.ShowPerformance] = ("提交履行证明", "have its performance shown"),
        [Verb.FindPerformed] = ("认定已履行", "be found performed"),
        [Verb.TellTermination] = ("登记已告知终止调解", "be noted as told of its termination"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Status, (string Zh, string En)> StatusNames = new Dictionary<
        Status,
        (string, string)
    >
    {
        [Status.Filed] = ("待审核", "filed, waiting for screening"),
        [Status.Returned] = ("退回补充", "sent back for completion"),
        [Status.Declined] = ("不予受理", "declined"),
        [Status.Delivered] = ("已递交", "delivered"),
        [Status.Unreached] = ("未有效处理", "not reached yet"),
        [Status.Contested] = ("异议核实中", "contested"),
        [Status.Replied] = ("已回复", "replied"),
        [Status.InMediation] = ("调解中", "in mediation"),
        [Status.Settled] = ("已和解", "settled"),
        [Status.Terminated] = ("终止调解", "terminated"),
        [Status.Withdrawn] = ("已撤回", "withdrawn"),
        [Status.Closed] = ("已办结", "closed"),
    }.ToFrozenDictionary();

    /// <summary>The code of <see cref="WrongState"/>.</summary>
    public const string WrongStateCode = "complaint.wrong-state";

    /// <summary>Whether the life table has this move at all.</summary>
    public static bool Has(Verb verb, Status status) => Array.IndexOf(Table[verb], status) >= 0;

    /// <summary>The status in both languages.</summary>
    public static (string Zh, string En) Name(Status status) => StatusNames[status];

    /// <summary>The verb in both languages; the English completes "it cannot …".</summary>
    public static (string Zh, string En) Name(Verb verb) => VerbNames[verb];

    /// <summary>The "no" of the life table, with what is possible now.</summary>
    public static Refusal WrongState(Verb verb, Status status)
    {
        // What is possible everywhere is no hint of what to do next.
        var possible = Enum.GetValues<Verb>().Where(v => Table[v] != Everywhere && Has(v, status)).ToList();
        var zh =
            possible.Count == 0
                ? "此投诉已经结束，如有新的情况，可以另行投诉。"
                : $"现在可以：{string.Join("、", possible.Select(v => VerbNames[v].Zh))}。";
        var en =
            possible.Count == 0
                ? "It has ended; if something new happened, file a new one."
                : $"It can: {string.Join(", ", possible.Select(v => VerbNames[v].En))}.";
        return new Refusal(
            WrongStateCode,
            $"投诉现在是“{StatusNames[status].Zh}”，不能{VerbNames[verb].Zh}。{zh}",
            $"The complaint is {StatusNames[status].En} and cannot {VerbNames[verb].En}. {en}"
        );
    }
}
