using Hengping.Rules.Complaints;

namespace Hengping.Rules.Appeals;

/// <summary>Whose move it is in an appeal.</summary>
public enum AppealParty
{
    Appellant,

    /// <summary>Somebody who did not take the decision.</summary>
    Desk,

    /// <summary>Nobody: it goes by the clock.</summary>
    Clock,
}

/// <summary>轮到谁: what waits in an appeal, who does it, by when, and what happens otherwise.</summary>
public sealed record AppealTurn(AppealParty Who, AppealVerb Verb, DateTimeOffset? By, TurnEnd Otherwise);

/// <summary>Whose turn it is.</summary>
public sealed partial record Appeal
{
    private static readonly TurnEnd DraftLapses = new(
        "到期没有提交，草稿作废；还在申诉期限内的可以重新申诉",
        "After that the draft lapses; within the time to appeal you can begin again"
    );

    private static readonly TurnEnd ThenWithReason = new(
        "以提交的时间为准；之后提交要写明为什么晚了",
        "What counts is when it is sent; after that it needs the reason why it is late"
    );

    private static readonly TurnEnd ResendLapses = new(
        "到期没有补充，申诉结束，原决定不变",
        "After that the appeal ends and the decision stands"
    );

    private static readonly TurnEnd Overdue = new(
        "逾期没有决定，排到待办的最前面",
        "After that it stands on top of the queue"
    );

    private static readonly TurnEnd SecondWaits = new(
        "管理员指定外部决定人之前，申诉停着",
        "Until an admin names somebody from outside, the appeal stands still"
    );

    private static readonly TurnEnd Compared = new(
        "到期自动比较前后的投诉数；变差的由审核员核实，不会自动采取措施",
        "Complaints before and after are then compared by themselves; where it is worse, a reviewer looks at it, and "
            + "no measure follows by itself"
    );

    private static readonly TurnEnd StaysOnTop = new(
        "处理之前，一直排在复核人员的待办里",
        "Until somebody does, it stays in the reviewers' queue"
    );

    /// <summary>The one thing that waits; null where nothing does.</summary>
    /// <param name="isFree">Somebody here could decide who did not take the decision.</param>
    /// <param name="inTime">Until when a draft is sent without a reason; null where that is over.</param>
    public AppealTurn? Turn(bool isFree, DateTimeOffset? inTime = null) =>
        IsShut
            ? null
            : Status switch
            {
                AppealStatus.Draft when inTime is { } by && by < SendBy => new(
                    AppealParty.Appellant,
                    AppealVerb.Submit,
                    by,
                    ThenWithReason
                ),
                AppealStatus.Draft => new(AppealParty.Appellant, AppealVerb.Submit, SendBy, DraftLapses),
                AppealStatus.Refused => new(AppealParty.Appellant, AppealVerb.Submit, SendBy, ResendLapses),
                AppealStatus.Submitted when !isFree && Second is null => new(
                    AppealParty.Desk,
                    AppealVerb.Second,
                    DecideBy,
                    SecondWaits
                ),
                AppealStatus.Submitted => new(AppealParty.Desk, AppealVerb.Decide, DecideBy, Overdue),
                _ when IsToLookAt => new(AppealParty.Desk, AppealVerb.Look, null, StaysOnTop),
                _ when CheckAt is { } at && Effect is null => new(AppealParty.Clock, AppealVerb.Check, at, Compared),
                _ => null,
            };
}
