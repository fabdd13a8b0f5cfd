namespace Hengping.Rules.Complaints;

/// <summary>The verbs of a joint complaint; its "no"s are in <c>JointRefusals.cs</c>.</summary>
public sealed partial record Joint
{
    /// <summary>A joint complaint is of two or more (令20 art. 17).</summary>
    public const int MembersMin = 2;

    /// <summary>More are a campaign, and one commit has to hold them all.</summary>
    public const int MembersMax = 50;

    /// <summary>Representatives (令20 art. 17).</summary>
    public const int RepresentativesCount = 2;

    /// <summary>共同投诉 is offered: by the desk to all, or by one claimant to the others.</summary>
    /// <param name="by">The proposer's own complaint; null for the desk.</param>
    /// <param name="invited">The others; all of <paramref name="cases"/>.</param>
    public static Decided<JointEvent> Propose(
        Guid? by,
        IReadOnlyList<Guid> invited,
        IReadOnlyDictionary<Guid, Complaint> cases
    )
    {
        List<Guid> all = [.. by is { } own ? [own] : Array.Empty<Guid>(), .. invited];
        if (all.Count < MembersMin)
            return NobodyAlike;
        if (all.Count > MembersMax)
            return TooMany;
        if (!all.TrueForAll(cases.ContainsKey))
            return NotAlike;
        var first = cases[all[0]];
        var claimants = all.Select(id => cases[id].ClaimantMerchant ?? cases[id].Claimant).ToList();
        var alike =
            all.TrueForAll(id => cases[id] is var c && c.IsOpen && c.Respondent == first.Respondent)
            && all.TrueForAll(id => cases[id].Side == first.Side)
            && claimants.TrueForAll(c => c is not null)
            && claimants.Distinct().Count() == all.Count;
        return alike ? new JointEvent.Proposed(first.Respondent, first.Problem, by, invited) : NotAlike;
    }

    /// <summary>The desk confirms that it is one dispute.</summary>
    public Decided<JointEvent> Confirm() => IsConfirmed ? NotTwice() : new JointEvent.Confirmed();

    /// <summary>A claimant who filed later asks to be let in.</summary>
    public Decided<JointEvent> Ask(Guid complaint, Complaint asking) =>
        Of(complaint) is { State: MemberState.In } ? AlreadyIn
        : Of(complaint) is { State: MemberState.Removed } ? WasRemoved
        : asking.IsOpen && asking.Respondent == Respondent ? new JointEvent.Asked(complaint)
        : NotOpen;

    /// <summary>The desk invites more complaints about the same dispute.</summary>
    /// <param name="cases">Those of the members and of <paramref name="invited"/>.</param>
    public Decided<JointEvent> Invite(IReadOnlyList<Guid> invited, IReadOnlyDictionary<Guid, Complaint> cases)
    {
        var present = Members.Where(m => m.State is MemberState.Invited or MemberState.In).Select(m => m.Complaint);
        var all = present.Concat(invited).ToList();
        if (all.Distinct().Count() != all.Count || !invited.All(id => Stands(id, cases)) || invited.Count == 0)
            return NotAlike;
        var claimants = all.Select(id => cases[id].ClaimantMerchant ?? cases[id].Claimant).ToList();
        return all.Count > MembersMax ? TooMany
            : claimants.Contains(null) || claimants.Distinct().Count() != all.Count ? NotAlike
            : new JointEvent.Invited(invited);
    }

    /// <summary>The desk lets in who asked.</summary>
    public Decided<JointEvent> Admit(Guid complaint, IReadOnlyDictionary<Guid, Complaint> cases) =>
        Of(complaint) is not { State: MemberState.Asked } ? NotIn
        : Stands(complaint, cases) ? new JointEvent.Joined(complaint)
        : NotOpen;

    /// <summary>A claimant who was invited takes part, also after having left.</summary>
    public Decided<JointEvent> Join(Guid complaint, IReadOnlyDictionary<Guid, Complaint> cases) =>
        Of(complaint) switch
        {
            null => NotIn,
            { State: MemberState.In } => AlreadyIn,
            { State: MemberState.Removed } => WasRemoved,
            { State: MemberState.Asked } => NotIn,
            _ => Stands(complaint, cases) ? new JointEvent.Joined(complaint) : NotOpen,
        };

    /// <summary>A claimant says no to the invitation, or leaves: always possible.</summary>
    public Decided<JointEvent> Leave(Guid complaint) =>
        Of(complaint) is { State: MemberState.Invited or MemberState.Asked or MemberState.In }
            ? new JointEvent.Left(complaint)
            : NotIn;

    /// <summary>The desk takes out a complaint about something else.</summary>
    public Decided<JointEvent> Remove(Guid complaint, string reason) =>
        Of(complaint) is { State: MemberState.Invited or MemberState.Asked or MemberState.In }
            ? new JointEvent.Removed(complaint) { Reason = reason }
            : NotIn;

    /// <summary>推选代表人: by somebody who takes part, or the desk. The first choice needs everyone as well.</summary>
    public Decided<JointEvent> Elect(
        Guid? by,
        IReadOnlyList<Guid> representatives,
        IReadOnlyDictionary<Guid, Complaint> cases,
        DateTimeOffset now,
        ComplaintPolicy policy
    )
    {
        if (CannotRaise(cases, now) is { } no)
            return no;
        var standing = Standing(cases).Select(m => m.Complaint).ToList();
        var two = representatives.Distinct().Count() == RepresentativesCount;
        if (representatives.Count != RepresentativesCount || !two || !representatives.All(standing.Contains))
            return TwoRepresentatives;
        if (representatives.All(id => Of(id)!.IsRepresentative))
            return SameRepresentatives;
        return Raise(MatterKind.Representatives, by, standing, now, policy) with { Representatives = representatives };
    }

