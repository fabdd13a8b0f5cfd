namespace Hengping.Rules.Reports;

/// <summary>Where a report stands; the reporter reads it with number and code.</summary>
public enum ReportStatus
{
    /// <summary>已收到.</summary>
    Received,

    /// <summary>不予受理: ended, with reason and other routes.</summary>
    NotAccepted,

    /// <summary>核查中.</summary>
    Accepted,

    /// <summary>已查实: a breach was found, and something is done about it.</summary>
    BreachFound,

    /// <summary>未发现违法.</summary>
    NotFound,

    /// <summary>已移送: to the authority that is named.</summary>
    Referred,

    /// <summary>已撤回, before it was taken up.</summary>
    Withdrawn,
}

/// <summary>What can be done to a report.</summary>
public enum ReportVerb
{
    Accept,
    Decline,

    /// <summary>Another authority disagrees about who is competent.</summary>
    Dispute,
    Extend,
    Conclude,
    Tell,
    Add,
    Withdraw,
    Hold,
    LiftHold,

    /// <summary>An appeal against the decision was right.</summary>
    Reopen,
}

/// <summary>What is done about a breach that was found.</summary>
public enum ReportMeasure
{
    /// <summary>建议: what the merchant, or whoever can act, should do.</summary>
    Recommend,

    /// <summary>移送: to the authority that is named.</summary>
    Refer,

    /// <summary>自行处置: a marketplace on its own ground.</summary>
    OwnMeasure,
}

/// <summary>Which verb is possible where, and the words of both.</summary>
public static class ReportLife
{
    /// <summary>Whether a verb is possible in a status.</summary>
    public static bool Allows(ReportStatus status, ReportVerb verb) =>
        verb switch
        {
            ReportVerb.Accept or ReportVerb.Decline or ReportVerb.Dispute => status == ReportStatus.Received,
            ReportVerb.Extend or ReportVerb.Conclude => status == ReportStatus.Accepted,
            ReportVerb.Reopen => status is ReportStatus.NotAccepted or ReportStatus.NotFound,
            ReportVerb.Add or ReportVerb.Withdraw => status is ReportStatus.Received or ReportStatus.Accepted,
            _ => true,
        };

    /// <summary>A status in its public word.</summary>
    public static (string Zh, string En) Name(ReportStatus status) =>
        status switch
        {
            ReportStatus.Received => ("已收到", "Received"),
            ReportStatus.NotAccepted => ("不予受理", "Not accepted"),
            ReportStatus.Accepted => ("核查中", "Being verified"),
            ReportStatus.BreachFound => ("已查实", "Breach found"),
            ReportStatus.NotFound => ("未发现违法", "No breach found"),
            ReportStatus.Withdrawn => ("已撤回", "Withdrawn"),
            _ => ("已移送", "Referred"),
        };

    /// <summary>What a status means for the reporter, and what can be done now.</summary>
    public static (string Zh, string En) Help(ReportStatus status) =>
        status switch
        {
            ReportStatus.Received => (
                "我们已收到，正在判断是否属于我们处理的范围。您可以继续补充线索。",
                "We have it and look whether it is ours to handle. You can add to it."
            ),
            ReportStatus.NotAccepted => (
                "这件举报我们不受理。原因和其他途径写在下面；有新线索可以重新举报。",
                "We do not take this report up. The reason and other ways stand below; with news, report again."
            ),
            ReportStatus.Accepted => (
                "我们正在核查。您可以继续补充线索；结论会写在这里。",
                "We are verifying it. You can add to it; the result will stand here."
            ),
            ReportStatus.BreachFound => (
                "核查发现了违法行为，处理方式写在下面。",
                "A breach was found; what is done about it stands below."
            ),
            ReportStatus.NotFound => (
                "核查没有发现违法行为。有新线索可以重新举报，并写上本次编号。",
                "No breach was found. With news, report again and give this number."
            ),
            ReportStatus.Withdrawn => (
                "您在受理前撤回了这件举报，我们不再办理。",
                "You withdrew it before it was taken up; we do nothing more about it."
            ),
            _ => (
                "已移送下列机关，由其依法处理。",
                "It was passed to the authority named below, which handles it under the law."
            ),
        };

    /// <summary>Where else somebody can go whose report is not taken up.</summary>
    public static readonly (string Zh, string En) OtherRoutes = (
        "其他途径：拨打 12315 或登录 12315 平台向市场监管部门举报；涉嫌犯罪的向公安机关报案；为自己维权可以另行投诉、仲裁或起诉。",
        "Other ways: report to the market regulator by phone 12315 or on its platform; go to the police where it "
            + "may be a crime; for your own rights, file a complaint, or go to arbitration or court."
    );

    /// <summary>Not possible in this status, and what is.</summary>
    public static Refusal WrongState(ReportVerb verb, ReportStatus status)
    {
        var (zh, en) = Name(status);
        return verb == ReportVerb.Withdraw
                ? new Refusal(
                    "report.wrong-state",
                    $"该举报{zh}，不能再撤回",
                    $"This report has ended ({en}) and cannot be withdrawn"
                )
            : verb == ReportVerb.Add
                ? new Refusal(
                    "report.wrong-state",
                    $"该举报{zh}，不能再补充；有新线索请另行举报，并写上本次编号",
                    $"This report has ended ({en}); with news, make a new one and give this number"
                )
            : new Refusal(
                "report.wrong-state",
                $"该举报{zh}，不能这样做；可以：{string.Join("、", Possible(status).Select(v => Word(v).Zh))}",
                $"Not possible: {en}. Possible: {string.Join(", ", Possible(status).Select(v => Word(v).En))}"
            );
    }

    private static IEnumerable<ReportVerb> Possible(ReportStatus status) =>
        Enum.GetValues<ReportVerb>().Where(verb => verb < ReportVerb.Add && Allows(status, verb));

    /// <summary>A verb as somebody does it: "you can …".</summary>
    public static (string Zh, string En) Word(ReportVerb verb) =>
        verb switch
        {
            ReportVerb.Accept => ("受理", "accept it"),
            ReportVerb.Decline => ("不予受理", "decline it"),
            ReportVerb.Dispute => ("登记权限争议", "record a conflict of competence"),
            ReportVerb.Extend => ("延长核查", "extend it"),
            ReportVerb.Conclude => ("作出结论", "conclude it"),
            ReportVerb.Add => ("补充", "add to it"),
            ReportVerb.Withdraw => ("撤回", "withdraw it"),
            ReportVerb.Hold => ("依法保全", "put it under a legal hold"),
            ReportVerb.LiftHold => ("解除保全", "lift the legal hold"),
            ReportVerb.Reopen => ("重新核查", "verify it again"),
            _ => ("告知举报人", "write to the reporter"),
        };
}
