using System.Globalization;
using Hengping.Rules.Clocks;

namespace Hengping.Rules.Complaints;

/// <summary>The move that brought a case to its status.</summary>
/// <param name="IsReview">It was reopened.</param>
public sealed record StatusMove(DateTimeOffset At, string By, bool IsReview);

/// <summary>
/// A "no" because of where a case stands says who brought it there and when, and what this person can do now. Staff are
/// named by what they are. Nobody is told of a move they may not know of.
/// </summary>
public sealed partial record Complaint
{
    private const int NamedMax = 6;

    /// <summary>How it came to its status.</summary>
    public StatusMove? Moved { get; init; }

    /// <summary>What somebody can do and is seldom looking for when they hear a "no".</summary>
    private static readonly Verb[] Aside =
    [
        Verb.ChangeConsents,
        Verb.Hold,
        Verb.LiftHold,
        Verb.Exclude,
        Verb.Include,
        Verb.DecideValidity,
    ];

    /// <summary>The same "no", with the same code, told to this person.</summary>
    public Refusal ToldTo(
        Refusal no,
        Verb verb,
        CaseActor by,
        CaseFacts facts,
        DateTimeOffset now,
        ComplaintPolicy policy
    )
    {
        if (no.Code != Life.WrongStateCode)
            return no;
        var can = Possible(by, facts, now, policy).Except(Aside).Take(NamedMax).ToList();
        var (name, to) = (Life.Name(Status), Life.Name(verb));
        var (zh, en) = HowItCame(by.Party, now) ?? ($"投诉现在是“{name.Zh}”", $"The complaint is {name.En}");
        var (canZh, canEn) = can.Count switch
        {
            > 0 => (
                $"您现在可以：{string.Join("、", can.Select(v => Life.Name(v).Zh))}。",
                $"Now you can: {string.Join(", ", can.Select(Life.Doing))}."
            ),
            _ when Ended && by.Party == Party.Claimant => (
                "此投诉已经结束，如有新的情况，可以另行投诉。",
                "It has ended; if something new happened, file a new one."
            ),
            _ => ("现在没有需要您办的。", "There is nothing for you to do now."),
        };
        return no with { Zh = $"{zh}，不能{to.Zh}。{canZh}", En = $"{en}; it cannot {to.En}. {canEn}" };
    }

    private (string Zh, string En)? HowItCame(Party reader, DateTimeOffset now)
    {
        // What a respondent may not know of is between the claimant and the desk.
        var isHidden =
            reader == Party.Respondent
            && Status is Status.Filed or Status.Returned or Status.Declined or Status.Unreached;
        // Of imported history the source said when, not always who.
        if (isHidden || Imported is not null || Moved is not { } move)
            return null;
        var (zh, en) = move.IsReview ? Life.Reopened : Life.Came(Status);
        var at = move.At.ToOffset(Shanghai.Offset);
        var isThisYear = Shanghai.DayOf(move.At).Year == Shanghai.DayOf(now).Year;
        var (whoZh, whoEn) = Who(move, reader);
        return (
            $"{whoZh}已于{Said(isThisYear ? "M月d日 HH:mm" : "yyyy年M月d日 HH:mm")} {zh}",
            $"{whoEn} {en} on {Said(isThisYear ? "d MMM HH:mm" : "d MMM yyyy HH:mm")}"
        );

        string Said(string form) => at.ToString(form, CultureInfo.InvariantCulture);
    }

    private (string Zh, string En) Who(StatusMove move, Party reader)
    {
        var who =
            move.By.StartsWith("staff:", StringComparison.Ordinal) ? Party.Mediator
            : move.By == "clock" ? Party.Clock
            : Status is Status.Contested or Status.Replied ? Party.Respondent
            : Party.Claimant;
        return who switch
        {
            // Both have said yes, whoever said it last.
            _ when Status == Status.Settled => ("双方", "Both sides"),
            Party.Mediator => reader == Party.Mediator ? ("调解员", "A mediator") : ("调解员", "The mediator"),
            Party.Clock => ("系统", "The clock"),
            _ when who == reader => ("您", "You"),
            Party.Respondent => ("被投诉方", "The respondent"),
            _ => ("投诉人", "The claimant"),
        };
    }
}
