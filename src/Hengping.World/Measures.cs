using Hengping.Rules;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;
using Hengping.Rules.Measures;
using Hengping.Rules.Operators;
using Hengping.Rules.RuleRegister;

namespace Hengping.World;

/// <summary>An event of a measure with the time and author the log will hold.</summary>
public sealed record MeasureStamp(MeasureEvent Event, DateTimeOffset At, string Author);

/// <summary>One lived measure.</summary>
public sealed record MeasureLived(Guid Id, IReadOnlyList<MeasureStamp> Story);

/// <summary>
/// Measures of the last weeks, of every kind and with every outcome, by the clauses of the market's rules that were in
/// force on the day of the facts. Whom they concern and the hours are chance.
/// </summary>
public sealed partial class Measures
{
    private const string Answer = "measure.answer";
    private readonly Market market;
    private readonly Func<string, DateTimeOffset, Deadline?> count;
    private readonly Chance chance;
    private readonly List<MeasureStamp> story = [];
    private readonly IReadOnlyList<(Guid Id, RuleTopic Topic, PlatformRule Rule)> rules;
    private Measure? measure;
    private DateTimeOffset now;
    private string addressee = "";

    private Measures(
        Market market,
        IReadOnlyList<(Guid Id, RuleTopic Topic, PlatformRule Rule)> rules,
        Func<string, DateTimeOffset, Deadline?> count,
        int index
    )
    {
        (this.market, this.rules, this.count) = (market, rules, count);
        chance = new Chance(market.Seed, "measure", index);
    }

    /// <summary>All of them.</summary>
    /// <param name="lived">The market's rules.</param>
    /// <param name="count">Counts a clock of the rulebook from an instant.</param>
    public static IReadOnlyList<MeasureLived> Of(
        Market market,
        IReadOnlyList<RuleLived> lived,
        Func<string, DateTimeOffset, Deadline?> count
    )
    {
        var rules = lived
            .Select(rule =>
                (
                    rule.Id,
                    rule.Topic,
                    rule.Story.Aggregate((PlatformRule?)null, (state, s) => PlatformRule.Fold(state, s.Event, s.At))!
                )
            )
            .ToList();
        return
        [
            .. MeasuresOfWorld
                .All.Select((script, index) => new Measures(market, rules, count, index).Play(script))
                .Where(one => one.Story.Count > 0),
        ];
    }

    private Guid Reviewer => market.Reviewer.Id;
    private Guid Admin => market.Admin.Id;

    private MeasureLived Play(MeasureScript script)
    {
        var id = Lot();
        var day = Shanghai.DayOf(market.End).AddDays(-script.DaysAgo);
        now = Shanghai.StartOf(day).AddMinutes(script.DaysAgo == 0 ? 1 : chance.Between(9 * 60, 17 * 60));
        if (now >= market.End)
            now = market.End.AddMinutes(-1);
        var factsOn = day.AddDays(-chance.Between(1, 4));
        if (DraftOf(script, factsOn, day) is not { } draft)
            return new MeasureLived(id, story);
        var terms = new MeasureTerms(Due(Answer), Due("measure.signature"), Due("measure.human"));
        var number = CaseNumber.From(chance.Bits());
        var by = script.Automation == Automation.Fully ? Admin : Reviewer;
        Take(_ => Measure.Propose(number, draft, OperatorKind.Marketplace, terms, by), Staff(by));
        Live(script);
        RunClock(market.End);
        return new MeasureLived(id, story);
    }

