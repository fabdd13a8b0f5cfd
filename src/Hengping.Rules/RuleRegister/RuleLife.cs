namespace Hengping.Rules.RuleRegister;

/// <summary>Where a version stands on a Shanghai day.</summary>
public enum RuleStatus
{
    /// <summary>草案: staff alone read it.</summary>
    Draft,

    /// <summary>补录待确认: one person says that it was in force before the register knew it; staff alone read it.</summary>
    Recording,

    /// <summary>征求意见.</summary>
    Consultation,

    /// <summary>公示中: announced, and not yet in force.</summary>
    Notice,

    /// <summary>过渡期: the version before holds, and this one may be followed.</summary>
    Transition,

    /// <summary>施行中.</summary>
    InForce,

    /// <summary>已被替代: a later version is in force.</summary>
    Replaced,

    /// <summary>已撤回, before it took effect.</summary>
    Withdrawn,
}

/// <summary>What can be done to a version.</summary>
public enum RuleVerb
{
    Revise,
    Confirm,
    Consult,
    Publish,
    MarkTechnical,
    Withdraw,
    GiveOpinion,
    AnswerOpinion,
}

/// <summary>Why a change is announced for the longer time (令116 art. 12), or with a transition (art. 13).</summary>
public enum RuleGround
{
    /// <summary>涉及用户数量巨大.</summary>
    ManyUsers,

    /// <summary>修改内容较多.</summary>
    ManyChanges,

    /// <summary>关系有关各方重要权益.</summary>
    MajorInterests,

    /// <summary>对重要权益造成重大影响: a transition, too.</summary>
    HeavyEffect,
}

/// <summary>Which verb is possible where, and the words of both.</summary>
public static class RuleLife
{
    /// <summary>Whether a verb is possible in a status.</summary>
    public static bool Allows(RuleStatus status, RuleVerb verb) =>
        verb switch
        {
            RuleVerb.Revise or RuleVerb.Publish => status is RuleStatus.Draft or RuleStatus.Consultation,
            RuleVerb.Confirm => status == RuleStatus.Recording,
            RuleVerb.Consult => status == RuleStatus.Draft,
            RuleVerb.MarkTechnical => status is RuleStatus.Draft or RuleStatus.InForce or RuleStatus.Replaced,
            RuleVerb.Withdraw => status
                is RuleStatus.Draft
                    or RuleStatus.Recording
                    or RuleStatus.Consultation
                    or RuleStatus.Notice
                    or RuleStatus.Transition,
            RuleVerb.GiveOpinion => status == RuleStatus.Consultation,
            // An answer that comes late is better than none.
            _ => status is not (RuleStatus.Draft or RuleStatus.Recording),
        };

    /// <summary>A status in its public word.</summary>
    public static (string Zh, string En) Name(RuleStatus status) =>
        status switch
        {
            RuleStatus.Draft => ("草案", "Draft"),
            RuleStatus.Recording => ("补录待确认", "Recorded, not confirmed"),
            RuleStatus.Consultation => ("征求意见", "Open for opinions"),
            RuleStatus.Notice => ("公示中", "Announced"),
            RuleStatus.Transition => ("过渡期", "In transition"),
            RuleStatus.InForce => ("施行中", "In force"),
            RuleStatus.Replaced => ("已被替代", "Replaced"),
            _ => ("已撤回", "Withdrawn"),
        };

    /// <summary>Not possible in this status, and what is.</summary>
    public static Refusal WrongState(RuleVerb verb, RuleStatus status)
    {
        var (zh, en) = Name(status);
        List<RuleVerb> can = [.. Enum.GetValues<RuleVerb>().Where(other => Allows(status, other))];
        var (verbZh, verbEn) = Word(verb);
        return new Refusal(
            "rule.wrong-state",
            can.Count == 0
                ? $"该版本{zh}，不能{verbZh}；需要改动请拟定新版本"
                : $"该版本{zh}，不能{verbZh}；可以：{string.Join("、", can.Select(v => Word(v).Zh))}",
            can.Count == 0
                ? $"Cannot {verbEn}: {en}. Draft a new version for a change"
                : $"Cannot {verbEn}: {en}. Possible: {string.Join(", ", can.Select(v => Word(v).En))}"
        );
    }

    /// <summary>A verb as somebody does it.</summary>
    public static (string Zh, string En) Word(RuleVerb verb) =>
        verb switch
        {
            RuleVerb.Revise => ("修改草案", "revise the draft"),
            RuleVerb.Confirm => ("确认补录", "confirm that it was in force before"),
            RuleVerb.Consult => ("征求意见", "ask for opinions"),
            RuleVerb.Publish => ("公示", "announce it"),
            RuleVerb.MarkTechnical => ("标记为技术性调整", "mark it as technical"),
            RuleVerb.Withdraw => ("撤回", "withdraw it"),
            RuleVerb.GiveOpinion => ("提意见", "give an opinion"),
            _ => ("答复意见", "answer an opinion"),
        };
}
