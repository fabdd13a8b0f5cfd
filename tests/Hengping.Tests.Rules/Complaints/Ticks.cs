using Hengping.Rules.Complaints;
using Shouldly;
using Xunit;
using static Hengping.Tests.Complaints.Cases;

namespace Hengping.Tests.Complaints;

/// <summary>Nobody waits without end: what the clock does by itself, and when.</summary>
public sealed class Ticks
{
    /// <summary>Lets the clock run until it has nothing to do: hours after T0 and what happened.</summary>
    private static (Complaint Complaint, List<string> Story) Run(Complaint complaint)
    {
        var story = new List<string>();
        while (complaint.NextTick(Policy) is { } due)
        {
            complaint.Tick(due.AddMilliseconds(-1), Policy).ShouldBeNull();
            var happened = complaint.Tick(due, Policy).ShouldNotBeNull();
            story.Add($"{(due - T0).TotalHours}h {happened.GetType().Name}");
            complaint = complaint.Apply(happened, due, "clock");
            story.Count.ShouldBeLessThan(20);
        }
        return (complaint, story);
    }

    [Fact]
    public void A_silent_respondent_is_chased_then_mediation_is_offered_then_it_closes_as_unanswered()
    {
        var (end, story) = Run(Delivered());
        story.ShouldBe(["48h Chased", "120h Chased", "240h MediationOffered", "720h Closed"]);
        end.ClosedBecause.ShouldBe(ClosedBecause.Unanswered);
        end.ScoreIt(0, Resolved.No, null, null, T0.AddDays(40), Policy).Event.ShouldNotBeNull();
    }

    [Fact]
    public void Personal_safety_is_chased_sooner()
    {
        var (_, story) = Run(Delivered(filing: Filing("电热毯夜里起火,孩子手臂被烫伤送医。")));
        story[..3].ShouldBe(["12h Chased", "24h Chased", "72h Chased"]);
    }

    [Fact]
    public void Nobody_is_chased_who_is_not_reached()
    {
        var (_, story) = Run(In(Status.Unreached));
        story.ShouldBe(["240h MediationOffered", "720h Closed"]);
    }

    [Fact]
    public void A_reply_without_reaction_closes_after_15_days_told_3_days_before()
    {
        var (end, story) = Run(Replied());
        story.ShouldBe(["288h ClosingTold", "360h Closed"]);
        end.ClosedBecause.ShouldBe(ClosedBecause.NoReaction);
    }

    [Fact]
    public void A_reaction_starts_the_15_days_again()
    {
        var told = Replied().Apply(new ComplaintEvent.ClosingTold(T0.AddDays(15)), T0.AddDays(12), "clock");
        var wrote = told.Then(
            c => c.Message(Party.Claimant, "还没到账", [], T0.AddDays(13)),
            T0.AddDays(13),
            "claimant:1"
        );
        wrote.NextTick(Policy).ShouldBe(T0.AddDays(13 + 12));
    }

    [Fact]
    public void A_late_clock_still_gives_three_days() =>
        Replied()
            .Tick(T0.AddDays(20), Policy)
            .ShouldBeOfType<ComplaintEvent.ClosingTold>()
            .ClosesAt.ShouldBe(T0.AddDays(23));

    [Fact]
    public void A_returned_complaint_lapses_after_30_days()
    {
        var (end, story) = Run(In(Status.Returned));
        story.ShouldBe(["720h Lapsed"]);
        end.Status.ShouldBe(Status.Withdrawn);
    }

    [Fact]
    public void A_settlement_is_asked_about_on_its_day_and_closes_after_7_days_without_objection()
    {
        var (end, story) = Run(Settled());
        story.ShouldBe(["240h PerformanceAsked", "408h Performed"]);
        end.ClosedBecause.ShouldBe(ClosedBecause.Performed);
    }

    [Fact]
    public void A_platform_that_names_no_seller_in_time_is_said_to_once()
    {
        var asked = Delivered().Then(c => c.AskSeller(isPlatform: true, T0.AddHours(100), T0), author: "claimant:1");
        asked.AskSeller(isPlatform: true, T0, T0).Refusal!.Code.ShouldBe("complaint.seller-asked");
        var (_, story) = Run(asked);
        story.ShouldBe(["48h Chased", "100h SellerUnnamed", "120h Chased", "240h MediationOffered", "720h Closed"]);
        var named = asked.Then(c => c.NameSeller("某商行", "某路1号", T0), author: "merchant:1");
        named.NameSeller("某商行", "某路1号", T0).Refusal!.Code.ShouldBe("complaint.seller-named");
        Run(named).Story.ShouldNotContain("100h SellerUnnamed");
    }

    [Fact]
    public void An_offer_expires()
    {
        var (_, story) = Run(WithOffer());
        story.ShouldBe(["120h OfferExpired", "288h ClosingTold", "360h Closed"]);
    }

    [Theory]
    [InlineData(Status.Filed)]
    [InlineData(Status.Contested)]
    [InlineData(Status.InMediation)]
    [InlineData(Status.Closed)]
    public void Where_a_person_must_act_no_clock_acts(Status status) => In(status).NextTick(Policy).ShouldBeNull();
}
