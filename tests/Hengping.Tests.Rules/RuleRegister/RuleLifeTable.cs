using Hengping.App.Clocks;
using Hengping.Rules;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;
using Hengping.Rules.RuleRegister;
using Shouldly;
using Xunit;

namespace Hengping.Tests.RuleRegister;

/// <summary>Every status of a version × every verb: the status after a yes on that day, or the no.</summary>
public sealed class RuleLifeTable
{
    private static readonly DateTimeOffset T0 = new(2026, 10, 12, 2, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 10, 12);
    private static readonly Guid Ann = new("00000000-0000-7000-8000-00000000000a");
    private static readonly Guid Ben = new("00000000-0000-7000-8000-00000000000b");

    // "=" is a yes without a move, "-" rule.wrong-state, a letter the status moved to.
    private const string Table = """
        status       Revise Confirm Consult Publish MarkTechnical Withdraw GiveOpinion AnswerOpinion
        Draft        =      -       C       N       I             W        -           -
        Recording    -      R       -       -       -             W        -           -
        Consultation =      -       -       N       -             W        =           =
        Notice       -      -       -       -       -             W        -           =
        Transition   -      -       -       -       -             W        -           =
        InForce      -      -       -       -       =             -        -           =
        Replaced     -      -       -       -       =             -        -           =
        Withdrawn    -      -       -       -       -             -        -           =
        """;

    private static readonly Dictionary<string, RuleStatus> Moves = new()
    {
        ["C"] = RuleStatus.Consultation,
        ["N"] = RuleStatus.Notice,
        ["I"] = RuleStatus.InForce,
        ["R"] = RuleStatus.Replaced,
        ["W"] = RuleStatus.Withdrawn,
    };

    public static IEnumerable<object[]> Cells() =>
        from line in Table.Split('\n')[1..]
        let cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        from verb in Enum.GetValues<RuleVerb>()
        select new object[] { Enum.Parse<RuleStatus>(cells[0]), verb, cells[1 + (int)verb] };

    [Fact]
    public void The_table_has_every_status_and_every_verb() =>
        Cells().Count().ShouldBe(Enum.GetValues<RuleStatus>().Length * Enum.GetValues<RuleVerb>().Length);

    [Theory, MemberData(nameof(Cells))]
    public void Every_status_and_every_verb(RuleStatus status, RuleVerb verb, string expected)
    {
        var (rule, version) = In(status);
        rule.StatusOf(version, Today).ShouldBe(status);
        RuleLife.Allows(status, verb).ShouldBe(expected != "-");
        if (verb is RuleVerb.GiveOpinion or RuleVerb.AnswerOpinion)
        {
            // The last day of its consultation was yesterday.
            var why = rule.WhyNoOpinion(version, expected == "-" ? Today : Today.AddDays(-1));
            if (verb == RuleVerb.GiveOpinion)
                (why?.Code).ShouldBe(expected == "-" ? "rule.wrong-state" : null);
            return;
        }
        var decided = Do(rule, version, verb);
        if (expected == "-")
        {
            decided.Event.ShouldBeNull();
            decided.Refusal!.Code.ShouldBe("rule.wrong-state");
            decided.Refusal.Zh.ShouldContain(RuleLife.Name(status).Zh);
            var possible = Enum.GetValues<RuleVerb>().Where(v => RuleLife.Allows(status, v)).Select(RuleLife.Word);
            decided.Refusal.ShouldTell(rule.ToRole(version, Enum.GetValues<RuleVerb>(), Ann, T0), possible);
            return;
        }
        decided.Refusal.ShouldBeNull();
        var after = PlatformRule.Fold(rule, decided.Event!, T0);
        if (verb == RuleVerb.MarkTechnical)
            after = PlatformRule.Fold(after, after.MarkTechnical(after.Find(version.No)!, Ben, Today).Event!, T0);
        after.StatusOf(after.Find(version.No)!, Today).ShouldBe(expected == "=" ? status : Moves[expected]);
        after.Versions.Count.ShouldBe(rule.Versions.Count, "a version is never deleted");
    }

