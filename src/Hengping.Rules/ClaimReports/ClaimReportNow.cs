using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;

namespace Hengping.Rules.ClaimReports;

/// <summary>What somebody is to a report.</summary>
public enum ClaimReportSide
{
    /// <summary>Nothing: it is not there for them.</summary>
    None,

    /// <summary>Who made it.</summary>
    Merchant,

    /// <summary>Whom it is about.</summary>
    Claimant,

    /// <summary>Whoever decides.</summary>
    Desk,
}

/// <summary>轮到谁: what waits, who does it, by when, and what happens otherwise.</summary>
public sealed record ClaimReportTurn(ClaimReportSide Who, ClaimReportVerb Verb, DateTimeOffset? By, TurnEnd Otherwise);

/// <summary>Who may do what now: doors, <c>can</c> and pages ask here.</summary>
public sealed partial record ClaimReport
{
    private static readonly TurnEnd ThenWithout = new(
        "到期没有陈述，将依据已有材料决定",
        "After that it is decided on what is there"
    );

    private static readonly TurnEnd Overdue = new(
        "逾期排到待办的最前面，并计入公开的逾期数",
        "After that it stands on top of the queue and is counted as overdue in public"
    );

    private static readonly TurnEnd ThenInEffect = new(
        "到期没有申诉，决定生效，所列订单不再计入店铺的退款指标",
        "After that the decision takes effect, and the orders leave the shop's refund metrics"
    );

    /// <summary>When it came to its status.</summary>
    public DateTimeOffset MovedAt { get; init; }

    /// <summary>The one thing that waits; null where nothing does.</summary>
    public ClaimReportTurn? Turn(DateTimeOffset now) =>
        IsShut
            ? null
            : Status switch
            {
                ClaimReportStatus.Held => new(ClaimReportSide.Desk, ClaimReportVerb.Admit, DecideBy, Overdue),
                ClaimReportStatus.Hearing when HearBy > now => new(
                    ClaimReportSide.Claimant,
                    ClaimReportVerb.State,
                    HearBy,
                    ThenWithout
                ),
                ClaimReportStatus.Hearing or ClaimReportStatus.Heard => new(
                    ClaimReportSide.Desk,
                    ClaimReportVerb.Decide,
                    DecideBy,
                    Overdue
                ),
                ClaimReportStatus.Upheld => new(
                    ClaimReportSide.Claimant,
                    ClaimReportVerb.Appeal,
                    AppealBy,
                    ThenInEffect
                ),
                ClaimReportStatus.Appealed => new(ClaimReportSide.Desk, ClaimReportVerb.Review, ReviewBy, Overdue),
                _ => null,
            };

    /// <summary>Whether a verb is this side's at all.</summary>
    public static bool IsOf(ClaimReportVerb verb, ClaimReportSide side) =>
        verb switch
        {
            ClaimReportVerb.Withdraw => side == ClaimReportSide.Merchant,
            ClaimReportVerb.State or ClaimReportVerb.Appeal => side == ClaimReportSide.Claimant,
            ClaimReportVerb.TakeEffect => false,
            _ => side == ClaimReportSide.Desk,
        };

    /// <summary>Why a verb is not possible now for somebody, as far as that hangs on no words.</summary>
    public Refusal? Why(ClaimReportVerb verb, Guid account, DateTimeOffset now) =>
        No(verb) is { } no ? no
        : verb is ClaimReportVerb.Review or ClaimReportVerb.Revoke && account == Decider ? OwnDecision
        : verb == ClaimReportVerb.Appeal && now > AppealBy ? TooLate
        : null;

    /// <summary>The verbs that are open to somebody now.</summary>
    public IReadOnlyList<ClaimReportVerb> Can(ClaimReportSide side, Guid account, DateTimeOffset now) =>
        [.. Enum.GetValues<ClaimReportVerb>().Where(verb => IsOf(verb, side) && Why(verb, account, now) is null)];

    /// <summary>Somebody who hears a "no": what they are to it, and what they can do now.</summary>
    public Hearer ToSide(ClaimReportSide side, Guid account, DateTimeOffset now) =>
        new(NameOf(side), [.. Can(side, account, now).Select(ClaimReportLife.Word)], now);

    private static string NameOf(ClaimReportSide side) =>
        side switch
        {
            ClaimReportSide.Merchant => "merchant",
            ClaimReportSide.Claimant => "claimant",
            _ => "",
        };

    private Stood StoodFor(ClaimReportVerb verb)
    {
        (string, string) did = Status switch
        {
            ClaimReportStatus.Held => ("提交，正在等人工查看", "filed it, and a human looks first"),
            ClaimReportStatus.Hearing => ("转入听取陈述", "let the claimant be heard"),
            ClaimReportStatus.Heard => ("陈述，正在等决定", "made a statement, and it waits for a decision"),
            ClaimReportStatus.Upheld => ("认定成立", "upheld it"),
            ClaimReportStatus.Rejected => ("认定不成立", "rejected it"),
            ClaimReportStatus.Withdrawn => ("撤回", "withdrew it"),
            ClaimReportStatus.Appealed => ("申诉，正在等决定", "appealed, and it waits for a decision"),
            ClaimReportStatus.InEffect => ("使其生效", "let it take effect"),
            _ => ("撤销", "overturned it"),
        };
        (ClaimReportSide side, (string, string) who) = Status switch
        {
            ClaimReportStatus.Held or ClaimReportStatus.Withdrawn => (
                ClaimReportSide.Merchant,
                ("举报的商家", "The merchant")
            ),
            ClaimReportStatus.Heard or ClaimReportStatus.Appealed => (
                ClaimReportSide.Claimant,
                ("被举报人", "The claimant")
            ),
            _ => (ClaimReportSide.Desk, ("平台", "The platform")),
        };
        var (zh, en) = ClaimReportLife.Name(Status);
        return new(
            ($"该举报现在是“{zh}”", $"This report stands as “{en}”"),
            ClaimReportLife.Word(verb),
            new Came(NameOf(side), who, did, MovedAt)
        );
    }
}
