using Hengping.Rules.Clocks;

namespace Hengping.Rules.RuleRegister;

/// <summary>How a version is to be announced.</summary>
/// <param name="Grounds">Why the longer notice holds; none for the usual one.</param>
/// <param name="Asked">How opinions were asked for elsewhere, where it was not here.</param>
public sealed record RulePublication(
    DateOnly InForceOn,
    IReadOnlyList<RuleGround> Grounds,
    DateOnly? TransitionFrom = null,
    string? Asked = null
);

/// <summary>What may be done to a version, and when not.</summary>
public sealed partial record PlatformRule
{
    /// <summary>The clock of a notice: usual, or longer (令116 art. 12).</summary>
    public static string NoticeClock(IReadOnlyList<RuleGround> grounds) =>
        grounds.Count == 0 ? "rule-change.notice" : "rule-change.major";

    /// <summary>The first day that a version can be in force: the notice is over, and nobody waits for less than all of
    /// it.</summary>
    /// <param name="notice">The clock of the notice; null where no law knew one.</param>
    /// <param name="today">The day of the notice.</param>
    public static DateOnly Earliest(Deadline? notice, DateOnly today) => (notice?.DueDay ?? today).AddDays(1);

    /// <summary>The version that somebody works at, or that has not begun yet; null where there is none.</summary>
    public RuleVersion? Open(DateOnly on) => Versions.Find(v => v.IsOpenOn(on));

    /// <summary>拟定: another version. One at a time, so that everybody knows which one comes.</summary>
    public Decided<RuleEvent> Draft(RuleWording wording, DateOnly today) =>
        Open(today) is { } open ? StillOpen(open.No) : new RuleEvent.Drafted(Versions.Count + 1, wording);

    /// <summary>A draft says something else; after the consultation for one.</summary>
    public Decided<RuleEvent> Revise(RuleVersion version, RuleWording wording, DateOnly today) =>
        No(version, RuleVerb.Revise, today)
        ?? StillAsking(version, today)
        ?? (Decided<RuleEvent>)new RuleEvent.Revised(version.No, wording);

    /// <summary>征求意见, to the end of a day.</summary>
    public Decided<RuleEvent> Consult(RuleVersion version, DateOnly until, DateOnly today) =>
        No(version, RuleVerb.Consult, today) is { } no ? no
        : until <= today ? EndsTooSoon
        : new RuleEvent.Consulted(version.No, until);

    /// <summary>公示: with the day it takes effect, not before the notice is over.</summary>
    /// <param name="notice">The clock of the notice from today on; null where no law knew one.</param>
    /// <param name="unanswered">Opinions on this version that nobody has answered.</param>
    public Decided<RuleEvent> Publish(
        RuleVersion version,
        RulePublication wanted,
        DateOnly today,
        Deadline? notice,
        long unanswered
    ) =>
        No(version, RuleVerb.Publish, today)
        ?? StillAsking(version, today)
        ?? (
            wanted.InForceOn < Earliest(notice, today) ? TooEarly(notice, today)
            : wanted.Grounds.Contains(RuleGround.HeavyEffect) && wanted.TransitionFrom is null ? NoTransition
            : wanted.TransitionFrom is { } from && (from < Earliest(notice, today) || from >= wanted.InForceOn)
                ? TransitionDays
            : version.ConsultationUntil is null && wanted.Asked is null ? NoConsultation
            : unanswered > 0 ? Unanswered(unanswered)
            : (Decided<RuleEvent>)
                new RuleEvent.Published(
                    version.No,
                    today,
                    wanted.InForceOn,
                    wanted.Grounds,
                    wanted.TransitionFrom,
                    wanted.Asked,
                    notice is null ? null : Earliest(notice, today)
                )
        );

    /// <summary>
    /// 补录: a version that was in force before the register held the first one of this rule, oldest first. Another
    /// person confirms it. What changes later is announced.
    /// </summary>
    /// <param name="by">The account that says so.</param>
    /// <param name="announced">The day it was announced.</param>
    /// <param name="notice">The clock of a notice from that day on; null where no law knew one.</param>
    /// <param name="asksNotice">The law knew one on the day it came into force.</param>
    public Decided<RuleEvent> Record(
        RuleVersion version,
        Guid by,
        DateOnly? announced,
        DateOnly inForceOn,
        DateOnly today,
        Deadline? notice,
        bool asksNotice
    ) =>
        inForceOn > today ? NotYet
        : Versions.Exists(v => v.NoticeOn is not null && !v.IsRecorded) ? RecordedLate
        : Shanghai.DayOf(Versions[0].DraftedAt) is var known && inForceOn >= known ? RecordedAfter(known)
        : Versions.Exists(v => v.InForceOn >= inForceOn) ? OutOfOrder
        : announced is null && asksNotice ? WhenAnnounced
        : notice is not null && inForceOn < Earliest(notice, today) ? TooEarly(notice, today)
        : new RuleEvent.Recorded(version.No, announced, inForceOn, by);