    [Theory]
    [InlineData(0, 7, "2026-10-20")]
    [InlineData(0, 8, null)]
    [InlineData(1, 15, "2026-10-28")]
    [InlineData(1, 16, null)]
    public void A_notice_lasts_as_long_as_the_law_says(int grounds, int days, string? earliest)
    {
        var (rule, version) = In(RuleStatus.Draft);
        RuleGround[] because = grounds == 0 ? [] : [RuleGround.ManyChanges];
        var decided = Publish(rule, version, new RulePublication(Today.AddDays(days), because, Asked: "首页征求意见"));
        if (earliest is null)
        {
            decided.Event.ShouldBeOfType<RuleEvent.Published>().InForceOn.ShouldBe(Today.AddDays(days));
            return;
        }
        decided.Refusal!.Code.ShouldBe("rule.too-early");
        decided.Refusal.Zh.ShouldContain(earliest);
        decided.Refusal.En.ShouldContain(earliest);
    }

    [Fact]
    public void A_heavy_change_has_a_transition_between_its_notice_and_its_day()
    {
        var (rule, version) = In(RuleStatus.Draft);
        RuleGround[] heavy = [RuleGround.HeavyEffect];
        var day = Today.AddDays(30);
        Publish(rule, version, new RulePublication(day, heavy, Asked: "首页"))
            .Refusal.ShouldBe(PlatformRule.NoTransition);
        foreach (var from in new[] { Today.AddDays(15), day })
            Publish(rule, version, new RulePublication(day, heavy, from, "首页"))
                .Refusal.ShouldBe(PlatformRule.TransitionDays);
        var published = Publish(rule, version, new RulePublication(day, heavy, Today.AddDays(16), "首页")).Event!;
        var after = PlatformRule.Fold(rule, published, T0);
        after.StatusOf(after.Find(version.No)!, Today.AddDays(15)).ShouldBe(RuleStatus.Notice);
        after.StatusOf(after.Find(version.No)!, Today.AddDays(16)).ShouldBe(RuleStatus.Transition);
        after.InForce(Today.AddDays(29))!.No.ShouldBe(1);
        after.InForce(day)!.No.ShouldBe(version.No);
        after.StatusOf(after.Find(1)!, day).ShouldBe(RuleStatus.Replaced);
    }

    [Fact]
    public void Nothing_is_announced_before_people_were_asked_and_answered()
    {
        var (draft, version) = In(RuleStatus.Draft);
        var wanted = new RulePublication(Today.AddDays(8), []);
        Publish(draft, version, wanted).Refusal.ShouldBe(PlatformRule.NoConsultation);
        draft.Consult(version, Today, Today).Refusal.ShouldBe(PlatformRule.EndsTooSoon);
        var asking = PlatformRule.Fold(draft, draft.Consult(version, Today.AddDays(3), Today).Event!, T0);
        var asked = asking.Find(version.No)!;
        Publish(asking, asked, wanted).Refusal!.Code.ShouldBe("rule.consultation-open");
        asking.Revise(asked, asked.Wording, Today.AddDays(3)).Refusal!.Code.ShouldBe("rule.consultation-open");
        asking.WhyNoOpinion(asked, Today.AddDays(3)).ShouldBeNull();
        asking.WhyNoOpinion(asked, Today.AddDays(4)).ShouldBe(PlatformRule.ConsultationOver(Today.AddDays(3)));
        var later = wanted with { InForceOn = Today.AddDays(20) };
        asking
            .Publish(asked, later, Today.AddDays(4), null, unanswered: 2)
            .Refusal!.Code.ShouldBe("rule.opinions-unanswered");
        asking.Publish(asked, later, Today.AddDays(4), null, unanswered: 0).Event.ShouldNotBeNull();
    }

    [Fact]
    public void One_version_is_on_its_way_at_a_time()
    {
        var (rule, version) = In(RuleStatus.Notice);
        rule.Draft(version.Wording, Today).Refusal!.Code.ShouldBe("rule.open-version");
        rule.Draft(version.Wording, version.InForceOn!.Value)
            .Event.ShouldBeOfType<RuleEvent.Drafted>()
            .Version.ShouldBe(3);
    }

