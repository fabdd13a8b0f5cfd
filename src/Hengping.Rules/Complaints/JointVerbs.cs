namespace Hengping.Rules.Complaints;

/// <summary>The verbs of a joint complaint and its "no"s.</summary>
public sealed partial record Joint
{
    /// <summary>A joint complaint is of two or more (令20 art. 17).</summary>
    public const int MembersMin = 2;

    /// <summary>More are a campaign, and one commit has to hold them all.</summary>
    public const int MembersMax = 50;

    /// <summary>Representatives (令20 art. 17).</summary>
    public const int RepresentativesCount = 2;

    public static readonly Refusal NobodyAlike = new(
        "joint.nobody-alike",
        "没有其他针对同一商家、同类问题的在办投诉，无法发起共同投诉",
        "There is no other open complaint about this with the same merchant"
    );
    public static readonly Refusal NotAlike = new(
        "joint.not-alike",
        "所选投诉不是针对同一商家的在办投诉，或属于同一位投诉人",
        "A chosen complaint is not open, is against another merchant, or is of the same claimant"
    );
    public static readonly Refusal Elsewhere = new(
        "joint.elsewhere",
        "此投诉已参加一件共同投诉，请先退出",
        "This complaint takes part in a joint complaint already; leave that one first"
    );
    public static readonly Refusal TooMany = new(
        "joint.too-many",
        $"一件共同投诉最多{MembersMax}人，请分成几件",
        $"A joint complaint has at most {MembersMax} members; make several"
    );
    public static readonly Refusal ConfirmedBefore = new(
        "joint.confirmed",
        "已确认为同一争议",
        "It is confirmed as one dispute already"
    );
    public static readonly Refusal AlreadyIn = new("joint.in", "您已参加此共同投诉", "You take part already");
    public static readonly Refusal NotIn = new(
        "joint.not-in",
        "此投诉没有参加共同投诉",
        "This complaint does not take part"
    );
    public static readonly Refusal WasRemoved = new(
        "joint.removed",
        "经审核，此投诉与其他投诉不是同一争议，将单独处理",
        "The desk found that this is another dispute; the complaint goes on by itself"
    );
    public static readonly Refusal NotOpen = new(
        "joint.not-open",
        "投诉已结束或被投诉方已变更，不能参加",
        "The complaint has ended or went to another respondent, so it cannot take part"
    );
    public static readonly Refusal NotFormed = new(
        "joint.not-formed",
        "共同投诉尚未成立：需经审核确认，且至少两人参加",
        "It is not formed yet: the desk confirms it, and at least two take part"
    );
    public static readonly Refusal NotRepresentative = new(
        "joint.not-representative",
        "只有代表人可以代表全体投诉人行事；您仍可在自己的投诉里留言",
        "Only a representative acts for all; you can still write in your own complaint"
    );
    public static readonly Refusal MatterPending = new(
        "joint.matter-pending",
        "有一个事项正在征求全体意见，有结果后才能提出新的事项",
        "A matter is waiting for everyone's answer; a new one can be raised after it"
    );
    public static readonly Refusal TwoRepresentatives = new(
        "joint.two-representatives",
        "请从参加者中推选两名代表人",
        "Choose two representatives from those who take part"
    );
    public static readonly Refusal SameRepresentatives = new(
        "joint.same-representatives",
        "他们已是代表人",
        "They are the representatives already"
    );
    public static readonly Refusal MatterUnknown = new(
        "joint.matter-unknown",
        "没有这个事项",
        "There is no such matter"
    );
    public static readonly Refusal MatterClosed = new(
        "joint.matter-closed",
        "这个事项已有结果或已过期",
        "This matter is decided or has expired"
    );
    public static readonly Refusal Answered = new("joint.answered", "您已表示同意", "You have agreed already");
    public static readonly Refusal CannotOffer = new(
        "joint.cannot-offer",
        "目前没有两件以上的投诉可以提出和解方案",
        "There are not two or more complaints that can take an offer now"
    );

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
    public Decided<JointEvent> Confirm() => IsConfirmed ? ConfirmedBefore : new JointEvent.Confirmed();

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
        DateTimeOffset now
    ) => NotAsked(no, complaint, cases, now) ?? (Decided<JointEvent>)new JointEvent.Agreed(no, complaint);

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
            : !matter.IsOpen(now) ? MatterClosed
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
