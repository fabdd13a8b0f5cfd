using System.Globalization;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary>A version in the history of its rule.</summary>
/// <param name="ReasonZh">Why it changes; null where nobody said.</param>
/// <param name="Technical">It only reads differently: no change of rule.</param>
/// <param name="TechnicalMarks">How many people have said so.</param>
/// <param name="Recorded">In force before the register knew it, say two people.</param>
/// <param name="RecordedOn">The day on which they did; measures cite it for facts from then on.</param>
/// <param name="Recording">What one person says of it, for those who work at it alone.</param>
public sealed record VersionLine(
    int Version,
    RuleStatus Status,
    string TitleZh,
    string TitleEn,
    string ChangeZh,
    string ChangeEn,
    string? ReasonZh,
    string? ReasonEn,
    DateTimeOffset DraftedAt,
    DateOnly? ConsultationUntil,
    DateOnly? NoticeOn,
    DateOnly? TransitionFrom,
    DateOnly? InForceOn,
    IReadOnlyList<RuleGround> Grounds,
    string? Asked,
    bool Technical,
    int TechnicalMarks,
    bool Recorded,
    DateOnly? RecordedOn,
    RecordingLine? Recording,
    string? WithdrawnFor
)
{
    /// <summary>A version on a day.</summary>
    public static VersionLine Of(PlatformRule rule, RuleVersion v, DateOnly today) =>
        new(
            v.No,
            rule.StatusOf(v, today),
            v.Wording.TitleZh,
            v.Wording.TitleEn,
            v.Wording.ChangeZh,
            v.Wording.ChangeEn,
            v.Wording.ReasonZh,
            v.Wording.ReasonEn,
            v.DraftedAt,
            v.ConsultationUntil,
            v.NoticeOn,
            v.TransitionFrom,
            v.InForceOn,
            v.Grounds,
            v.Asked,
            v.IsTechnical,
            v.TechnicalBy.Count,
            v.IsRecorded,
            v.RecordedOn,
            v.Recording is { } said ? new RecordingLine(said.AnnouncedOn, said.InForceOn) : null,
            v.WithdrawnFor
        );
}

/// <summary>Since when a version is said to have been in force, and when it was announced.</summary>
public sealed record RecordingLine(DateOnly? AnnouncedOn, DateOnly InForceOn);

/// <summary>A clause with the address that a measure cites.</summary>
public sealed record ClauseView(string Clause, string Zh, string En, string Address);

/// <summary>A rule as it is read: one version's text, and all versions.</summary>
/// <param name="InForce">The version in force on the day that was asked for; null where none was.</param>
/// <param name="Shown">The version whose text this is.</param>
/// <param name="Versions">Newest first.</param>
public sealed record RuleView(
    Guid Id,
    RuleTopic Topic,
    DateOnly On,
    int? InForce,
    VersionLine Shown,
    IReadOnlyList<ClauseView> Clauses,
    IReadOnlyList<VersionLine> Versions
)
{
    /// <summary>Who does what now with the version that is shown.</summary>
    public RuleTurn? Turn { get; init; }

    /// <summary>What there is to say of a draft as to 令116; for those who work at it alone.</summary>
    public IReadOnlyList<RuleHint>? Advice { get; init; }

    /// <summary>A day as tables and addresses hold it.</summary>
    public static DateOnly DayOf(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A rule with the text of one version; null where the reader may read none.</summary>
    /// <param name="unanswered">Opinions on its newest version without an answer.</param>
    /// <param name="version">Null for the one in force on the day, else the newest.</param>
    public static RuleView? Of(
        Guid id,
        PlatformRule rule,
        int? version,
        DateOnly on,
        DateOnly today,
        bool drafts,
        long unanswered = 0
    )
    {
        var open = rule.Versions.FindAll(v => drafts || PlatformRule.IsPublic(v));
        var inForce = rule.InForce(on);
        var shown = version is { } no ? open.Find(v => v.No == no) : inForce ?? open.LastOrDefault();
        return shown is null
            ? null
            : new RuleView(
                id,
                rule.Topic,
                on,
                inForce?.No,
                VersionLine.Of(rule, shown, today),
                [
                    .. shown.Wording.Clauses.Select(c => new ClauseView(
                        c.No,
                        c.Zh,
                        c.En,
                        new ClauseRef(id, shown.No, c.No).Address
                    )),
                ],
                [.. open.Select(v => VersionLine.Of(rule, v, today)).Reverse()]
            )
            {
                Turn = rule.TurnOf(shown, today, unanswered),
                Advice = drafts && shown.InForceOn is null ? RuleAdvice.Of(shown.Wording.Clauses) : null,
            };
    }
}