    [Fact]
    public void Two_people_find_a_text_technical_and_no_changed_word_is()
    {
        var (rule, version) = In(RuleStatus.Draft);
        var once = PlatformRule.Fold(rule, rule.MarkTechnical(version, Ann, Today).Event!, T0);
        once.StatusOf(once.Find(2)!, Today).ShouldBe(RuleStatus.Draft);
        once.MarkTechnical(once.Find(2)!, Ann, Today).Refusal.ShouldBe(PlatformRule.SamePerson);
        var revised = PlatformRule.Fold(
            once,
            once.Revise(once.Find(2)!, Text("1. 七日内可以退货。"), Today).Event!,
            T0
        );
        revised.Find(2)!.TechnicalBy.ShouldBeEmpty("what was marked is not what stands there now");
        var twice = PlatformRule.Fold(once, once.MarkTechnical(once.Find(2)!, Ben, Today).Event!, T0);
        twice.MarkTechnical(twice.Find(2)!, Ann, Today).Refusal.ShouldBe(PlatformRule.AlreadyTechnical);
        rule.MarkTechnical(rule.Find(1)!, Ann, Today).Refusal.ShouldBe(PlatformRule.NothingBefore);
        foreach (
            var said in new[]
            {
                "1. 八日内可以退货。",
                "1. 七日内不可以退货。",
                "1. 七日内，可以退货。",
                "1. 7日内可以退货。",
            }
        )
        {
            var changed = PlatformRule.Fold(rule, rule.Revise(version, Text(said), Today).Event!, T0);
            var refusal = changed.MarkTechnical(changed.Find(2)!, Ann, Today).Refusal;
            (refusal?.Code).ShouldBe("rule.technical-differs", said);
        }
    }

    [Fact]
    public void What_was_in_force_before_is_recorded_in_its_order()
    {
        var begun = PlatformRule.Fold(null, new RuleEvent.Begun(RuleTopic.Returns), T0);
        var drafted = PlatformRule.Fold(begun, begun.Draft(Text("1. 七日。"), Today).Event!, T0);
        var (version, old) = (drafted.Find(1)!, new DateOnly(2024, 2, 1));
        drafted.Record(version, Ann, null, Today.AddDays(1), Today, null, false).Refusal.ShouldBe(PlatformRule.NotYet);
        var today = drafted.Record(version, Ann, null, Today, Today, null, false).Refusal;
        today.ShouldBe(PlatformRule.RecordedAfter(Today));
        drafted
            .Record(version, Ann, null, Today.AddDays(-1), Today, null, true)
            .Refusal.ShouldBe(PlatformRule.WhenAnnounced);
        var notice = Notice([], Today.AddDays(-9));
        drafted
            .Record(version, Ann, Today.AddDays(-9), Today.AddDays(-2), Today, notice, true)
            .Refusal!.Code.ShouldBe("rule.too-early");
        drafted.Record(version, Ann, Today.AddDays(-9), Today.AddDays(-1), Today, notice, true).Event.ShouldNotBeNull();
        var said = PlatformRule.Fold(drafted, drafted.Record(version, Ann, null, old, Today, null, false).Event!, T0);
        said.InForce(Today).ShouldBeNull("one person alone puts nothing in force");
        PlatformRule.IsPublic(said.Find(1)!).ShouldBeFalse();
        said.Confirm(said.Find(1)!, Ann, Today).Refusal.ShouldBe(PlatformRule.SameRecorder);
        var recorded = PlatformRule.Fold(said, said.Confirm(said.Find(1)!, Ben, Today).Event!, T0);
        (recorded.Find(1)!.IsRecorded, recorded.Find(1)!.RecordedOn).ShouldBe((true, Today));
        recorded.InForce(old)!.No.ShouldBe(1);
        recorded.InForce(old.AddDays(-1)).ShouldBeNull();
        recorded.Citable(Today.AddDays(-1)).ShouldBeNull("nobody could read it here when it happened");
        recorded.Citable(Today)!.No.ShouldBe(1);
        var next = PlatformRule.Fold(recorded, recorded.Draft(Text("1. 八日。"), Today).Event!, T0);
        next.Record(next.Find(2)!, Ann, null, old, Today, null, false).Refusal.ShouldBe(PlatformRule.OutOfOrder);
        // What is recorded a month later changed nothing since the register held the rule.
        var month = Today.AddDays(30);
        next.Record(next.Find(2)!, Ann, null, Today.AddDays(20), month, null, false)
            .Refusal.ShouldBe(PlatformRule.RecordedAfter(Today));
        next.Record(next.Find(2)!, Ann, null, Today.AddDays(-1), month, null, false).Event.ShouldNotBeNull();
        var (announced, third) = In(RuleStatus.Notice);
        announced.Record(third, Ann, null, old, Today, null, false).Refusal.ShouldBe(PlatformRule.RecordedLate);
    }