    private void Live(MeasureScript script)
    {
        if (script.Fate == MeasureFate.Waits)
            return;
        if (measure!.Status == MeasureStatus.Announced && script.Fate is MeasureFate.Heard or MeasureFate.Dropped)
        {
            Wait(chance.Between(5, 40));
            Take(
                m =>
                    m.Answering(
                        Guid.Empty,
                        "情况属实，我们已经停止并联系买家处理，请从轻。",
                        [],
                        Due("measure.human"),
                        now
                    ),
                addressee
            );
            AtDesk(chance.Between(3, 20));
        }
        else if (measure.AnswerBy is { } answerBy)
            now = answerBy.AddHours(chance.Between(10, 14));
        else if (script.IsUrgent)
            Wait(chance.Between(1, 3));
        else
            AtDesk(chance.Between(1, 12));
        if (script.Fate == MeasureFate.Dropped)
        {
            Take(m => m.Drop(MeasureSide.Admin, Admin, "核对后证据不足以认定，决定不予采取。", now), Staff(Admin));
            return;
        }
        Take(Sign, Staff(Admin));
        switch (script.Fate)
        {
            case MeasureFate.Lifted:
                AtDesk(24 * chance.Between(4, 8));
                Take(
                    m => m.Lift(MeasureSide.Reviewer, Reviewer, "condition-met", "已提交有效材料，核验通过。", now),
                    Staff(Reviewer)
                );
                break;
            case MeasureFate.AsksHuman:
                Wait(chance.Between(2, 20));
                Take(m => m.AskHuman(Guid.Empty, null, [], Due("measure.human"), now), addressee);
                AtDesk(chance.Between(3, 8));
                Take(
                    m => m.Look(MeasureSide.Reviewer, Reviewer, "我重新听了录音并核对了订单，限制范围不变。", now),
                    Staff(Reviewer)
                );
                break;
            case MeasureFate.Appealed or MeasureFate.Upheld or MeasureFate.Overturned:
                ToAppeal(script.Fate);
                break;
            case MeasureFate.Stated or MeasureFate.Sued:
                Wait(chance.Between(10, 50));
                Take(
                    m =>
                        m.State(
                            Guid.Empty,
                            "图案由我方设计师原创，附设计稿和时间证明，不侵权。",
                            [],
                            Due("measure.suit") ?? now,
                            now
                        ),
                    addressee
                );
                if (script.Fate == MeasureFate.Stated)
                    break;
                AtDesk(24 * 3);
                Take(
                    m => m.Sue(MeasureSide.Reviewer, Reviewer, "权利人已向知识产权法院起诉，提供受理通知书。", now),
                    Staff(Reviewer)
                );
                break;
        }
    }

    private Decided<MeasureEvent> Sign(Measure m)
    {
        var starts = m.NeedsNotice && Due("measure.closing") is { } due ? Measure.AfterNotice(due) : now;
        var note = m.AnsweredAt is null
            ? null
            : "已阅陈述：已经处理属实，但违规已经发生，仍应采取这项措施；限制不扩大到其他商品和业务。";
        return m.Sign(MeasureSide.Admin, Admin, note, starts, Due("measure.appeal"), now);
    }

    // Decided by somebody from outside: both of the staff had a part in it.
    private void ToAppeal(MeasureFate fate)
    {
        var (appeal, second) = (Lot(), Lot());
        Wait(chance.Between(10, 100));
        Take(m => m.Appealing(appeal, now), addressee);
        if (fate == MeasureFate.Appealed)
            return;
        AtDesk(24 * 3);
        Take(
            m =>
                fate == MeasureFate.Upheld
                    ? m.Uphold(appeal, second, now)
                    : m.Overturn(appeal, AppealTexts.Of(m.Reason).WhyWrong, now, second),
            Staff(Admin)
        );
    }

    private static string Staff(Guid who) => $"staff:{who:D}";

    private DateTimeOffset? Due(string clock) => count(clock, now)?.Due;

    private void Wait(int hours) => now += TimeSpan.FromHours(hours);

    // Staff act by day; what is urgent is signed at once.
    private void AtDesk(int hours)
    {
        var local = (now + TimeSpan.FromHours(hours)).ToOffset(Shanghai.Offset);
        if (local.Hour is < 9 or >= 18)
            local = Shanghai.StartOf(Shanghai.DayOf(local)).AddDays(local.Hour < 9 ? 0 : 1).AddMinutes(570);
        now = local.ToUniversalTime();
    }

    // What the clock did before somebody acts.
    private void RunClock(DateTimeOffset until)
    {
        while (measure?.TickAt is { } at && at.AddSeconds(1) < until && measure.Tick(at.AddSeconds(1)) is { } happened)
            Keep(happened, at.AddSeconds(1), "clock");
    }

    // Nothing happens at or after the end of the world.
    private void Take(Func<Measure, Decided<MeasureEvent>> decide, string author)
    {
        if (now >= market.End)
            return;
        RunClock(now);
        var decided = decide(measure!);
        if (decided.Event is { } happened)
            Keep(happened, now, author);
        else if (measure is null || MeasureLife.IsOpen(measure.Status))
            throw new InvalidOperationException($"A measure of the world: {decided.Refusal!.En}");
    }

    private void Keep(MeasureEvent happened, DateTimeOffset at, string author)
    {
        story.Add(new MeasureStamp(happened, at, author));
        measure = Measure.Fold(measure, happened, at);
    }

    // Drawn by lot, as the program's own.
    private Guid Lot()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, chance.Bits());
        BitConverter.TryWriteBytes(bytes[8..], chance.Bits());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