    /// <summary>补录确认: a second person says that it was in force then.</summary>
    public Decided<RuleEvent> Confirm(RuleVersion version, Guid by, DateOnly today) =>
        No(version, RuleVerb.Confirm, today)
        ?? (version.Recording!.By == by ? SameRecorder : (Decided<RuleEvent>)new RuleEvent.Confirmed(version.No, by));

    /// <summary>
    /// 技术性调整: it only reads differently, say two people. Any word, number, date or mark that changed outside markup
    /// bars it.
    /// </summary>
    public Decided<RuleEvent> MarkTechnical(RuleVersion version, Guid by, DateOnly today) =>
        No(version, RuleVerb.MarkTechnical, today)
        ?? (
            version.IsTechnical ? AlreadyTechnical
            : version.TechnicalBy.Contains(by) ? SamePerson
            : Before(version, today) is not { } before ? NothingBefore
            : Difference(before, version) is { } change ? SaysElse(change.Before, change.After)
            : (Decided<RuleEvent>)new RuleEvent.Technical(version.No, by, today)
        );

    /// <summary>撤回: what has not taken effect does not.</summary>
    public Decided<RuleEvent> Withdraw(RuleVersion version, string reason, DateOnly today) =>
        No(version, RuleVerb.Withdraw, today) is { } no ? no : new RuleEvent.Withdrawn(version.No, reason);

    /// <summary>Why nobody can give an opinion on a version now; null where everybody can.</summary>
    public Refusal? WhyNoOpinion(RuleVersion version, DateOnly today) =>
        No(version, RuleVerb.GiveOpinion, today) is { } no ? no
        : version.ConsultationUntil is { } until && until < today ? ConsultationOver(until)
        : null;

    /// <summary>What held before a version did, or holds now where it is a draft; null where nothing did.</summary>
    public RuleVersion? Before(RuleVersion version, DateOnly today) =>
        Versions
            .Where(v => v.No != version.No && v.WithdrawnFor is null && v.InForceOn is not null)
            .Where(v =>
                version.InForceOn is { } first
                    ? (v.InForceOn, v.No).CompareTo((first, version.No)) < 0
                    : v.InForceOn <= today
            )
            .OrderBy(v => v.InForceOn)
            .ThenBy(v => v.No)
            .LastOrDefault();

    /// <summary>The numbers of the clauses that say something else, are new, or are gone.</summary>
    public static IReadOnlyList<string> ChangedClauses(RuleVersion before, RuleVersion after)
    {
        var old = before.Wording.Clauses.ToDictionary(clause => clause.No, StringComparer.Ordinal);
        List<string> changed =
        [
            .. after
                .Wording.Clauses.Where(clause => !old.Remove(clause.No, out var was) || SaysElseThan(was, clause))
                .Select(clause => clause.No),
        ];
        return [.. changed.Concat(old.Keys).Where(no => no != RuleText.Preamble)];
    }

    private static bool SaysElseThan(RuleClause before, RuleClause after) =>
        (RuleDifference.FirstChange(before.Zh, after.Zh) ?? RuleDifference.FirstChange(before.En, after.En))
            is not null;

    /// <summary>The first word or mark that is another, in whichever language.</summary>
    public static (string Before, string After)? Difference(RuleVersion before, RuleVersion after) =>
        RuleDifference.FirstChange(Text(before, isChinese: true), Text(after, isChinese: true))
        ?? RuleDifference.FirstChange(Text(before, isChinese: false), Text(after, isChinese: false))
        ?? Titles(before.Wording, after.Wording);

    private static (string, string)? Titles(RuleWording before, RuleWording after) =>
        RuleDifference.FirstChange(before.TitleZh, after.TitleZh)
        ?? RuleDifference.FirstChange(before.TitleEn, after.TitleEn);

    private static string Text(RuleVersion version, bool isChinese) =>
        RuleText.Whole(version.Wording.Clauses, isChinese);

    private Refusal? No(RuleVersion version, RuleVerb verb, DateOnly today) =>
        StatusOf(version, today) is var status && RuleLife.Allows(status, verb)
            ? null
            : RuleLife.WrongState(verb, status) with
            {
                Stood = StoodFor(version, status, verb),
            };

    // Whoever reads it now must be able to count on it.
    private static Refusal? StillAsking(RuleVersion version, DateOnly today) =>
        version.ConsultationUntil is { } until && today <= until ? Asking(until) : null;
}
