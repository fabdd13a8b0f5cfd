namespace Hengping.Rules.Measures;

/// <summary>轮到谁: what waits in a measure; who must or may do what, by when, and what happens otherwise.</summary>
/// <param name="Who">Whose move; null where it is the clock's.</param>
/// <param name="IsRight">They may and need not.</param>
public sealed record MeasureTurn(
    MeasureSide? Who,
    MeasureVerb? Verb,
    DateTimeOffset? By,
    bool IsRight,
    string Zh,
    string En
);

/// <summary>Whose turn it is.</summary>
public sealed partial record Measure
{
    /// <summary>The one line of a reader: what they must do, else what they may, else what waits for others.</summary>
    public MeasureTurn? TurnFor(MeasureSide side, Guid who, DateTimeOffset now)
    {
        var can = Can(side, who, now);
        return Turns(now)
            .Where(turn => !turn.IsRight || IsMine(turn, side, can))
            .OrderBy(turn =>
                turn.Who is null ? 3
                : !IsMine(turn, side, can) ? 2
                : turn.IsRight ? 1
                : 0
            )
            .ThenBy(turn => turn.By ?? DateTimeOffset.MaxValue)
            .FirstOrDefault();
    }

    /// <summary>Whether a line is a reader's to do now.</summary>
    public bool IsMine(MeasureTurn turn, MeasureSide side, Guid who, DateTimeOffset now) =>
        IsMine(turn, side, Can(side, who, now));

    // What the admin must do is not the reviewer's; what a reviewer must do the admin may.
    private static bool IsMine(MeasureTurn turn, MeasureSide side, IReadOnlyList<MeasureVerb> can) =>
        (turn.Who == side || (turn.Who == MeasureSide.Reviewer && side == MeasureSide.Admin))
        && (turn.Verb is not { } verb || verb == MeasureVerb.Appeal || can.Contains(verb));

    /// <summary>All that waits.</summary>
    public IEnumerable<MeasureTurn> Turns(DateTimeOffset now)
    {
        if (IsShut)
            yield break;
        if (IsHumanDue)
            yield return new(
                MeasureSide.Reviewer,
                MeasureVerb.Look,
                HumanBy,
                IsRight: false,
                "逾期计入公示的超期数",
                "Late answers are counted in public"
            );
        if (Status == MeasureStatus.Announced)
        {
            if (AnsweredAt is null && AnswerBy > now)
                yield return new(
                    MeasureSide.Addressee,
                    MeasureVerb.Answer,
                    AnswerBy,
                    // A right, but nothing goes on before it is over: everybody sees that it is waited for.
                    IsRight: false,
                    "没有陈述的，期满后由另一位审核员决定",
                    "Without an answer, another reviewer decides after that"
                );
            else
                yield return new(
                    MeasureSide.Reviewer,
                    MeasureVerb.Sign,
                    SignBy ?? AnswerBy,
                    IsRight: false,
                    "未签署的预告措施不生效",
                    "Unsigned, an announced measure has no effect"
                );
        }
        if (Status == MeasureStatus.Proposed)
            yield return new(
                OverdueAt is null ? MeasureSide.Reviewer : MeasureSide.Admin,
                MeasureVerb.Sign,
                SignBy,
                IsRight: false,
                !IsUrgent ? "未签署的措施不生效"
                    : StaysUnsigned ? "商品仍保持停售，转管理员并公示为超期"
                    : "措施自动失效",
                !IsUrgent ? "Unsigned, it has no effect"
                    : StaysUnsigned ? "The goods stay off sale, the admin has it, and it counts as overdue in public"
                    : "It lapses"
            );
        if (Status is MeasureStatus.Notified or MeasureStatus.InForce)
            foreach (var turn in TurnsInForce(now))
                yield return turn;
    }

    private IEnumerable<MeasureTurn> TurnsInForce(DateTimeOffset now)
    {
        if (IsIpNotice && StatedAt is null)
            yield return new(
                MeasureSide.Addressee,
                MeasureVerb.State,
                By: null,
                IsRight: true,
                "不声明则措施继续",
                "Without a statement the measure goes on"
            );
        if (SuitBy is not null && SuedAt is null)
            yield return new(
                Who: null,
                Verb: null,
                SuitBy,
                IsRight: false,
                "权利人未投诉或起诉，措施届时解除",
                "If the holder of the right goes nowhere, it is lifted then"
            );
        if (AppealBy > now && Appeal is null)
            yield return new(
                MeasureSide.Addressee,
                MeasureVerb.Appeal,
                AppealBy,
                IsRight: true,
                "逾期申诉需说明理由，最长六个月",
                "Later, for up to six months, an appeal needs a reason"
            );
        if (Status == MeasureStatus.Notified)
            yield return new(
                Who: null,
                Verb: null,
                StartsAt,
                IsRight: false,
                "通知期满即生效",
                "It takes effect when its notice is over"
            );
        if (EndsOn is { } day)
            yield return new(
                Who: null,
                Verb: null,
                Clocks.Shanghai.EndOf(day),
                IsRight: false,
                "届时自动到期",
                "It ends by itself then"
            );
    }
}