    /// <summary>放弃投诉请求: a representative proposes that all withdraw.</summary>
    public Decided<JointEvent> ProposeWaiver(
        Guid by,
        string reason,
        IReadOnlyDictionary<Guid, Complaint> cases,
        DateTimeOffset now,
        ComplaintPolicy policy
    )
    {
        if (CannotRaise(cases, now) is { } no)
            return no;
        if (Of(by) is not { IsRepresentative: true })
            return NotRepresentative;
        var standing = Standing(cases).Select(m => m.Complaint).ToList();
        return Raise(MatterKind.Waive, by, standing, now, policy) with { Text = reason };
    }

    /// <summary>和解方案 of the respondent to all: an offer in each complaint that can take one.</summary>
    /// <param name="amounts">CNY by complaint; who is not in it gets what <paramref name="each"/> says.</param>
    public Decided<JointEvent> ProposeSettlement(
        string? terms,
        decimal? each,
        IReadOnlyDictionary<Guid, decimal> amounts,
        DateTimeOffset dueBy,
        IReadOnlyDictionary<Guid, Complaint> cases,
        DateTimeOffset now,
        ComplaintPolicy policy
    )
    {
        if (CannotRaise(cases, now) is { } no)
            return no;
        var able = Standing(cases)
            .Select(m => m.Complaint)
            .Where(id => cases[id].DeliveredAt is not null && cases[id].Can(Verb.Offer))
            .ToList();
        if (able.Count < MembersMin)
            return CannotOffer;
        var shares = able.Select(id => new JointShare(
            id,
            cases[id].Offers.Length + 1,
            amounts.TryGetValue(id, out var own) ? own : each
        ));
        return Raise(MatterKind.Settle, by: null, able, now, policy) with
        {
            Shares = [.. shares],
            DueBy = dueBy,
            Text = terms,
        };
    }

    /// <summary>One yes of a claimant who is concerned.</summary>
    public Decided<JointEvent> Agree(
        int no,
        Guid complaint,
        IReadOnlyDictionary<Guid, Complaint> cases,
        DateTimeOffset now,
        Guardian? guardian = null
    ) =>
        NotAsked(no, complaint, cases, now)
        ?? (Decided<JointEvent>)new JointEvent.Agreed(no, complaint) { Guardian = guardian };

    /// <summary>One no: the matter is off for all.</summary>
    public Decided<JointEvent> Refuse(
        int no,
        Guid complaint,
        IReadOnlyDictionary<Guid, Complaint> cases,
        DateTimeOffset now
    ) => NotAsked(no, complaint, cases, now) ?? (Decided<JointEvent>)new JointEvent.Refused(no, complaint);

    /// <summary>
    /// The matter that is carried now: open, and everyone concerned who still stands has agreed. Who left, was taken
    /// out or whose complaint ended is bound by nothing and asked for nothing; fewer than two are no joint complaint.
    /// </summary>
    public JointMatter? Carries(IReadOnlyDictionary<Guid, Complaint> cases, DateTimeOffset now) =>
        Matters.FirstOrDefault(m => m.IsOpen(now)) is { } matter
        && Bound(matter, cases) is { Count: >= MembersMin } bound
        && bound.All(id => matter.Agreed.Contains(id))
            ? matter
            : null;

    /// <summary>Complaints a matter binds: concerned, and still standing.</summary>
    public IReadOnlyList<Guid> Bound(JointMatter matter, IReadOnlyDictionary<Guid, Complaint> cases) =>
        [.. Standing(cases).Select(m => m.Complaint).Where(id => matter.Concerned.Contains(id))];

    /// <summary>留言 to all, by a representative, the respondent or the mediator.</summary>
    public Decided<JointEvent> Say(Party from, Guid? complaint, string text, IReadOnlyDictionary<Guid, Complaint> cases)
    {
        if (!IsFormed(cases))
            return NotFormed;
        if (from == Party.Claimant && Of(complaint!.Value) is not { IsRepresentative: true })
            return NotRepresentative;
        return new JointEvent.Said(from, from == Party.Claimant ? complaint : null) { Text = text };
    }

    private Refusal? CannotRaise(IReadOnlyDictionary<Guid, Complaint> cases, DateTimeOffset now) =>
        !IsFormed(cases) ? NotFormed
        : Matters.Any(m => m.IsOpen(now)) ? MatterPending
        : null;

    private Refusal? NotAsked(int no, Guid complaint, IReadOnlyDictionary<Guid, Complaint> cases, DateTimeOffset now)
    {
        var matter = Matters.FirstOrDefault(m => m.No == no);
        return matter is null || !matter.Concerned.Contains(complaint) ? MatterUnknown
            : !matter.IsOpen(now) ? Closed(matter)
            : !Bound(matter, cases).Contains(complaint) ? NotIn
            : matter.Agreed.Contains(complaint) ? Answered
            : null;
    }

    private JointEvent.MatterRaised Raise(
        MatterKind kind,
        Guid? by,
        IReadOnlyList<Guid> concerned,
        DateTimeOffset now,
        ComplaintPolicy policy
    ) => new(Matters.Length + 1, kind, by, concerned, now + policy.OfferOpenFor);
}
