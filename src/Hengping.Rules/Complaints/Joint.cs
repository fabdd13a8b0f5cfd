using System.Collections.Immutable;

namespace Hengping.Rules.Complaints;

/// <summary>Where a complaint stands in a joint one.</summary>
public enum MemberState
{
    Invited,

    /// <summary>Wants to be let in by the desk.</summary>
    Asked,
    In,
    Out,

    /// <summary>By the desk: another dispute.</summary>
    Removed,
}

/// <summary>One complaint of a joint one.</summary>
public sealed record JointMember(Guid Complaint, MemberState State, bool IsRepresentative = false);

/// <summary>Where a matter stands.</summary>
public enum MatterState
{
    Open,
    Carried,
    Refused,

    /// <summary>Not everyone had answered in time.</summary>
    Expired,
}

/// <summary>A matter as rules see it: no words.</summary>
/// <param name="Version">Stream version of its event.</param>
/// <param name="Agreed">Complaints whose claimants said yes.</param>
public sealed record JointMatter(
    int Version,
    int No,
    MatterKind Kind,
    Guid? By,
    ImmutableArray<Guid> Concerned,
    ImmutableArray<Guid> Representatives,
    ImmutableArray<JointShare> Shares,
    DateTimeOffset? DueBy,
    DateTimeOffset At,
    DateTimeOffset ExpiresAt,
    ImmutableArray<Guid> Agreed,
    MatterState State
)
{
    /// <summary>When it was carried, refused or over.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Waits for answers.</summary>
    public bool IsOpen(DateTimeOffset now) => State == MatterState.Open && now < ExpiresAt;
}

/// <summary>
/// 共同投诉: complaints of different claimants about the same dispute with the same respondent, handled together with
/// their consent and spoken for by two representatives (令20 art. 17). Each stays a complaint of its own: its clocks,
/// its reply, its score and what it counts in a list are untouched. Verbs are in <c>JointVerbs.cs</c>.
/// </summary>
public sealed partial record Joint
{
    public required Guid Respondent { get; init; }
    public required string Problem { get; init; }
    public DateTimeOffset ProposedAt { get; init; }

    /// <summary>The desk found that it is the same dispute.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>When; null of what the desk proposed itself.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }
    public ImmutableArray<JointMember> Members { get; init; } = [];
    public ImmutableArray<JointMatter> Matters { get; init; } = [];

    /// <summary>What each side has said to all on its last day of saying something.</summary>
    public ImmutableArray<TalkOfDay> Talk { get; init; } = [];

    /// <summary>Number of events so far.</summary>
    public int Version { get; init; }

    /// <summary>A complaint's place in it.</summary>
    public JointMember? Of(Guid complaint) => Members.FirstOrDefault(m => m.Complaint == complaint);

    /// <summary>Members that take part while their complaint is open and still against this respondent.</summary>
    public IReadOnlyList<JointMember> Standing(IReadOnlyDictionary<Guid, Complaint> cases) =>
        [.. Members.Where(m => m.State == MemberState.In && Stands(m.Complaint, cases))];

    /// <summary>Whether a complaint is with this respondent: redirected to another, it has nothing more to do with
    /// it.</summary>
    public bool IsWith(Guid complaint, IReadOnlyDictionary<Guid, Complaint> cases) =>
        cases.TryGetValue(complaint, out var one) && one.Respondent == Respondent;

    /// <summary>Confirmed, and at least two stand: representatives can act and matters can be raised.</summary>
    public bool IsFormed(IReadOnlyDictionary<Guid, Complaint> cases) =>
        IsConfirmed && Standing(cases).Count >= MembersMin;

    /// <summary>When the next matter nobody has decided is over.</summary>
    public DateTimeOffset? NextExpiry =>
        Matters.Where(m => m.State == MatterState.Open).Min(m => (DateTimeOffset?)m.ExpiresAt);