    private static RuleWording Text(string zh) =>
        new(
            "退换货规则",
            "Returns",
            RuleText.Clauses(zh, "1. Goods are returned within seven days.", isRecorded: false, new FieldFaults()),
            "修改期限",
            "Another term"
        );

    private static Deadline? Notice(IReadOnlyList<RuleGround> grounds, DateOnly on) =>
        Law.Shipped.Count(PlatformRule.NoticeClock(grounds), Shanghai.StartOf(on));

    private static Decided<RuleEvent> Publish(PlatformRule rule, RuleVersion version, RulePublication wanted) =>
        rule.Publish(version, wanted, Today, Notice(wanted.Grounds, Today), unanswered: 0);

    // A first version holds; the second is in the status.
    private static (PlatformRule Rule, RuleVersion Version) In(RuleStatus status)
    {
        var old = new DateOnly(2025, 1, 1);
        RuleEvent[] first =
        [
            new RuleEvent.Begun(RuleTopic.Returns),
            new RuleEvent.Drafted(1, Text("1. 七日内可以退货。")),
            new RuleEvent.Recorded(1, null, old, Ann),
            new RuleEvent.Confirmed(1, Ben),
            new RuleEvent.Drafted(2, Text("**1.** 七日内可以退货。")),
        ];
        RuleEvent Published(int from, int? transition = null) =>
            new RuleEvent.Published(
                2,
                Today.AddDays(-20),
                Today.AddDays(from),
                [],
                transition is { } t ? Today.AddDays(t) : null,
                "首页",
                null
            );
        RuleEvent[] more = status switch
        {
            RuleStatus.Draft => [],
            RuleStatus.Recording => [new RuleEvent.Recorded(2, null, old.AddDays(-9), Ann)],
            RuleStatus.Consultation => [new RuleEvent.Consulted(2, Today.AddDays(-1))],
            RuleStatus.Notice => [Published(3)],
            RuleStatus.Transition => [Published(3, -1)],
            RuleStatus.InForce => [Published(-1)],
            RuleStatus.Replaced =>
            [
                Published(-5),
                new RuleEvent.Drafted(3, Text("1. 九日。")),
                new RuleEvent.Recorded(3, null, Today, Ann),
                new RuleEvent.Confirmed(3, Ben),
            ],
            _ => [new RuleEvent.Withdrawn(2, "暂不修改")],
        };
        var rule = first
            .Concat(more)
            .Aggregate((PlatformRule?)null, (state, one) => PlatformRule.Fold(state, one, T0))!;
        return (rule, rule.Find(2)!);
    }

    private static Decided<RuleEvent> Do(PlatformRule rule, RuleVersion version, RuleVerb verb) =>
        verb switch
        {
            RuleVerb.Revise => rule.Revise(version, version.Wording, Today),
            RuleVerb.Confirm => rule.Confirm(version, Ben, Today),
            RuleVerb.Consult => rule.Consult(version, Today.AddDays(7), Today),
            RuleVerb.Publish => Publish(
                rule,
                version,
                new RulePublication(Today.AddDays(8), [], Asked: "首页征求意见")
            ),
            RuleVerb.MarkTechnical => rule.MarkTechnical(version, Ann, Today),
            _ => rule.Withdraw(version, "暂不修改", Today),
        };
}
