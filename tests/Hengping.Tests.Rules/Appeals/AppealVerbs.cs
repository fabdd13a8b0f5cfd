using System.Globalization;
using Hengping.Rules;
using Hengping.Rules.Appeals;
using Hengping.Rules.Fields;
using Shouldly;
using Xunit;
using static Hengping.Tests.Appeals.AppealCases;

namespace Hengping.Tests.Appeals;

/// <summary>What hangs on more than the status.</summary>
public sealed class AppealVerbs
{
    [Fact]
    public void Seven_days_then_with_a_reason_then_never()
    {
        var draft = In(AppealStatus.Draft);
        Submit(draft, 7, hasReason: false).ShouldBe(null);
        Submit(draft, 8, hasReason: false).ShouldBe(Appeal.NeedsReason);
        Submit(draft, 8, hasReason: true).ShouldBe(null);
        Submit(draft, 185, hasReason: true).ShouldBe(Appeal.TooLate);
        var appellant = new Appellant(null, Other);
        Appeal.Begin(Facts, appellant, Window.Until, T0, T0.AddDays(185)).Refusal.ShouldBe(Appeal.TooLate);
        var late = draft.Submit(Plan(), null, Window, true, null, T0.AddDays(8)).Event;
        ((AppealEvent.Submitted)late!).IsLate.ShouldBeTrue();
    }

    [Fact]
    public void It_says_something_and_comes_back_with_something_new()
    {
        In(AppealStatus.Draft).Submit(PlanOfAction.Empty, null, Window, false, null, T0).Refusal.ShouldBe(Appeal.Empty);
        var refused = In(AppealStatus.Refused);
        refused.Submit(Plan(), Plan(), Window, false, null, T0).Refusal.ShouldBe(Appeal.Unchanged);
    }

    // Of what was sent back for its cause: who changes the cause alone goes to the front, once.
    [Theory]
    [InlineData("换了供应商", null, true)]
    [InlineData("换了供应商", "每批送检两次", false)]
    [InlineData("供应商换了面料，没有重新送检", "每批送检两次", false)]
    public void Exactly_what_was_missing_goes_to_the_front(string cause, string? prevention, bool isFront)
    {
        var plan = Plan(cause);
        if (prevention is not null)
            plan = new([.. plan.Statements.SkipLast(1), plan.Statements[2] with { Text = prevention }]);
        var refused = In(AppealStatus.Refused);
        var sent = refused.Submit(plan, Plan(), Window, false, null, T0.AddDays(20)).Event;
        ((AppealEvent.Submitted)sent!).ShouldBe(new AppealEvent.Submitted(1, null, IsLate: false, isFront));
        var again = Appeal.Fold(refused, sent!, T0.AddDays(20));
        again
            .Refuse([new(AppealSection.Preventive, "还缺")], null, T0.AddDays(50))
            .Refusal.ShouldBe(Appeal.RefusedBefore);
    }

    [Fact]
    public void What_was_sent_back_names_parts_that_it_has()
    {
        var sent = In(AppealStatus.Submitted);
        sent.Refuse([new(AppealSection.Expiry, "没有写")], null, T0).Refusal.ShouldBe(Appeal.NotAsked);
        var safety = sent with { IsSafety = true };
        var named = safety.Refuse(
            [new(AppealSection.Expiry, "没有写"), new(AppealSection.RootCause, "空话")],
            null,
            T0
        );
        ((AppealEvent.Refused)named.Event!).Sections.ShouldBe([AppealSection.RootCause, AppealSection.Expiry]);
    }

    [Fact]
    public void Nobody_decides_about_their_own_decision()
    {
        var sent = In(AppealStatus.Submitted);
        Decide(sent, Decider).Refusal.ShouldBe(Appeal.OwnDecision);
        Decide(sent, Decider, isFree: false).Refusal.ShouldBe(Appeal.NeedsSecond);
        Decide(sent, Other, isFree: false).Event.ShouldNotBeNull();
        sent.NameSecond(Other, isFree: true).Refusal.ShouldBe(Appeal.NoSecondNeeded);
        sent.NameSecond(Decider, isFree: false).Refusal.ShouldBe(Appeal.OwnDecision);
        Then(sent, sent.NameSecond(Other, isFree: false)).Second.ShouldBe(Other);
    }

