using Hengping.Rules.Clocks;

namespace Hengping.Rules.Complaints;

/// <summary>What happens when nobody has moved in time: the sentences, each said of the rule that does it.</summary>
internal static class Ends
{
    public static readonly TurnEnd OnTop = new(
        "逾期没有办，排到本机构待办的最前面",
        "After that it stands on top of what the operator has to do"
    );
    public static readonly TurnEnd Lapses = new("到期没有补充，视为撤回", "After that it counts as withdrawn");
    public static readonly TurnEnd Counts0 = new(
        "之后再回复，评级按 0 计",
        "An answer after that counts nothing in the rating"
    );
    public static readonly TurnEnd Unanswered = new(
        "到期没有回复，以未答复办结，仍可评分",
        "After that it is closed as unanswered and can still be scored"
    );
    public static readonly TurnEnd UnansweredUncounted = new(
        "到期没有回复，以未答复办结，不计入评级",
        "After that it is closed as unanswered and counts in no rating"
    );
    public static readonly TurnEnd ClosesUncounted = new(
        "到期没有动静，自动办结，不计入评级",
        "Without a word it then closes by itself and counts in no rating"
    );
    public static readonly TurnEnd Terminates = new("到期没有回复，终止调解", "After that the mediation is terminated");
    public static readonly TurnEnd DecidedWithout = new(
        "到期没有说明，只凭已有的材料决定",
        "After that it is decided on what is there"
    );
    public static readonly TurnEnd StandsStill = new("在此之前，案件停着", "Until then the case stands still");
    public static readonly TurnEnd Closes = new(
        "到期没有动静，自动办结，仍可评分",
        "Without a word it then closes by itself, and can still be scored"
    );
    public static readonly TurnEnd OfferLapses = new(
        "到期没有答复，方案失效，案件继续",
        "After that the offer lapses and the case goes on"
    );
    public static readonly TurnEnd Counted = new(
        "到期没有确认办好，进入调解，并公开计入“承诺未履行”",
        "Unless it is confirmed by then, the case is mediated and counted in public as a broken promise"
    );
    public static readonly TurnEnd Mediated = new(
        "到期没有确认办好，进入调解",
        "Unless it is confirmed by then, the case is mediated"
    );
    public static readonly TurnEnd SaidNotDone = new(
        "到期没有办，投诉人可以反馈未履行，会公开计数",
        "If it is not done by then the claimant can say so, and it is counted in public"
    );
    public static readonly TurnEnd CountsAsDone = new(
        "到期没有异议，视为已履行并办结",
        "Without an objection it then counts as done and is closed"
    );
    public static readonly TurnEnd Fails = new(
        "到期谈不成，终止调解并告知其他途径",
        "Without an agreement it is then terminated, and the parties are told other routes"
    );
    public static readonly TurnEnd Stands = new("之后决定不再更改", "After that the decision stands");
    public static readonly TurnEnd Unscored = new("之后不再接受评分", "After that no score is taken");
    public static readonly TurnEnd PlatformAnswers = new(
        "到期没有提供，投诉人会知道可以要求平台承担责任（消保法第44条）",
        "After that the claimant is told that the platform itself can be held liable (Consumer Law, art. 44)"
    );
    public static readonly TurnEnd MatterLapses = new(
        "到期没有全部同意，这件事作罢",
        "Unless everyone has agreed by then, nothing comes of it"
    );
    public static readonly TurnEnd Alone = new(
        "不加入也行，您的投诉单独办理",
        "If you do not, your complaint goes on by itself"
    );

    public static readonly TurnEnd EachAlone = new(
        "确认之前，各件投诉单独办理",
        "Until it is confirmed each complaint goes on by itself"
    );

    /// <summary>An answer in full no more, and still in part.</summary>
    public static TurnEnd InPart(ReplyHours hours) =>
        new(
            $"之后至递交后{hours.Part}小时内回复，评级按 0.6 计",
            $"After that, up to {hours.Part} hours after the delivery, it counts 60%"
        );
}
