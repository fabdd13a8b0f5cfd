namespace Hengping.Rules.Appeals;

/// <summary>Where an appeal stands.</summary>
public enum AppealStatus
{
    /// <summary>草稿: nobody else reads it.</summary>
    Draft,

    /// <summary>待决定.</summary>
    Submitted,

    /// <summary>退回补充: the first refusal, which names what is missing.</summary>
    Refused,

    /// <summary>维持: the measure stands.</summary>
    Upheld,

    /// <summary>部分支持: the measure stands in part.</summary>
    Partly,

    /// <summary>撤销: the measure is gone.</summary>
    Overturned,

    /// <summary>已撤回.</summary>
    Withdrawn,

    /// <summary>逾期未提交.</summary>
    Lapsed,
}

/// <summary>What can be done to an appeal.</summary>
public enum AppealVerb
{
    /// <summary>The appellant keeps what they wrote, as a new version.</summary>
    Save,
    Submit,

    /// <summary>The desk names what is missing, once.</summary>
    Refuse,

    /// <summary>Something is being tested: five working days more, once.</summary>
    Extend,

    /// <summary>An admin names somebody from outside who decides.</summary>
    Second,
    Decide,
    Withdraw,

    /// <summary>The clock ends what was not sent in time.</summary>
    Lapse,

    /// <summary>The clock compares what was promised with what came.</summary>
    Check,

    /// <summary>A reviewer looked at a check that says worse.</summary>
    Look,
}

/// <summary>Which verb is possible where, and the words of both.</summary>
public static class AppealLife
{
    /// <summary>Whether a verb is possible in a status.</summary>
    public static bool Allows(AppealStatus status, AppealVerb verb) =>
        verb switch
        {
            AppealVerb.Save or AppealVerb.Submit or AppealVerb.Lapse => status
                is AppealStatus.Draft
                    or AppealStatus.Refused,
            AppealVerb.Withdraw => IsOpen(status),
            AppealVerb.Refuse or AppealVerb.Extend or AppealVerb.Second or AppealVerb.Decide => status
                == AppealStatus.Submitted,
            _ => status is AppealStatus.Partly or AppealStatus.Overturned,
        };

    /// <summary>Somebody still has to do something before it is decided.</summary>
    public static bool IsOpen(AppealStatus status) =>
        status is AppealStatus.Draft or AppealStatus.Submitted or AppealStatus.Refused;

    /// <summary>A status in its word.</summary>
    public static (string Zh, string En) Name(AppealStatus status) =>
        status switch
        {
            AppealStatus.Draft => ("草稿", "Draft"),
            AppealStatus.Submitted => ("待决定", "Waiting for a decision"),
            AppealStatus.Refused => ("退回补充", "Sent back for what is missing"),
            AppealStatus.Upheld => ("维持原决定", "Decision upheld"),
            AppealStatus.Partly => ("部分支持", "Partly granted"),
            AppealStatus.Overturned => ("撤销原决定", "Decision overturned"),
            AppealStatus.Withdrawn => ("已撤回", "Withdrawn"),
            _ => ("逾期未提交", "Not sent in time"),
        };

    /// <summary>Not possible in this status, and what is for whoever asked.</summary>
    public static Refusal WrongState(AppealVerb verb, AppealStatus status)
    {
        var (zh, en) = Name(status);
        var possible = Enum.GetValues<AppealVerb>()
            .Where(v => v is < AppealVerb.Lapse && IsAppellants(v) == IsAppellants(verb) && Allows(status, v))
            .ToList();
        var (wordZh, wordEn) = Word(verb);
        return !IsOpen(status)
                ? new Refusal(
                    "appeal.wrong-state",
                    $"该申诉{zh}，不能再{wordZh}",
                    $"This appeal has ended ({en}); you cannot {wordEn}"
                )
            : possible.Count == 0
                ? new Refusal(
                    "appeal.wrong-state",
                    $"该申诉{zh}，现在不能{wordZh}",
                    $"This appeal stands as {en}; you cannot {wordEn} now"
                )
            : new Refusal(
                "appeal.wrong-state",
                $"该申诉{zh}，不能{wordZh}；可以：{string.Join("、", possible.Select(v => Word(v).Zh))}",
                $"Not possible: {en}. Possible: {string.Join(", ", possible.Select(v => Word(v).En))}"
            );
    }

    private static bool IsAppellants(AppealVerb verb) =>
        verb is AppealVerb.Save or AppealVerb.Submit or AppealVerb.Withdraw;

    /// <summary>A verb as somebody does it.</summary>
    public static (string Zh, string En) Word(AppealVerb verb) =>
        verb switch
        {
            AppealVerb.Save => ("修改", "change it"),
            AppealVerb.Submit => ("提交", "send it"),
            AppealVerb.Refuse => ("退回补充", "send it back"),
            AppealVerb.Extend => ("延长", "extend it"),
            AppealVerb.Second => ("指定外部决定人", "name somebody from outside to decide"),
            AppealVerb.Decide => ("作出决定", "decide it"),
            AppealVerb.Withdraw => ("撤回", "withdraw it"),
            AppealVerb.Lapse => ("结束", "end it"),
            AppealVerb.Check => ("核对效果", "check its effect"),
            _ => ("记录处理", "note what was done about it"),
        };
}
