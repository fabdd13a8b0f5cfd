namespace Hengping.Rules.ClaimReports;

/// <summary>Why a report is not taken or decided.</summary>
public sealed partial record ClaimReport
{
    /// <summary>The same order again.</summary>
    public static Refusal SameOrder(string number) =>
        new(
            "claim-report.same-order",
            $"其中的订单已在举报 {number} 中，不能重复举报；请查看该举报",
            $"One of these orders is in report {number} already; see that report"
        );

    /// <summary>The case is not one of this shop's.</summary>
    public static readonly Refusal NotYourCase = new(
        "claim-report.case",
        "没有这件投诉，或它不是针对您店铺的消费者投诉",
        "There is no such complaint, or it is not a consumer's complaint against your shop"
    );

    /// <summary>Nobody could be heard.</summary>
    public static readonly Refusal NeedsWhom = new(
        "claim-report.whom",
        "请填写对方的投诉编号或手机号：决定之前要听取对方陈述",
        "Give the number of their complaint or their phone: they are heard before anything is decided"
    );

    /// <summary>No order and no word of what was demanded.</summary>
    public static readonly Refusal NeedsDemand = new(
        "claim-report.demand",
        "没有订单时，请写明对方威胁或索要了什么",
        "Where there is no order, say what was threatened or demanded"
    );

    /// <summary>The claimant has not been told.</summary>
    public static readonly Refusal NotTold = new(
        "claim-report.not-told",
        "对方还不知道这件举报，不能认定成立；请先转入听取陈述，或认定不成立",
        "The claimant does not know of it yet, so it cannot be upheld: let it go to them first, or reject it"
    );

    /// <summary>The claimant still has time.</summary>
    public static readonly Refusal NotHeard = new(
        "claim-report.not-heard",
        "对方还没有陈述，陈述时间也没有结束，不能认定成立",
        "The claimant has not spoken and still has time to: it cannot be upheld yet"
    );

    /// <summary>Upheld on nothing.</summary>
    public static readonly Refusal NeedsGround = new(
        "claim-report.ground",
        "认定成立至少要有一项依据：威胁、掉包、夹带或伪造、捏造事实、以施压索要超出法律规定的金额；投诉次数和职业不是依据",
        "To uphold it takes a ground: threat, swap, planting or forging, invented facts, or sums beyond the law under "
            + "pressure; number of claims and profession are none"
    );

    /// <summary>Rejected, with grounds.</summary>
    public static readonly Refusal NoGroundToReject = new(
        "claim-report.no-ground",
        "认定不成立时不选依据，请在理由中说明",
        "What is rejected has no ground; say why in the reasons"
    );

    /// <summary>After seven days.</summary>
    public static readonly Refusal TooLate = new(
        "claim-report.too-late",
        "7日申诉期已过。发现决定有误的，可以向我们反映，由另一位审核人员复查后撤销",
        "The 7 days to appeal are over. If the decision is wrong, tell us: another reviewer can revoke it"
    );

    /// <summary>Four eyes.</summary>
    public static readonly Refusal OwnDecision = new(
        "claim-report.own-decision",
        "原决定由您作出，要由另一位审核人员或管理员来办",
        "You took the decision; another reviewer or an admin does this"
    );

    /// <summary>Its time has not come.</summary>
    public static readonly Refusal NotYet = new("claim-report.not-yet", "时间还没到", "Its time has not come");

    /// <summary>Code of <see cref="LookFirst"/>.</summary>
    public const string LookFirstCode = "claim-report.look";

    /// <summary>All of a decision is right, and nothing was decided: whoever asked to be asked looks it over.</summary>
    public static readonly Refusal LookFirst = new(
        LookFirstCode,
        "还没有决定。请看一遍，再确认",
        "Nothing is decided yet: look it over, then confirm"
    );

    /// <summary>Nobody can read it any more.</summary>
    public static readonly Refusal Gone = new(
        "claim-report.gone",
        "该举报已按规定删除或封存",
        "This report was erased or locked"
    );
}
