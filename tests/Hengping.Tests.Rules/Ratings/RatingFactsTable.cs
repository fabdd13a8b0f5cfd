using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Shouldly;
using Xunit;
using static Hengping.Rules.Complaints.ComplaintEvent;

namespace Hengping.Tests.Ratings;

/// <summary>Which event does what to the case a list counts.</summary>
public sealed class RatingFactsTable
{
    private static readonly DateTimeOffset Day0 = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Guid Shop = new("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid Other = new("00000000-0000-0000-0000-00000000000b");
    private static readonly Filed Filing = new()
    {
        Number = "HP1",
        Side = Side.Consumer,
        Respondent = Shop,
        Claimant = Guid.Empty,
        Sector = "other",
        Problem = "refund",
        Demands = ["refund"],
        Channel = "web",
    };
    private static readonly Delivered First = new("p1", Shop, First: true);

    [Fact]
    public void What_was_never_delivered_is_no_case() => CasesOf((0, Filing), (5, new Declined("x"))).ShouldBeEmpty();

    [Fact]
    public void A_delivery_without_answer_is_in_the_base_after_120_hours()
    {
        var one = CasesOf((0, Filing), (10, First)).Single();
        one.DeliveredAt.ShouldBe(Day0.AddHours(10));
        one.Excluded.ShouldBeNull();
        one.Answered.ShouldBe(Answered.Never);
        one.IsPending(Day0.AddHours(130)).ShouldBeTrue();
        one.IsPending(Day0.AddHours(130).AddMilliseconds(1)).ShouldBeFalse();
    }

    [Fact]
    public void A_redelivery_to_the_same_respondent_moves_nothing()
    {
        var one = CasesOf(
                (0, Filing),
                (10, First),
                (50, new Unreached([])),
                (100, new Delivered("p1", Shop, First: false)),
                (101, new Replied(true, "ok"))
            )
            .Single();
        one.DeliveredAt.ShouldBe(Day0.AddHours(10));
        one.Answered.ShouldBe(Answered.InPart);
    }

    [Fact]
    public void A_redirect_takes_one_out_and_makes_a_new_one()
    {
        var cases = CasesOf(
            (0, Filing),
            (10, First),
            (20, new Contested(ContestGround.WrongCompany, [], Day0)),
            (30, new ContestDecided(ContestDecision.Redirect, Other, "p2")),
            (40, new Replied(true, "ok")),
            (50, new Scored(7.5m, null, null))
        );
        cases[0].Excluded.ShouldBe("contested");
        cases[0].Touched.ShouldBe(Touches.Contest);
        cases[0].ValidReply.ShouldBeFalse();
        cases[1].Merchant.ShouldBe(Other);
        cases[1].DeliveredAt.ShouldBe(Day0.AddHours(30));
        cases[1].Answered.ShouldBe(Answered.InFull);
        cases[1].ScoreMilli.ShouldBe(7500);
    }

    [Theory]
    [InlineData(ContestDecision.Exclude, "contested")]
    [InlineData(ContestDecision.Reject, null)]
    public void A_contest_is_decided(ContestDecision decision, string? excluded)
    {
        var one = CasesOf((0, Filing), (10, First), (30, new ContestDecided(decision, null, null))).Single();
        one.Excluded.ShouldBe(excluded);
        one.Touched.ShouldBe(Touches.Contest);
        one.DeliveredAt.ShouldBe(Day0.AddHours(10));
    }

    [Theory]
    [InlineData(100, false, "withdrawn")]
    [InlineData(130, false, "withdrawn")] // 120 h after delivery: still within.
    [InlineData(131, false, null)]
    [InlineData(100, true, null)]
    public void Withdrawn_before_a_reply_and_within_120_hours_is_out(int hour, bool replied, string? excluded)
    {
        List<(int, ComplaintEvent)> told = [(0, Filing), (10, First)];
        if (replied)
            told.Add((20, new Replied(true, "ok")));
        told.Add((hour, new Withdrawn()));
        CasesOf([.. told]).Single().Excluded.ShouldBe(excluded);
    }

    /// <summary>A withdrawal that was bought must not pay.</summary>
    [Fact]
    public void Withdrawn_as_paid_or_solved_stays_in()
    {
        CasesOf((0, Filing), (10, First), (20, new Withdrawn(Complaint.Solved))).Single().Excluded.ShouldBeNull();
        CasesOf((0, Filing), (10, First), (20, new Withdrawn("withdrawn-asked")))
            .Single()
            .Excluded.ShouldBe("withdrawn");
    }

    [Fact]
    public void Stops_before_a_decision_are_out_until_it_is_delivered_again()
    {
        CasesOf((0, Filing), (1, First), (2, new Declined("x"))).Single().Excluded.ShouldBe("declined");
        CasesOf((0, Filing), (1, First), (2, new Returned([], Day0))).Single().Excluded.ShouldBe("returned");
        CasesOf((0, Filing), (1, First), (2, new Terminated("x", true))).Single().Excluded.ShouldBe("terminated");
        CasesOf((0, Filing), (1, First), (2, new Terminated("x", false))).Single().Excluded.ShouldBeNull();
        var again = CasesOf((0, Filing), (1, First), (2, new Declined("x")), (9, First with { First = false }))
            .Single();
        again.Excluded.ShouldBeNull();
        again.DeliveredAt.ShouldBe(Day0.AddHours(1));
    }

    [Fact]
    public void The_first_valid_reply_counts_and_validity_may_be_decided_again()
    {
        List<(int, ComplaintEvent)> told =
        [
            (0, Filing),
            (10, First),
            (20, new Replied(false, "tooShort")),
            (90, new Replied(true, "ok")),
        ];
        CasesOf([.. told]).Single().RepliedAt.ShouldBe(Day0.AddHours(90));
        told.Add((95, new ValidityDecided(3, true, "x")));
        var one = CasesOf([.. told]).Single();
        one.RepliedAt.ShouldBe(Day0.AddHours(20));
        one.Touched.ShouldBe(Touches.Validity);
    }

    [Fact]
    public void The_respondents_first_offer_is_a_reply() =>
        CasesOf((0, Filing), (10, First), (20, new OfferMade(1, Party.Respondent, 10, Day0, Day0, IsReply: true)))
            .Single()
            .ValidReply.ShouldBeTrue();

    [Theory]
    [InlineData(true, Answered.InFull)]
    [InlineData(false, Answered.Late)]
    [InlineData(null, Answered.Late)]
    public void A_reply_of_unknown_instant_counts_by_its_sources_flag(bool? timely, Answered answered)
    {
        var reply = new Replied(true, "source") { InstantKnown = false, SourceTimely = timely };
        var one = CasesOf((0, Filing), (10, First), (20, reply)).Single();
        one.Answered.ShouldBe(answered);
        one.RepliedAt.ShouldBeNull();
        one.ReplyTimely.ShouldBe(timely);
    }

    [Fact]
    public void Exclusion_is_reversible_and_counted_as_human()
    {
        var one = CasesOf((0, Filing), (10, First), (20, new Excluded("duplicate"))).Single();
        one.Excluded.ShouldBe("duplicate");
        one.Touched.ShouldBe(Touches.Exclusion);
        CasesOf((0, Filing), (10, First), (20, new Excluded("x")), (30, new Included("x")))
            .Single()
            .Excluded.ShouldBeNull();
        var imported = Fold("import:nyc", (0, Filing), (10, First), (20, new Excluded("respondent not located")));
        imported.Single().Touched.ShouldBe(Touches.None);
    }

    [Fact]
    public void The_last_score_counts_and_a_past_view_sees_the_one_before()
    {
        List<(int, ComplaintEvent)> told =
        [
            (0, Filing),
            (10, First),
            (20, new Scored(3, Resolved.No, null)),
            (30, new Scored(9, Resolved.Yes, 12.5m)),
        ];
        CasesOf([.. told]).Single().ScoreMilli.ShouldBe(9000);
        CasesOf([.. told.Take(3)]).Single().ScoreMilli.ShouldBe(3000);
    }

    private static List<RatingCase> CasesOf(params (int Hour, ComplaintEvent Event)[] told) => Fold("staff:1", told);

    private static List<RatingCase> Fold(string author, params (int Hour, ComplaintEvent Event)[] told)
    {
        RatingFacts? facts = null;
        var version = 0;
        foreach (var (hour, happened) in told)
            facts = RatingFacts.Fold(facts, happened, Day0.AddHours(hour), ++version, author);
        return facts!.Cases.ToList();
    }
}
