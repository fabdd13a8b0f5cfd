using Hengping.Rules;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;
using Hengping.Rules.RuleRegister;

namespace Hengping.World;

/// <summary>An event of a rule with the time and author the log will hold.</summary>
public sealed record RuleStamp(RuleEvent Event, DateTimeOffset At, string Author);

/// <summary>One rule of the platform in all its versions.</summary>
public sealed record RuleLived(Guid Id, RuleTopic Topic, IReadOnlyList<RuleStamp> Story);

/// <summary>An opinion on a draft, with the answer where there is one.</summary>
public sealed record OpinionLived(Guid Id, Guid Person, IReadOnlyList<(OpinionEvent Event, DateTimeOffset At)> Story);

/// <summary>
/// The rules of the platform over the year: what was in force before it, what changed in it, and one in each stage of
/// being changed. Measures cite their clauses by the day of the facts.
/// </summary>
public sealed class PlatformRules
{
    private readonly Market market;
    private readonly Func<string, DateTimeOffset, Deadline?> notice;
    private readonly Chance chance;
    private readonly List<RuleStamp> story = [];
    private readonly DateOnly end;
    private PlatformRule? rule;

    private PlatformRules(Market market, Func<string, DateTimeOffset, Deadline?> notice, int index)
    {
        this.market = market;
        this.notice = notice;
        chance = new Chance(market.Seed, "rule", index);
        end = Shanghai.DayOf(market.End);
    }

    /// <summary>All of them.</summary>
    /// <param name="notice">Counts a clock of the rulebook from an instant.</param>
    public static IReadOnlyList<RuleLived> Of(Market market, Func<string, DateTimeOffset, Deadline?> notice) =>
        [.. RuleTextsOfWorld.All.Select((script, index) => new PlatformRules(market, notice, index).Play(script))];

    /// <summary>What people said of the drafts, of those who have complained before.</summary>
    public static IReadOnlyList<OpinionLived> OpinionsOn(Market market, IReadOnlyList<RuleLived> rules) =>
        [
            .. rules.SelectMany(
                (rule, index) =>
                    rule
                        .Story.Where(stamp => stamp.Event is RuleEvent.Consulted)
                        .SelectMany(stamp => Said(market, rule, (RuleEvent.Consulted)stamp.Event, stamp.At, index))
            ),
        ];

    private static IEnumerable<OpinionLived> Said(
        Market market,
        RuleLived rule,
        RuleEvent.Consulted asked,
        DateTimeOffset at,
        int index
    )
    {
        var chance = new Chance(market.Seed, "opinion", (index * 10) + asked.Version);
        foreach (var (clause, text, outcome, why) in RuleTextsOfWorld.OpinionsOf(rule.Topic))
        {
            var known = market.Cases.Where(c => c.Claimant is not null && c.FiledAt < at).ToList();
            if (known.Count == 0)
                yield break;
            var person = chance.Pick(known).Claimant!.Id;
            var said = at.AddHours(chance.Between(5, 60));
            if (said >= market.End)
                continue;
            List<(OpinionEvent, DateTimeOffset)> story =
            [
                (new OpinionEvent.Given(rule.Id, asked.Version, clause, person, asked.Until) { Text = text }, said),
            ];
            var answered = said.AddHours(chance.Between(20, 70));
            if (answered < market.End && Shanghai.DayOf(market.End) > asked.Until)
                story.Add((new OpinionEvent.Answered(outcome, why), answered));
            yield return new OpinionLived(Lot(chance), person, story);
        }
    }

    private RuleLived Play(RuleScript script)
    {
        var id = Lot(chance);
        Keep(new RuleEvent.Begun(script.Topic), At(Shanghai.DayOf(market.Start).AddDays(1)));
        // In force long before the year: what happened in it is judged by it.
        var first = Shanghai.DayOf(market.Start).AddDays(-200);
        var recorded = Shanghai.DayOf(market.Start).AddDays(1);
        var now = At(recorded);
        Take(r => r.Draft(Wording(script, script.Versions[0]), recorded), now);
        Take(
            r => r.Record(r.Versions[^1], market.Admin.Id, first.AddDays(-20), first, recorded, null, asksNotice: true),
            now
        );
        Take(r => r.Confirm(r.Versions[^1], market.Reviewer.Id, recorded), now.AddHours(1), market.Reviewer);
        foreach (var version in script.Versions.Skip(1))
            Change(script, version);
        return new RuleLived(id, script.Topic, story);
    }

    private void Change(RuleScript script, VersionScript version)
    {
        var begun = end.AddDays(-version.DaysAgo);
        Take(r => r.Draft(Wording(script, version), begun), At(begun));
        if (version.IsTechnical)
        {
            Take(r => r.MarkTechnical(r.Versions[^1], market.Admin.Id, begun), At(begun).AddHours(1));
            Take(
                r => r.MarkTechnical(r.Versions[^1], market.Reviewer.Id, begun.AddDays(1)),
                At(begun.AddDays(1)),
                market.Reviewer
            );
            return;
        }
        var until = begun.AddDays(version.AskedDays);
        Take(r => r.Consult(r.Versions[^1], until, begun), At(begun).AddHours(1));
        if (until >= end || version.NoticeDays is not { } days)
            return;
        var on = until.AddDays(3);
        var inForceOn = on.AddDays(days);
        var wanted = new RulePublication(
            inForceOn,
            version.Grounds,
            version.TransitionDays is { } t ? on.AddDays(t) : null
        );
        Take(
            r =>
                r.Publish(
                    r.Versions[^1],
                    wanted,
                    on,
                    notice(PlatformRule.NoticeClock(version.Grounds), At(on)),
                    unanswered: 0
                ),
            At(on)
        );
    }

    private static RuleWording Wording(RuleScript script, VersionScript version)
    {
        var faults = new FieldFaults();
        var clauses = RuleText.Clauses(version.Zh, version.En, isRecorded: false, faults);
        return faults.None
            ? new RuleWording(
                script.TitleZh,
                script.TitleEn,
                clauses,
                version.ChangeZh,
                version.ChangeEn,
                version.ReasonZh,
                version.ReasonEn
            )
            : throw new InvalidOperationException($"A rule of the world: {faults.All.Values.First().En}");
    }

    private static DateTimeOffset At(DateOnly day) => Shanghai.StartOf(day).AddHours(10).ToUniversalTime();

    // Nothing happens at or after the end of the world.
    private void Take(Func<PlatformRule, Decided<RuleEvent>> decide, DateTimeOffset at, StaffPlan? by = null)
    {
        if (at >= market.End)
            return;
        var decided = decide(rule!);
        Keep(
            decided.Event ?? throw new InvalidOperationException($"A rule of the world: {decided.Refusal!.En}"),
            at,
            by
        );
    }

    private void Keep(RuleEvent happened, DateTimeOffset at, StaffPlan? by = null)
    {
        story.Add(new RuleStamp(happened, at, $"staff:{(by ?? market.Admin).Id:D}"));
        rule = PlatformRule.Fold(rule, happened, at);
    }

    private static Guid Lot(Chance chance)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, chance.Bits());
        BitConverter.TryWriteBytes(bytes[8..], chance.Bits());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
