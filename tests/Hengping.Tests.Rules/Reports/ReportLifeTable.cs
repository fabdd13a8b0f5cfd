using Hengping.Rules;
using Hengping.Rules.Fields;
using Hengping.Rules.Reports;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Reports;

/// <summary>Every status of a report × every verb: the status after a yes, or the no.</summary>
public sealed class ReportLifeTable
{
    private static readonly DateTimeOffset T0 = new(2026, 10, 12, 2, 0, 0, TimeSpan.Zero);

    // "=" is a yes without a move, "-" report.wrong-state, a letter the status moved to.
    private const string Table = """
        status      Accept Decline Dispute Extend Conclude Tell Add Withdraw Hold LiftHold Reopen
        Received    A      X       =       -      -        =    =   W        =    = -
        NotAccepted -      -       -       -      -        =    -   -        =    = R
        Accepted    -      -       -       =      B        =    =   =        =    = -
        BreachFound -      -       -       -      -        =    -   -        =    = -
        NotFound    -      -       -       -      -        =    -   -        =    = R
        Referred    -      -       -       -      -        =    -   -        =    = -
        Withdrawn   -      -       -       -      -        =    -   -        =    = -
        """;

    private static readonly Dictionary<string, ReportStatus> Moves = new()
    {
        ["A"] = ReportStatus.Accepted,
        ["X"] = ReportStatus.NotAccepted,
        ["B"] = ReportStatus.BreachFound,
        ["W"] = ReportStatus.Withdrawn,
        ["R"] = ReportStatus.Accepted,
    };

    public static IEnumerable<object[]> Cells() =>
        from line in Table.Split('\n')[1..]
        let cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        from verb in Enum.GetValues<ReportVerb>()
        select new object[] { Enum.Parse<ReportStatus>(cells[0]), verb, cells[1 + (int)verb] };

    [Fact]
    public void The_table_has_every_status_and_every_verb() =>
        Cells().Count().ShouldBe(Enum.GetValues<ReportStatus>().Length * Enum.GetValues<ReportVerb>().Length);

    [Theory, MemberData(nameof(Cells))]
    public void Every_status_and_every_verb(ReportStatus status, ReportVerb verb, string expected)
    {
        var report = In(status);
        var decided = Do(report, verb);
        ReportLife.Allows(status, verb).ShouldBe(expected != "-");
        if (expected == "-")
        {
            decided.Event.ShouldBeNull();
            decided.Refusal!.Code.ShouldBe("report.wrong-state");
            decided.Refusal.Zh.ShouldContain(ReportLife.Name(status).Zh);
            var possible = Enum.GetValues<ReportVerb>()
                .Where(v => ReportLife.Allows(status, v))
                .Select(ReportLife.Word);
            decided.Refusal.ShouldTell(report.ToStaff(isRegulator: false, T0.AddDays(1)), possible);
            decided.Refusal.ShouldTell(report.ToReporter(T0.AddDays(1)), possible);
            return;
        }
        decided.Refusal.ShouldBeNull();
        var after = Report.Fold(report, decided.Event!, T0.AddDays(1));
        after.Status.ShouldBe(expected == "=" ? status : Moves[expected]);
        (after.EndedAt is null).ShouldBe(after.IsOpen);
    }

    [Theory, MemberData(nameof(Cells))]
    public void What_was_erased_takes_no_verb(ReportStatus status, ReportVerb verb, string expected)
    {
        expected.ShouldNotBeEmpty();
        var gone = Report.Fold(In(status), In(status).Erase("age").Event!, T0.AddDays(2));
        Do(gone, verb).Refusal.ShouldBe(Report.Gone);
        gone.Erase("age").Refusal.ShouldBe(Report.Gone);
    }

    [Theory, MemberData(nameof(Cells))]
    public void What_is_locked_takes_no_verb_and_is_erased_later(ReportStatus status, ReportVerb verb, string expected)
    {
        expected.ShouldNotBeEmpty();
        var locked = Report.Fold(In(status), In(status).Lock().Event!, T0.AddDays(2));
        (locked.EndedAt, locked.Next).ShouldBe((In(status).EndedAt ?? T0.AddDays(2), null));
        Do(locked, verb).Refusal.ShouldBe(Report.Gone);
        locked.Lock().Refusal.ShouldBe(Report.Gone);
        var gone = Report.Fold(locked, locked.Erase("age").Event!, T0.AddDays(3));
        (gone.IsLocked, gone.IsErased).ShouldBe((false, true));
    }

    [Fact]
    public void New_facts_run_the_term_anew_and_it_may_be_extended_again()
    {
        var report = In(ReportStatus.Accepted);
        report = Report.Fold(report, report.Extend("还在等检验报告", T0.AddDays(40), T0).Event!, T0);
        var at = T0.AddDays(30);
        var merged = Report.Fold(report, report.Merge("又有一批", [], at.AddDays(21)).Event!, at);
        (merged.CountedFrom, merged.VerifyBy, merged.FirstVerifyBy, merged.IsExtended).ShouldBe(
            (at, at.AddDays(21), at.AddDays(21), false)
        );
        merged.RunningTerms.Single(term => term.Kind == "verify").From.ShouldBe(at);
        In(ReportStatus.NotFound).Merge("又有一批", [], at).Refusal!.Code.ShouldBe("report.wrong-state");
    }

    [Fact]
    public void It_is_extended_once_and_in_time()
    {
        var report = In(ReportStatus.Accepted);
        report.Extend("还在等检验报告", T0.AddDays(40), T0.AddDays(22)).Refusal!.Zh.ShouldContain("已过，不能再延长");
        var longer = Report.Fold(report, report.Extend("还在等检验报告", T0.AddDays(40), T0).Event!, T0);
        longer.VerifyBy.ShouldBe(T0.AddDays(40));
        longer.FirstVerifyBy.ShouldBe(T0.AddDays(21));
        longer.Extend("再等一等", T0.AddDays(60), T0).Refusal.ShouldBe(Report.AlreadyExtended);
    }

