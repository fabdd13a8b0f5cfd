using Hengping.Rules;
using Hengping.Rules.Complaints;
using Shouldly;
using Xunit;
using static Hengping.Tests.Complaints.Cases;

namespace Hengping.Tests.Complaints;

/// <summary>Verbs whose answer hangs on more than the status.</summary>
public sealed class Verbs
{
    [Fact]
    public void A_second_delivery_to_the_same_respondent_moves_neither_period_nor_clock()
    {
        var again = In(Status.Unreached).Then(c => c.Deliver("p2", T0.AddDays(5)), T0.AddDays(5));
        again.DeliveredAt.ShouldBe(T0);
        again.PublicId.ShouldBe("p1");
        again.Deliveries.Length.ShouldBe(1);
        again.LastDeliveredAt.ShouldBe(T0.AddDays(5));
    }

    [Fact]
    public void Without_the_consent_to_pass_on_nothing_is_delivered()
    {
        var filing = Filing() with { Consents = new Consents(false, false, false) };
        var filed = Filed(filing);
        filed.Deliver("p", T0).Refusal!.Code.ShouldBe("complaint.no-consent");
        var consented = filed.Then(c => c.ChangeConsents(new Consents(true, false, false), T0));
        consented.Deliver("p", T0).Event.ShouldBeOfType<ComplaintEvent.Delivered>().First.ShouldBeTrue();
    }

    [Fact]
    public void A_redirect_is_a_new_delivery_and_a_rejection_is_not()
    {
        var contested = In(Status.Contested);
        contested
            .DecideContest(ContestDecision.Redirect, Shop, "p2", "r", T0)
            .Refusal!.Code.ShouldBe("complaint.same-respondent");
        var at = T0.AddDays(2);
        var redirected = contested.Then(c => c.DecideContest(ContestDecision.Redirect, OtherShop, "p2", "r", at), at);
        redirected.Respondent.ShouldBe(OtherShop);
        redirected.DeliveredAt.ShouldBe(at);
        redirected.ContestedBefore.ShouldBeFalse();
        var rejected = contested.Then(c => c.DecideContest(ContestDecision.Reject, null, "p2", "r", at), at);
        rejected.DeliveredAt.ShouldBe(T0);
        rejected
            .ContestIt(ContestGround.Competitor, null, [], at, at)
            .Refusal!.Code.ShouldBe("complaint.already-contested");
    }

    [Fact]
    public void An_excluded_contest_ends_the_case_and_another_mediator_may_review_it()
    {
        var ended = In(Status.Contested).Then(c => c.DecideContest(ContestDecision.Exclude, null, "", "r", T0));
        ended.Status.ShouldBe(Status.Declined);
        var asked = ended.Then(c => c.AskReview("不是这样", T0.AddDays(7), Policy), T0.AddDays(7), "claimant:1");
        asked.AskReview("再来", T0.AddDays(7), Policy).Refusal!.Code.ShouldBe("complaint.review-once");
        asked.DecideReview(true, "r", T0, Staff, T0.AddDays(8)).Refusal!.Code.ShouldBe("complaint.review-by-another");
        var reopened = asked.Then(c => c.DecideReview(true, "r", T0, "staff:2", T0.AddDays(8)), T0.AddDays(8));
        reopened.Status.ShouldBe(Status.Filed);
        reopened.Then(c => c.Deliver("p3", T0.AddDays(8)), T0.AddDays(8)).DeliveredAt.ShouldBe(T0);
    }

    [Fact]
    public void A_review_is_asked_within_seven_days() =>
        In(Status.Declined)
            .AskReview("r", T0.AddDays(7).AddSeconds(1), Policy)
            .Refusal!.Code.ShouldBe("complaint.review-too-late");

    [Fact]
    public void The_first_offer_of_the_respondent_is_also_a_reply()
    {
        var offered = WithOffer();
        offered.Status.ShouldBe(Status.Replied);
        offered.FirstValidReply!.At.ShouldBe(T0);
        var second = offered.Offer(Party.Respondent, "再加十元", 139m, T0.AddDays(10), T0.AddDays(5), T0);
        second.Event.ShouldBeOfType<ComplaintEvent.OfferMade>().IsReply.ShouldBeFalse();
        WithOffer(Party.Claimant).Status.ShouldBe(Status.Delivered);
    }

    [Fact]
    public void Only_the_other_party_answers_an_offer_and_only_while_it_is_open()
    {
        var offered = WithOffer();
        offered.AcceptOffer(1, Party.Respondent, T0).Refusal!.Code.ShouldBe("offer.own");
        offered.AcceptOffer(1, Party.Claimant, T0.AddDays(5)).Refusal!.Code.ShouldBe("offer.closed");
        offered.AcceptOffer(2, Party.Claimant, T0).Refusal!.Code.ShouldBe("offer.unknown");
        var rejected = offered.Then(c => c.RejectOffer(1, Party.Claimant, T0));
        var no = rejected.AcceptOffer(1, Party.Claimant, T0).Refusal!;
        no.Code.ShouldBe("offer.closed");
        no.ToldTo(() => new Hearer("Claimant", [("留言", "write a message")], T0))
            .En.ShouldMatch("^You turned it down on .*; you cannot answer it any more. Now you can: write a message.$");
        rejected.Status.ShouldBe(Status.Replied);
    }