    /// <summary>A matter whose time is over without everyone's answer; null where there is none.</summary>
    public JointEvent.Expired? Tick(DateTimeOffset now) =>
        Matters.FirstOrDefault(m => m.State == MatterState.Open && !m.IsOpen(now)) is { } over
            ? new JointEvent.Expired(over.No, over.Kind)
            : null;

    /// <summary>The facts after an event.</summary>
    public static Joint Fold(Joint? state, JointEvent happened, DateTimeOffset at)
    {
        if (happened is JointEvent.Proposed proposed)
            return new Joint
            {
                Respondent = proposed.Respondent,
                Problem = proposed.Problem,
                ProposedAt = at,
                // The desk proposes only what it has found to be one dispute.
                IsConfirmed = proposed.By is null,
                Members =
                [
                    .. proposed.By is { } by ? [new JointMember(by, MemberState.In)] : Array.Empty<JointMember>(),
                    .. proposed.Others.Select(id => new JointMember(id, MemberState.Invited)),
                ],
                Version = 1,
            };
        if (state is null)
            throw new InvalidOperationException("A joint complaint begins with its proposal");
        var next = state with { Version = state.Version + 1 };
        return happened switch
        {
            JointEvent.Confirmed => next with { IsConfirmed = true, ConfirmedAt = at },
            JointEvent.Invited e => e.Complaints.Aggregate(next, (j, id) => j.With(id, MemberState.Invited)),
            JointEvent.Asked e => next.With(e.Complaint, MemberState.Asked),
            JointEvent.Joined e => next.With(e.Complaint, MemberState.In),
            JointEvent.Left e => next.With(e.Complaint, MemberState.Out),
            JointEvent.Removed e => next.With(e.Complaint, MemberState.Removed),
            JointEvent.MatterRaised e => next with { Matters = next.Matters.Add(next.Raised(e, at)) },
            JointEvent.Agreed e => next.With(e.No, m => m with { Agreed = m.Agreed.Add(e.Complaint) }),
            JointEvent.Refused e => next.With(e.No, m => m with { State = MatterState.Refused, ClosedAt = at }),
            JointEvent.Expired e => next.With(e.No, m => m with { State = MatterState.Expired, ClosedAt = at }),
            JointEvent.Carried e => next.With(e.No, m => m with { State = MatterState.Carried, ClosedAt = at })
                .Represented(e.No),
            JointEvent.Said e => next with { Talk = TalkOfDay.After(next.Talk, e.From, at) },
            _ => throw new InvalidOperationException($"No fold for {happened.GetType().Name}"),
        };
    }

    private JointMatter Raised(JointEvent.MatterRaised e, DateTimeOffset at) =>
        new(
            Version,
            e.No,
            e.Kind,
            e.By,
            [.. e.Concerned],
            [.. e.Representatives],
            [.. e.Shares],
            e.DueBy,
            at,
            e.ExpiresAt,
            e.By is { } by ? [by] : [],
            MatterState.Open
        );

    private Joint With(Guid complaint, MemberState state)
    {
        var known = Of(complaint) is not null ? Members : Members.Add(new JointMember(complaint, state));
        return this with
        {
            Members =
            [
                .. known.Select(m =>
                    m.Complaint != complaint
                        ? m
                        : new JointMember(complaint, state, m.IsRepresentative && state == MemberState.In)
                ),
            ],
        };
    }

    private Joint With(int no, Func<JointMatter, JointMatter> change) =>
        this with
        {
            Matters = [.. Matters.Select(m => m.No == no ? change(m) : m)],
        };

    private Joint Represented(int no)
    {
        var matter = Matters.First(m => m.No == no);
        return matter.Kind != MatterKind.Representatives
            ? this
            : this with
            {
                Members =
                [
                    .. Members.Select(m =>
                        m with
                        {
                            IsRepresentative =
                                m.State == MemberState.In && matter.Representatives.Contains(m.Complaint),
                        }
                    ),
                ],
            };
    }

    private bool Stands(Guid complaint, IReadOnlyDictionary<Guid, Complaint> cases) =>
        IsWith(complaint, cases) && cases[complaint].IsOpen;
}
