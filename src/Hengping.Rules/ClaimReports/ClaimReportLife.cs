namespace Hengping.Rules.ClaimReports;

/// <summary>Where a report of abnormal claims stands.</summary>
public enum ClaimReportStatus
{
    /// <summary>待人工查看: its reporter had too many rejected, so a human looks before anybody is told.</summary>
    Held,

    /// <summary>听取陈述: the claimant was told and has the time to speak.</summary>
    Hearing,

    /// <summary>已陈述: the claimant has spoken.</summary>
    Heard,

    /// <summary>成立，申诉期内: nothing follows from it yet.</summary>
    Upheld,

    /// <summary>不成立.</summary>
    Rejected,

    /// <summary>已撤回.</summary>
    Withdrawn,

    /// <summary>申诉中: nothing follows from it yet.</summary>
    Appealed,

    /// <summary>成立已生效: its orders left the metrics.</summary>
    InEffect,

    /// <summary>已撤销: upheld, and then not.</summary>
    Overturned,
}

/// <summary>What can be done to a report of abnormal claims.</summary>
public enum ClaimReportVerb
{
    /// <summary>A human looked: the claimant is told.</summary>
    Admit,

    /// <summary>The desk asks the claimant something, and they get new time.</summary>
    Ask,

    /// <summary>陈述, by the claimant.</summary>
    State,
    Decide,
    Withdraw,

    /// <summary>申诉, by the claimant, within seven days.</summary>
    Appeal,

    /// <summary>Another reviewer decides the appeal.</summary>
    Review,

    /// <summary>Another reviewer takes back what is in effect, for it was wrong.</summary>
    Revoke,

    /// <summary>The clock: nobody appealed.</summary>
    TakeEffect,
}

/// <summary>Which verb is possible where, and the words of both.</summary>
public static class ClaimReportLife
{
    /// <summary>Whether a verb is possible in a status.</summary>
    public static bool Allows(ClaimReportStatus status, ClaimReportVerb verb) =>
        verb switch
        {
            ClaimReportVerb.Admit => status == ClaimReportStatus.Held,
            ClaimReportVerb.Ask or ClaimReportVerb.State => IsHearing(status),
            ClaimReportVerb.Decide or ClaimReportVerb.Withdraw => IsUndecided(status),
            ClaimReportVerb.Appeal or ClaimReportVerb.TakeEffect => status == ClaimReportStatus.Upheld,
            ClaimReportVerb.Review => status == ClaimReportStatus.Appealed,
            _ => status == ClaimReportStatus.InEffect,
        };

    /// <summary>The claimant is being heard.</summary>
    public static bool IsHearing(ClaimReportStatus status) =>
        status is ClaimReportStatus.Hearing or ClaimReportStatus.Heard;

    /// <summary>Nobody has decided yet.</summary>
    public static bool IsUndecided(ClaimReportStatus status) =>
        status is ClaimReportStatus.Held or ClaimReportStatus.Hearing or ClaimReportStatus.Heard;

    /// <summary>Somebody can still do something about it in its usual course.</summary>
    public static bool IsOpen(ClaimReportStatus status) =>
        IsUndecided(status) || status is ClaimReportStatus.Upheld or ClaimReportStatus.Appealed;

    /// <summary>A status in its word.</summary>
    public static (string Zh, string En) Name(ClaimReportStatus status) =>
        status switch
        {
            ClaimReportStatus.Held => ("待人工查看", "A human looks first"),
            ClaimReportStatus.Hearing => ("听取陈述", "Claimant is heard"),
            ClaimReportStatus.Heard => ("已陈述，待决定", "Heard, to be decided"),
            ClaimReportStatus.Upheld => ("成立，申诉期内", "Upheld, may be appealed"),
            ClaimReportStatus.Rejected => ("不成立", "Rejected"),
            ClaimReportStatus.Withdrawn => ("已撤回", "Withdrawn"),
            ClaimReportStatus.Appealed => ("申诉中", "Appealed"),
            ClaimReportStatus.InEffect => ("成立，已生效", "Upheld, in effect"),
            _ => ("已撤销", "Overturned"),
        };

    /// <summary>A verb as somebody does it.</summary>
    public static (string Zh, string En) Word(ClaimReportVerb verb) =>
        verb switch
        {
            ClaimReportVerb.Admit => ("转入听取陈述", "let it go to the claimant"),
            ClaimReportVerb.Ask => ("向对方提问", "ask the claimant"),
            ClaimReportVerb.State => ("陈述", "make a statement"),
            ClaimReportVerb.Decide => ("作出决定", "decide it"),
            ClaimReportVerb.Withdraw => ("撤回", "withdraw it"),
            ClaimReportVerb.Appeal => ("申诉", "appeal"),
            ClaimReportVerb.Review => ("决定申诉", "decide the appeal"),
            ClaimReportVerb.Revoke => ("撤销", "revoke it"),
            _ => ("使其生效", "let it take effect"),
        };

    /// <summary>Not possible in this status.</summary>
    public static Refusal WrongState(ClaimReportVerb verb, ClaimReportStatus status)
    {
        var ((zh, en), (wordZh, wordEn)) = (Name(status), Word(verb));
        return new Refusal(
            "claim-report.wrong-state",
            $"该举报现在是“{zh}”，不能{wordZh}",
            $"This report stands as {en}; you cannot {wordEn}"
        );
    }
}