    [Fact]
    public void An_offer_of_the_mediator_needs_both_parties()
    {
        var one = WithOffer(Party.Mediator).Then(c => c.AcceptOffer(1, Party.Claimant, T0));
        one.Status.ShouldBe(Status.Delivered);
        one.AcceptOffer(1, Party.Claimant, T0).Refusal!.Code.ShouldBe("offer.answered");
        one.Then(c => c.AcceptOffer(1, Party.Respondent, T0)).Status.ShouldBe(Status.Settled);
    }

    [Fact]
    public void Not_solved_needs_a_reply_or_72_hours()
    {
        var delivered = Delivered();
        delivered
            .CallNotSolved(T0, T0.AddHours(72).AddSeconds(-1))
            .Refusal!.Code.ShouldBe("complaint.not-solved-too-early");
        delivered.CallNotSolved(T0, T0.AddHours(72)).Event.ShouldBeOfType<ComplaintEvent.NotSolved>();
    }

    [Fact]
    public void A_suspension_moves_the_end_of_the_mediation()
    {
        var suspended = InMediation().Then(c => c.Suspend("testing", T0.AddDays(1)), T0.AddDays(1));
        suspended.Suspend("testing", T0.AddDays(1)).Refusal!.Code.ShouldBe("complaint.suspended");
        var resumed = suspended.Then(c => c.Resume(T0.AddDays(11)), T0.AddDays(11));
        resumed.MediationEndBy.ShouldBe(T0.AddDays(70));
    }

    [Fact]
    public void Scores_are_whole_numbers_the_last_one_counts_and_they_end_after_30_days()
    {
        var closed = In(Status.Closed);
        closed.ScoreIt(7.5m, null, null, null, T0, Policy).Refusal!.Code.ShouldBe("complaint.score-integer");
        closed.ScoreIt(11, null, null, null, T0, Policy).Refusal!.Code.ShouldBe("complaint.score-integer");
        var scored = closed
            .Then(c => c.ScoreIt(3, Resolved.No, null, "差", T0, Policy))
            .Then(c => c.ScoreIt(9, Resolved.Yes, 50m, null, T0.AddDays(30), Policy), T0.AddDays(30));
        scored.Score!.Satisfaction.ShouldBe(9);
        scored.Scores.ShouldBe(2);
        scored
            .ScoreIt(1, null, null, null, T0.AddDays(31), Policy)
            .Refusal.ShouldBe(Refusals.ScoreTooLate(T0.AddDays(30)));
    }

    [Fact]
    public void A_judged_reply_changes_the_first_valid_one()
    {
        var replied = Delivered().Then(c => c.Reply("收到", [], ReplyValidity.Judge("收到", true, 1), T0));
        replied.FirstValidReply.ShouldBeNull();
        var version = replied.Replies[0].Version;
        var judged = replied.Then(c => c.DecideValidity(version, true, "附件里有退款凭证", T0));
        judged.FirstValidReply!.Touched.ShouldBeTrue();
        judged.DecideValidity(version, true, "r", T0).Refusal!.Code.ShouldBe("complaint.validity-same");
    }

    [Fact]
    public void History_goes_through_the_same_verbs_and_keeps_its_order()
    {
        var source = new SourceFiling
        {
            Number = "0000-0000-0000",
            Respondent = Shop,
            Sector = "other",
            Problem = "other",
            Source = new Imported("nyc", "1", new Dictionary<string, string>()),
        };
        Complaint.FileFromSource(source, T0.AddDays(1), T0).Refusal!.Code.ShouldBe("complaint.in-the-future");
        var longer = source with { Story = new string('长', SourceFiling.StoryMax + 1) };
        Complaint.FileFromSource(longer, T0, T0).Refusal!.Code.ShouldBe("complaint.source-too-long");
        var filed = Complaint.Fold(null, Complaint.FileFromSource(source, T0, T0).Event!, T0, "import:nyc");
        filed.Deliver("p", T0.AddSeconds(-1)).Refusal!.Code.ShouldBe("complaint.out-of-order");
        var delivered = filed.Then(c => c.Deliver("p", T0), T0, "import:nyc");
        delivered.NextTick(Policy).ShouldBeNull();
        delivered.ScoreIt(7.5m, null, null, null, T0, Policy).Event.ShouldNotBeNull();
        delivered.Then(c => c.ReplyFromSource(null, true, T0), T0).FirstValidReply!.InstantKnown.ShouldBeFalse();
    }
}