    [Fact]
    public void The_effect_is_checked_after_the_last_day_promised_in_what_was_accepted()
    {
        var sent = In(AppealStatus.Submitted);
        var decided = (AppealEvent.Decided)Decide(sent, Other).Event!;
        decided.Accepted.ShouldBe([1, 2]);
        decided.PromisedBy.ShouldBe(Promised);
        decided.CheckAt.ShouldBe(new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero));
        var upheld = (AppealEvent.Decided)Decide(sent, Other, AppealStatus.Upheld).Event!;
        (upheld.PromisedBy, upheld.CheckAt).ShouldBe((null, null));
    }

    // Decided on 12 October: what was done before is checked from that day on, what goes on lighter from its end.
    [Theory]
    [InlineData("2019-12-05", null, "2026-10-12")]
    [InlineData("2026-10-12", null, "2026-10-12")]
    [InlineData("2026-11-02", null, "2026-11-02")]
    [InlineData("2019-12-05", "2026-11-15", "2026-11-15")]
    [InlineData("2026-12-01", "2026-11-15", "2026-12-01")]
    [InlineData("9999-12-31", null, "2029-10-12")]
    public void The_effect_is_looked_at_after_the_decision(string done, string? endsOn, string from)
    {
        PlanOfAction plan = new([new(1, AppealSection.Corrective, "已换供应商", null, Day(done), [])]);
        var decided = Decide(
            In(AppealStatus.Submitted),
            Other,
            endsOn is null ? AppealStatus.Overturned : AppealStatus.Partly,
            plan: plan,
            change: endsOn is null ? null : new ChangedMeasure(Day(endsOn), null, null)
        );
        var happened = (AppealEvent.Decided)decided.Event!;
        happened.CheckFrom.ShouldBe(Day(from));
        happened.PromisedBy.ShouldBe(Day(done));
        happened.CheckAt!.Value.ShouldBeGreaterThan(T0.AddDays(27));
    }

    [Fact]
    public void A_check_comes_once_and_a_worse_one_waits_for_somebody()
    {
        var given = In(AppealStatus.Overturned);
        var worse = Effectiveness.Judge(new(2, null, 28), new(30, null, 28));
        given.Check(worse, given.CheckAt!.Value.AddMinutes(-1)).Refusal.ShouldBe(Appeal.NotYet);
        var found = Then(given, given.Check(worse, given.CheckAt!.Value));
        found.Turn(isFree: true)!.Verb.ShouldBe(AppealVerb.Look);
        found.Check(worse, given.CheckAt!.Value).Refusal.ShouldBe(Appeal.NotYet);
        var seen = Then(found, found.Look("另开一案"));
        seen.Turn(isFree: true).ShouldBeNull();
        seen.Look("再看一次").Refusal.ShouldBe(Appeal.NothingToLookAt);
    }

    [Fact]
    public void An_appeal_about_a_report_has_grounds_alone_and_no_middle()
    {
        var facts = Facts with { Target = new AppealTarget(AppealTargetKind.Report, Guid.NewGuid()) };
        var draft = Begun(facts);
        draft.Sections.ShouldBe([AppealSection.Grounds]);
        var plan = new PlanOfAction([new(1, AppealSection.Grounds, "附上了新的照片", null, Promised, [])]);
        var sent = Then(Then(draft, draft.Save(plan, null)), draft.Submit(plan, null, Window, false, null, T0));
        Decide(sent, Other, AppealStatus.Partly).Refusal.ShouldBe(Appeal.NotInPart);
        ((AppealEvent.Decided)Decide(sent, Other).Event!).CheckAt.ShouldBeNull();
    }

    [Fact]
    public void It_is_extended_once_and_lapses_only_when_its_time_is_over()
    {
        var sent = In(AppealStatus.Submitted);
        var longer = Then(sent, sent.Extend("等检测报告", T0.AddDays(14)));
        longer.Extend("再等等", T0.AddDays(21)).Refusal.ShouldBe(Appeal.ExtendedBefore);
        longer.Running.ShouldBe(new("appeal", Appeal.TestingRule, T0.AddDays(7), T0.AddDays(14)));
        In(AppealStatus.Draft).Lapse(T0.AddDays(29)).Refusal.ShouldBe(Appeal.NotYet);
    }

    [Fact]
    public void Who_says_only_that_the_decision_is_wrong_needs_no_plan()
    {
        PlanOfAction contest = new([new(1, AppealSection.Grounds, "不是我们的商品", null, null, [])]);
        contest.Missing(AppealTargetKind.Measure, isSafety: true).ShouldBeEmpty();
        Plan().Missing(AppealTargetKind.Measure, isSafety: false).ShouldBeEmpty();
        Plan().Missing(AppealTargetKind.Measure, isSafety: true).Count.ShouldBe(7);
    }

    [Fact]
    public void Versions_differ_by_statements()
    {
        Plan().Since(Plan()).ShouldBeEmpty();
        var changes = Plan("换了供应商").Since(Plan());
        changes
            .Select(c => (c.Section, c.IsNew))
            .ShouldBe([(AppealSection.RootCause, false), (AppealSection.RootCause, true)]);
    }

    [Fact]
    public void What_is_typed_is_judged_by_field()
    {
        var faults = new FieldFaults();
        var plan = PlanDraft.Check(
            [
                new("preventive", "每批送检", null, null, null),
                new(null, " ", null, null, null),
                new("rootCause", "", "张敏", null, [new(null, "paper", null, null, null, null, null)]),
                new("expiry", "查过", null, null, null),
            ],
            PlanOfAction.SectionsOf(AppealTargetKind.Measure, isSafety: false),
            Today,
            faults
        );
        plan.Statements.Select(s => (s.No, s.Section)).ShouldContain((1, AppealSection.RootCause));
        faults.All.Keys.ShouldBe(
            [
                "statements[2].text",
                "statements[2].proofs[0].file",
                "statements[2].proofs[0].kind",
                "statements[3].section",
            ],
            ignoreOrder: true
        );
    }

    [Theory]
    [InlineData("0001-01-01", false)]
    [InlineData("2021-10-11", false)]
    [InlineData("2021-10-12", true)]
    [InlineData("2029-10-12", true)]
    [InlineData("2029-10-13", false)]
    [InlineData("9999-12-31", false)]
    public void What_is_done_or_promised_has_a_day_that_makes_sense(string by, bool isTaken)
    {
        var faults = new FieldFaults();
        PlanDraft.Check(
            [new("corrective", "已经下架", null, Day(by), null)],
            PlanOfAction.SectionsOf(AppealTargetKind.Measure, isSafety: false),
            Today,
            faults
        );
        faults.All.Keys.ShouldBe(isTaken ? [] : ["statements[0].by"]);
    }

    [Fact]
    public void A_paper_is_valid_within_days_that_make_sense()
    {
        var faults = new FieldFaults();
        var proof = new ProofDraft(Other, "invoice", null, null, DateOnly.MinValue, DateOnly.MaxValue, null);
        PlanDraft.Check([new("grounds", "见发票", null, null, [proof])], [AppealSection.Grounds], Today, faults);
        faults.All.Keys.ShouldBe(["statements[0].proofs[0].validFrom", "statements[0].proofs[0].validTo"]);
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Refusal? Submit(Appeal draft, int days, bool hasReason) =>
        draft.Submit(Plan(), null, Window, hasReason, null, T0.AddDays(days)).Refusal;
}
