using System.Collections.Immutable;
using Hengping.Rules.Clocks;

namespace Hengping.Rules.RuleRegister;

/// <summary>平台规则: a rule in all its versions. None is ever deleted.</summary>
public sealed partial record PlatformRule
{
    public required RuleTopic Topic { get; init; }

    /// <summary>Oldest first.</summary>
    public ImmutableList<RuleVersion> Versions { get; init; } = [];

    /// <summary>The version of a number; null where there is none.</summary>
    public RuleVersion? Find(int version) => Versions.Find(v => v.No == version);

    /// <summary>The version in force on a Shanghai day; null where none was.</summary>
    public RuleVersion? InForce(DateOnly on) =>
        Versions
            .Where(v => v.WithdrawnFor is null && v.InForceOn <= on)
            .OrderBy(v => v.InForceOn)
            .ThenBy(v => v.No)
            .LastOrDefault();

    /// <summary>
    /// The version that a measure may cite for facts of a Shanghai day; null where none is. What was recorded later is
    /// cited for facts from its recording on: before that nobody could read it here.
    /// </summary>
    public RuleVersion? Citable(DateOnly on) =>
        InForce(on) is { } version && (version.RecordedOn ?? on) <= on ? version : null;

    /// <summary>Where a version stands on a Shanghai day.</summary>
    public RuleStatus StatusOf(RuleVersion version, DateOnly on) =>
        version.WithdrawnFor is not null ? RuleStatus.Withdrawn
        : version.InForceOn is not { } first
            ? version.ConsultationUntil is not null ? RuleStatus.Consultation
                : version.Recording is not null ? RuleStatus.Recording
                : RuleStatus.Draft
        : on < (version.TransitionFrom ?? first) ? RuleStatus.Notice
        : on < first ? RuleStatus.Transition
        : InForce(on)!.No == version.No ? RuleStatus.InForce
        : RuleStatus.Replaced;

    /// <summary>Everybody may read a version: opinions are asked for, or it was announced.</summary>
    public static bool IsPublic(RuleVersion version) =>
        version.ConsultationUntil is not null || version.InForceOn is not null;

    /// <summary>The rule after an event.</summary>
    public static PlatformRule Fold(PlatformRule? state, RuleEvent happened, DateTimeOffset at) =>
        happened switch
        {
            RuleEvent.Begun e => new PlatformRule { Topic = e.Topic },
            RuleEvent.Drafted e => state! with
            {
                Versions = state.Versions.Add(
                    new RuleVersion
                    {
                        No = e.Version,
                        Wording = e.Wording,
                        DraftedAt = at,
                        MovedAt = at,
                    }
                ),
            },
            RuleEvent.Revised e => state!.With(e.Version, v => v with { Wording = e.Wording, TechnicalBy = [] }),
            RuleEvent.Consulted e => state!.With(
                e.Version,
                v => v with { ConsultationUntil = e.Until, TechnicalBy = [], MovedAt = at }
            ),
            RuleEvent.Published e => state!.With(
                e.Version,
                v =>
                    v with
                    {
                        NoticeOn = e.On,
                        InForceOn = e.InForceOn,
                        TransitionFrom = e.TransitionFrom,
                        Grounds = e.Grounds,
                        Asked = e.Asked,
                        MovedAt = at,
                    }
            ),
            RuleEvent.Recorded e => state!.With(
                e.Version,
                v => v with { Recording = new RuleRecording(e.On, e.InForceOn, e.By) }
            ),
            RuleEvent.Confirmed e => state!.With(
                e.Version,
                v =>
                    v with
                    {
                        NoticeOn = v.Recording!.AnnouncedOn,
                        InForceOn = v.Recording.InForceOn,
                        RecordedOn = Shanghai.DayOf(at),
                        Recording = null,
                    }
            ),
            RuleEvent.Technical e => state!.With(e.Version, v => Marked(v, e)),
            RuleEvent.Withdrawn e => state!.With(e.Version, v => v with { WithdrawnFor = e.Reason, MovedAt = at }),
            _ => throw new InvalidOperationException($"unknown event {happened}"),
        };

    // What was a draft until then is the text from that day on: nobody has to get used to anything.
    private static RuleVersion Marked(RuleVersion version, RuleEvent.Technical marked)
    {
        var next = version with { TechnicalBy = version.TechnicalBy.Add(marked.By) };
        return next.IsTechnical && next.InForceOn is null
            ? next with
            {
                NoticeOn = marked.On,
                InForceOn = marked.On,
            }
            : next;
    }

    private PlatformRule With(int version, Func<RuleVersion, RuleVersion> change) =>
        this with
        {
            Versions = [.. Versions.Select(v => v.No == version ? change(v) : v)],
        };
}
