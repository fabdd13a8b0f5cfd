using Hengping.Rules;
using Hengping.Rules.Complaints;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>共同投诉 by its rules: what each verb says in each state, and who must agree.</summary>
public sealed class JointRules
{
    private static readonly DateTimeOffset Now = Cases.T0;
    private static readonly ComplaintPolicy Policy = ComplaintPolicy.Current;
    private static readonly Guid A = Of(1);
    private static readonly Guid B = Of(2);
    private static readonly Guid C = Of(3);
    private static readonly Guid D = Of(4);

    private static Guid Of(byte n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, n]);

    /// <summary>Four delivered complaints of four claimants against one shop.</summary>
    private static readonly IReadOnlyDictionary<Guid, Complaint> All = new[] { A, B, C, D }.ToDictionary(
        id => id,
        id => Cases.Delivered(filing: Cases.Filing() with { Claimant = id })
    );

    private static Dictionary<Guid, Complaint> With(Guid id, Complaint one) =>
        new(All.Where(c => c.Key != id)) { [id] = one };

    private static Joint Then(Joint? joint, Decided<JointEvent> decided)
    {
        decided.Refusal.ShouldBeNull(decided.Refusal?.En);
        return Joint.Fold(joint, decided.Event!, Now);
    }

    // By its claimant A to B and C; then the desk says that it is one dispute, and B takes part.
    private static Joint Proposed() => Then(null, Joint.Propose(A, [B, C], All));

    private static Joint Waiting() => Then(Proposed(), Proposed().Confirm());

    private static Joint Formed() => Then(Waiting(), Waiting().Join(B, All));

    private static Joint Electing() => Then(Formed(), Formed().Elect(A, [A, B], All, Now, Policy));

    private static Joint Represented()
    {
        var agreed = Then(Electing(), Electing().Agree(1, B, All, Now));
        return Joint.Fold(agreed, new JointEvent.Carried(agreed.Carries(All, Now)!.No), Now);
    }

    private static Joint Settling() =>
        Then(
            Represented(),
            Represented().ProposeSettlement("每人全额退款", 99m, new Dictionary<Guid, decimal>(), Now, All, Now, Policy)
        );

    private static Joint In(string state) =>
        state switch
        {
            "proposed" => Proposed(),
            "waiting" => Waiting(),
            "formed" => Formed(),
            "electing" => Electing(),
            "represented" => Represented(),
            _ => Settling(),
        };

    private static Decided<JointEvent> Do(Joint joint, string verb) =>
        verb switch
        {
            "confirm" => joint.Confirm(),
            "join C" => joint.Join(C, All),
            "join A" => joint.Join(A, All),
            "ask D" => joint.Ask(D, All[D]),
            "invite D" => joint.Invite([D], All),
            "invite A" => joint.Invite([A], All),
            "admit D" => joint.Admit(D, All),
            "leave A" => joint.Leave(A),
            "leave D" => joint.Leave(D),
            "remove C" => joint.Remove(C, "另一件事"),
            "elect" => joint.Elect(A, [A, B], All, Now, Policy),
            "elect one" => joint.Elect(A, [A, A], All, Now, Policy),
            "elect C" => joint.Elect(A, [A, C], All, Now, Policy),
            "waive" => joint.ProposeWaiver(A, "不再追究", All, Now, Policy),
            "settle" => joint.ProposeSettlement(null, 1, new Dictionary<Guid, decimal>(), Now, All, Now, Policy),
            "agree B" => joint.Agree(joint.Matters.Length, B, All, Now),
            "refuse B" => joint.Refuse(joint.Matters.Length, B, All, Now),
            "agree C" => joint.Agree(joint.Matters.Length, C, All, Now),
            "say A" => joint.Say(Party.Claimant, A, "请统一处理", All),
            "say respondent" => joint.Say(Party.Respondent, null, "请统一处理", All),
            _ => throw new ArgumentOutOfRangeException(nameof(verb)),
        };

    /// <summary>
    /// Verb, and the "no" in each state; an empty word is a yes. States: proposed, waiting, formed, electing,
    /// represented, settling.
    /// </summary>
    public static TheoryData<string, string[]> Table() =>
        new()
        {
            { "confirm", ["", "confirmed", "confirmed", "confirmed", "confirmed", "confirmed"] },
            { "join C", ["", "", "", "", "", ""] },
            { "join A", ["in", "in", "in", "in", "in", "in"] },
            { "ask D", ["", "", "", "", "", ""] },
            { "invite D", ["", "", "", "", "", ""] },
            { "invite A", ["not-alike", "not-alike", "not-alike", "not-alike", "not-alike", "not-alike"] },
            { "admit D", ["not-in", "not-in", "not-in", "not-in", "not-in", "not-in"] },
            { "leave A", ["", "", "", "", "", ""] },
            { "leave D", ["not-in", "not-in", "not-in", "not-in", "not-in", "not-in"] },
            { "remove C", ["", "", "", "", "", ""] },
            { "elect", ["not-formed", "not-formed", "", "matter-pending", "same-representatives", "matter-pending"] },
            {
                "elect one",
                [
                    "not-formed",
                    "not-formed",
                    "two-representatives",
                    "matter-pending",
                    "two-representatives",
                    "matter-pending",
                ]
            },
            {
                "elect C",
                [
                    "not-formed",
                    "not-formed",
                    "two-representatives",
                    "matter-pending",
                    "two-representatives",
                    "matter-pending",
                ]
            },
            { "waive", ["not-formed", "not-formed", "not-representative", "matter-pending", "", "matter-pending"] },
            { "settle", ["not-formed", "not-formed", "", "matter-pending", "", "matter-pending"] },
            { "agree B", ["matter-unknown", "matter-unknown", "matter-unknown", "", "matter-closed", ""] },
            { "refuse B", ["matter-unknown", "matter-unknown", "matter-unknown", "", "matter-closed", ""] },
            {
                "agree C",
                [
                    "matter-unknown",
                    "matter-unknown",
                    "matter-unknown",
                    "matter-unknown",
                    "matter-unknown",
                    "matter-unknown",
                ]
            },
            { "say A", ["not-formed", "not-formed", "not-representative", "not-representative", "", ""] },
            { "say respondent", ["not-formed", "not-formed", "", "", "", ""] },
        };

    [Theory, MemberData(nameof(Table))]
    public void Every_verb_says_yes_or_no_in_every_state(string verb, string[] answers)
    {
        string[] states = ["proposed", "waiting", "formed", "electing", "represented", "settling"];
        foreach (var (state, no) in states.Zip(answers))
            (Do(In(state), verb).Refusal?.Code ?? "").ShouldBe(no.Length == 0 ? "" : "joint." + no, $"{verb}, {state}");
    }

    [Fact]
    public void It_is_of_two_claimants_with_the_same_respondent_and_open_complaints()
    {
        Joint.Propose(A, [], All).Refusal.ShouldBe(Joint.NobodyAlike);
        Joint.Propose(null, [A], All).Refusal.ShouldBe(Joint.NobodyAlike);
        Joint.Propose(null, [A, Of(9)], All).Refusal.ShouldBe(Joint.NotAlike);
        var same = With(B, Cases.Delivered(filing: Cases.Filing() with { Claimant = A }));
        Joint.Propose(A, [B], same).Refusal.ShouldBe(Joint.NotAlike);
        var other = With(
            B,
            Cases.Delivered(filing: Cases.Filing() with { Claimant = B, Respondent = Cases.OtherShop })
        );
        Joint.Propose(A, [B], other).Refusal.ShouldBe(Joint.NotAlike);
        Joint.Propose(A, [B], With(B, Cases.In(Status.Closed))).Refusal.ShouldBe(Joint.NotAlike);
        var many = Enumerable.Range(0, Joint.MembersMax).Select(_ => Guid.NewGuid()).ToList();
        Joint.Propose(A, many, All).Refusal.ShouldBe(Joint.TooMany);
        Then(null, Joint.Propose(null, [A, B], All)).IsConfirmed.ShouldBeTrue("the desk has looked before it offers");
    }

    [Fact]
    public void A_matter_is_carried_by_everyone_who_still_stands_and_expires()
    {
        var settling = Settling();
        settling.Carries(All, Now).ShouldBeNull();
        var one = Then(settling, settling.Agree(2, A, All, Now));
        one.Carries(All, Now).ShouldBeNull();
        one.Agree(2, A, All, Now).Refusal.ShouldBe(Joint.Answered);
        var both = Then(one, one.Agree(2, B, All, Now));
        both.Carries(All, Now)!.No.ShouldBe(2);
        both.Carries(With(B, Cases.In(Status.Closed)), Now).ShouldBeNull("one alone is no joint complaint");
        var late = Now + Policy.OfferOpenFor;
        both.Carries(All, late).ShouldBeNull();
        one.Agree(2, B, All, late).Refusal!.Code.ShouldBe(Joint.MatterClosed.Code);
        var refused = Then(one, one.Refuse(2, B, All, Now));
        refused.Agree(2, B, All, Now).Refusal!.Code.ShouldBe(Joint.MatterClosed.Code);
        refused.Carries(All, Now).ShouldBeNull();
        one.Agree(2, B, With(B, Cases.In(Status.Closed)), Now).Refusal.ShouldBe(Joint.NotIn);
    }

    [Fact]
    public void Who_is_not_asked_any_more_binds_nobody()
    {
        var three = Then(Formed(), Formed().Join(C, All));
        var electing = Then(three, three.Elect(null, [A, B], All, Now, Policy));
        foreach (var id in new[] { A, B })
            electing = Then(electing, electing.Agree(1, id, All, Now));
        electing.Carries(All, Now).ShouldBeNull("the third was not heard");
        Then(electing, electing.Leave(C)).Carries(All, Now).ShouldNotBeNull();
        Then(electing, electing.Remove(C, "另一件事")).Carries(All, Now).ShouldNotBeNull();
    }

    [Fact]
    public void A_representative_who_leaves_is_none_any_more_and_can_come_back_as_a_member()
    {
        var left = Then(Represented(), Represented().Leave(A));
        left.Of(A)!.IsRepresentative.ShouldBeFalse();
        left.IsFormed(All).ShouldBeFalse("one is left");
        var back = Then(left, left.Join(A, All));
        back.Of(A)!.IsRepresentative.ShouldBeFalse();
        back.IsFormed(All).ShouldBeTrue();
        var gone = Then(back, back.Remove(A, "另一件事"));
        gone.Join(A, All).Refusal.ShouldBe(Joint.WasRemoved);
        gone.Ask(A, All[A]).Refusal.ShouldBe(Joint.WasRemoved);
    }

    [Fact]
    public void An_offer_to_all_is_answered_by_all_and_not_in_one_complaint()
    {
        var joint = Guid.NewGuid();
        var offered = Cases
            .Delivered()
            .Then(c => c.Offer(Party.Respondent, "全额退款", 99m, Now.AddDays(9), Now.AddDays(7), Now, joint));
        offered.FirstValidReply.ShouldNotBeNull("an offer answers the complaint");
        offered.AcceptOffer(1, Party.Claimant, Now).Refusal.ShouldBe(Refusals.OfferJoint);
        offered.RejectOffer(1, Party.Claimant, Now).Refusal.ShouldBe(Refusals.OfferJoint);
        offered.AcceptOffer(1, Party.Claimant, Now, Guid.NewGuid()).Refusal.ShouldBe(Refusals.OfferJoint);
        offered.Then(c => c.AcceptOffer(1, Party.Claimant, Now, joint)).Status.ShouldBe(Status.Settled);
        Cases.WithOffer().AcceptOffer(1, Party.Claimant, Now, joint).Refusal.ShouldBe(Refusals.OfferJoint);
    }
}