    [Fact]
    public void Only_a_marketplace_takes_measures_of_its_own()
    {
        var accepted = In(ReportStatus.Accepted);
        Found(ReportMeasure.OwnMeasure, false).Refusal.ShouldBe(Report.NotYourPower);
        Found(ReportMeasure.OwnMeasure, true).Event.ShouldNotBeNull();
        Found(ReportMeasure.Recommend, false).Event.ShouldNotBeNull();
        Decided<ReportEvent> Found(ReportMeasure measure, bool own) =>
            accepted.Conclude(ReportStatus.BreachFound, measure, null, "核查属实，已建议整改。", own);
    }

    [Fact]
    public void Of_an_anonymous_report_only_the_day_is_kept_and_no_account()
    {
        Report.TimeOf(isAnonymous: true, T0).ShouldBe(new DateTimeOffset(2026, 10, 11, 16, 0, 0, TimeSpan.Zero));
        Report.TimeOf(isAnonymous: false, T0).ShouldBe(T0);
        Should.Throw<ArgumentException>(() => Filed(anonymous: true, reporter: Guid.NewGuid()));
        var filed = Filed(anonymous: true, reporter: null);
        (filed.Contact, filed.PersonContact, filed.Reporter, filed.TellBy).ShouldBe((null, null, null, null));
    }

    [Fact]
    public void A_form_is_judged_field_by_field()
    {
        var faults = new FieldFaults();
        var breaches = new HashSet<string> { "counterfeit" };
        Report.Check(new ReportDraft("x", "short", IsAnonymous: false, Name: "a", Phone: "1"), breaches, faults);
        faults.All.Keys.ShouldBe(["breach", "text", "contact.name", "contact.phone"], ignoreOrder: true);
        var clean = new FieldFaults();
        var secret = Report.Check(
            new ReportDraft("counterfeit", "店里卖的奶粉都是假的，批号对不上。", true, "某店", "王五", "13900001111"),
            breaches,
            clean
        );
        clean.None.ShouldBeTrue();
        (secret.Name, secret.Phone).ShouldBe((null, null));
    }

    [Fact]
    public void A_code_is_read_however_it_is_typed()
    {
        var code = ReportCode.From([0xFF, 0, 0x12, 0x34, 0x56, 0x78, 0x9A, 0xBC, 0xDE, 0xF1]);
        code.Length.ShouldBe(19);
        ReportCode.Parse(code).ShouldBe(code);
        ReportCode.Parse(" " + code.ToLowerInvariant().Replace('-', ' ').Replace('0', 'o') + " ").ShouldBe(code);
        ReportCode.Parse(code[..^1]).ShouldBe("");
        ReportCode.Parse(null).ShouldBe("");
        ReportCode.From(new byte[10]).ShouldBe("0000-0000-0000-0000");
        ReportCode.From([255, 255, 255, 255, 255, 255, 255, 255, 255, 255]).ShouldBe("ZZZZ-ZZZZ-ZZZZ-ZZZZ");
    }

    private static ReportEvent.Filed Filed(bool anonymous, Guid? reporter) =>
        Report.File(
            "7K3M-9QXA-2BTC",
            new ReportDraft("counterfeit", "店里卖的奶粉都是假的。", anonymous, "某店", "王五六", "13900001111"),
            reporter,
            T0.AddDays(7),
            T0.AddDays(21)
        );

    private static Report In(ReportStatus status)
    {
        var report = Report.Fold(null, Filed(anonymous: false, Guid.NewGuid()), T0);
        if (status == ReportStatus.Received)
            return report;
        if (status == ReportStatus.Withdrawn)
            return Report.Fold(report, report.Withdraw().Event!, T0);
        if (status == ReportStatus.NotAccepted)
            return Report.Fold(report, Do(report, ReportVerb.Decline).Event!, T0);
        report = Report.Fold(report, Do(report, ReportVerb.Accept).Event!, T0);
        if (status == ReportStatus.Accepted)
            return report;
        ReportMeasure? measure = status == ReportStatus.BreachFound ? ReportMeasure.Recommend : null;
        return Report.Fold(report, report.Conclude(status, measure, "某局", "核查完毕，结论如下。", false).Event!, T0);
    }

    private static Decided<ReportEvent> Do(Report report, ReportVerb verb) =>
        verb switch
        {
            ReportVerb.Accept => report.Accept(),
            ReportVerb.Decline => report.Decline("report-no-lead", "没有可以核查的线索。"),
            ReportVerb.Dispute => report.Dispute("某局", T0.AddDays(9), isRegulator: true),
            ReportVerb.Extend => report.Extend("还在等检验报告", T0.AddDays(40), T0),
            ReportVerb.Conclude => report.Conclude(
                ReportStatus.BreachFound,
                ReportMeasure.Recommend,
                null,
                "核查属实，已建议整改。",
                ownMeasures: false
            ),
            ReportVerb.Tell => report.Tell("请补充购买时间。"),
            ReportVerb.Withdraw => report.Withdraw(),
            ReportVerb.Hold => report.PlaceHold("litigation", "法院函"),
            ReportVerb.Reopen => report.Reopen(Guid.NewGuid(), T0.AddDays(21)),
            ReportVerb.LiftHold => (report with { Hold = "litigation" }).LiftHold("已结案"),
            _ => report.Add("又买到一罐，批号相同。", []),
        };
}
