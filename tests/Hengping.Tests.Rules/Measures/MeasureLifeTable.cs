using Hengping.Rules;
using Hengping.Rules.Clocks;
using Hengping.Rules.Measures;
using Hengping.Rules.Operators;
using Shouldly;
using Xunit;
using static Hengping.Tests.Measures.SomeMeasures;

namespace Hengping.Tests.Measures;

/// <summary>Every status of a measure × every verb: the status after a yes, or the no; and whose verb it is.</summary>
public sealed class MeasureLifeTable
{
    // "=" is a yes without a move, "-" measure.wrong-state, a letter the status moved to. Proposed is urgent here.
    private const string Table = """
        status     Sign Drop Answer AskHuman Look Lift State Sue Appeal Uphold Overturn Change EndAppeal
        Proposed   F    D    -      =        =    -    -     -   =      =      O        -      =
        Announced  F    D    =      =        =    -    -     -   -      -      -        -      -
        Notified   -    -    -      =        =    L    -     -   =      =      O        =      =
        InForce    -    -    -      =        =    L    =     =   =      =      O        =      =
        Ended      -    -    -      -        -    -    -     -   =      =      O        -      =
        Lifted     -    -    -      -        -    -    -     -   =      =      O        -      =
        Overturned -    -    -      -        -    -    -     -   -      -      -        -      -
        Lapsed     -    -    -      -        -    -    -     -   -      -      -        -      -
        Dropped    -    -    -      -        -    -    -     -   -      -      -        -      -
        """;

    private static readonly Dictionary<string, MeasureStatus> Moves = new()
    {
        ["F"] = MeasureStatus.InForce,
        ["D"] = MeasureStatus.Dropped,
        ["L"] = MeasureStatus.Lifted,
        ["O"] = MeasureStatus.Overturned,
    };

    public static IEnumerable<object[]> Cells() =>
        from line in Table.Split('\n')[1..]
        let cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        from verb in Enum.GetValues<MeasureVerb>()
        select new object[] { Enum.Parse<MeasureStatus>(cells[0]), verb, cells[1 + (int)verb] };

    [Fact]
    public void The_table_has_every_status_and_every_verb() =>
        Cells().Count().ShouldBe(Enum.GetValues<MeasureStatus>().Length * Enum.GetValues<MeasureVerb>().Length);

    [Theory, MemberData(nameof(Cells))]
    public void Every_status_and_every_verb(MeasureStatus status, MeasureVerb verb, string expected)
    {
        var measure = Ready(In(status), verb);
        var decided = Do(measure, verb);
        MeasureLife.Allows(status, verb).ShouldBe(expected != "-");
        foreach (var side in Enum.GetValues<MeasureSide>())
            measure
                .Can(side, Who(side), T0.AddDays(4))
                .Contains(verb)
                .ShouldBe(expected != "-" && MeasureLife.IsOf(verb, side) && verb != MeasureVerb.Answer, $"{side}");
        if (expected == "-")
        {
            decided.Event.ShouldBeNull();
            decided.Refusal!.Code.ShouldBe("measure.wrong-state");
            decided.Refusal.Zh.ShouldContain(MeasureLife.Name(status).Zh);
            var possible = Enum.GetValues<MeasureVerb>().Where(v => MeasureLife.Allows(status, v));
            foreach (var side in new[] { MeasureSide.Reviewer, MeasureSide.Addressee })
                decided.Refusal.ShouldTell(
                    measure.ToSide(side, Who(side), T0.AddDays(4)),
                    possible.Select(MeasureLife.Word)
                );
            return;
        }
        decided.Refusal.ShouldBeNull();
        var after = Measure.Fold(measure, decided.Event!, T0.AddDays(4));
        after.Status.ShouldBe(expected == "=" ? status : Moves[expected]);
        (after.EndedAt is null).ShouldBe(MeasureLife.IsOpen(after.Status));
    }

    [Theory, MemberData(nameof(Cells))]
    public void What_was_erased_or_locked_takes_no_verb(MeasureStatus status, MeasureVerb verb, string expected)
    {
        expected.ShouldNotBeEmpty();
        var locked = Measure.Fold(In(status), In(status).Lock().Event!, T0.AddDays(2));
        Do(locked, verb).Refusal.ShouldBe(Measure.Gone);
        var gone = Measure.Fold(locked, locked.Erase("age").Event!, T0.AddDays(3));
        Do(gone, verb).Refusal.ShouldBe(Measure.Gone);
        (gone.Next, gone.TickAt, gone.IsPublic).ShouldBe((null, null, false));
    }

    [Fact]
    public void Whoever_proposed_a_heavy_one_does_not_sign_it_and_the_addressee_is_heard_first()
    {
        var announced = In(MeasureStatus.Announced);
        announced.Why(MeasureVerb.Sign, MeasureSide.Reviewer, Proposer, T0.AddDays(4)).ShouldBe(Measure.FourEyes);
        announced.Why(MeasureVerb.Sign, MeasureSide.Reviewer, Signer, T0.AddDays(1)).ShouldBe(Measure.StillToAnswer);
        var answer = announced.Answering(Shop, "货已换批，附检测报告。", [], T0.AddDays(2), T0.AddDays(1));
        var heard = Measure.Fold(announced, answer.Event!, T0.AddDays(1));
        heard.Why(MeasureVerb.Sign, MeasureSide.Reviewer, Signer, T0.AddDays(1)).ShouldBeNull();
        heard.Why(MeasureVerb.Answer, MeasureSide.Addressee, Shop, T0.AddDays(1)).ShouldBe(Measure.AlreadyAnswered);
        announced.Why(MeasureVerb.Answer, MeasureSide.Addressee, Shop, T0.AddDays(3)).ShouldBe(Measure.TooLateToAnswer);
        heard.Next.ShouldBe(("sign", T0.AddDays(2)));

        // What the desk brought takes nothing from what the addressee may bring.
        var full = announced with
        {
            Evidence = [.. Enumerable.Repeat(Other, Measure.EvidenceMax)],
        };
        full.FilesOfAddressee.ShouldBe(0);
        Measure.Fold(full, new MeasureEvent.Answered([Other], null), T0).FilesOfAddressee.ShouldBe(1);
    }

    [Theory]
    [InlineData(MeasureKind.ListingDown, TargetKind.Listing, "Overdue", MeasureStatus.Proposed)]
    [InlineData(MeasureKind.SaleForbidden, TargetKind.Listing, "Overdue", MeasureStatus.Proposed)]
    [InlineData(MeasureKind.SaleForbidden, TargetKind.Category, "Lapsed", MeasureStatus.Lapsed)]
    [InlineData(MeasureKind.AccountRestricted, TargetKind.Account, "Lapsed", MeasureStatus.Lapsed)]
    [InlineData(MeasureKind.DepositDeducted, TargetKind.Shop, "Lapsed", MeasureStatus.Lapsed)]
    public void Unsigned_after_its_day_a_stop_of_a_listing_stays_and_the_rest_lapses(
        MeasureKind kind,
        TargetKind target,
        string becomes,
        MeasureStatus status
    )
    {
        var urgent = Begin(kind, target, isUrgent: true);
        urgent.IsInEffect.ShouldBeTrue();
        urgent.Tick(T0.AddHours(24)).ShouldBeNull("its last moment is in time");
        var happened = urgent.Tick(T0.AddHours(24).AddSeconds(1))!;
        happened.GetType().Name.ShouldBe(becomes);
        var after = Measure.Fold(urgent, happened, T0.AddHours(25));
        (after.Status, after.IsInEffect).ShouldBe((status, becomes == "Overdue"));
        after.IsPublic.ShouldBe(becomes == "Overdue");
        after.Tick(T0.AddDays(9)).ShouldBeNull();
        if (becomes == "Overdue")
        {
            after.Why(MeasureVerb.Sign, MeasureSide.Reviewer, Signer, T0).ShouldBe(Measure.ForTheAdmin);
            after.Why(MeasureVerb.Drop, MeasureSide.Reviewer, Signer, T0).ShouldBe(Measure.ForTheAdmin);
            after.Why(MeasureVerb.Sign, MeasureSide.Admin, Signer, T0).ShouldBeNull();
            after.TurnFor(MeasureSide.Reviewer, Signer, T0)!.Who.ShouldBe(MeasureSide.Admin);
        }
    }

    [Fact]
    public void A_shop_that_is_closed_with_notice_is_open_until_the_notice_is_over()
    {
        Measure.AfterNotice(Shanghai.EndOf(new DateOnly(2026, 11, 11))).ShouldBe(Shanghai.StartOf(new(2026, 11, 12)));
        var notified = In(MeasureStatus.Notified);
        (notified.Status, notified.IsInEffect, notified.IsPublic).ShouldBe((MeasureStatus.Notified, false, true));
        notified.Tick(T0.AddDays(30)).ShouldBeNull("the last moment of the notice");
        var started = Measure.Fold(notified, notified.Tick(T0.AddDays(30).AddSeconds(1))!, T0.AddDays(30));
        (started.Status, started.IsInEffect).ShouldBe((MeasureStatus.InForce, true));
        started.TickAt.ShouldBe(Shanghai.EndOf(started.EndsOn!.Value));
        var lifted = notified.Lift(MeasureSide.Reviewer, Signer, "corrected", "已整改", T0.AddDays(3)).Event!;
        Measure.Fold(notified, lifted, T0.AddDays(3)).TickAt.ShouldBeNull("it never starts");
        Signed(Begin(MeasureKind.ShopClosed, TargetKind.Shop)).Status.ShouldBe(MeasureStatus.InForce, "without notice");
    }

    [Fact]
    public void Money_is_held_until_the_time_to_appeal_or_the_appeal_is_over()
    {
        var held = Signed(Begin(MeasureKind.FeeDeducted, TargetKind.Shop));
        held.IsMoneyHeld.ShouldBeTrue();
        var appealed = Measure.Fold(held, held.Appealing(Appeal, T0.AddDays(5)).Event!, T0.AddDays(5));
        appealed.Tick(T0.AddDays(90)).ShouldBeNull("an appeal runs");
        var upheld = Measure.Fold(appealed, appealed.Uphold(Appeal, Other, T0.AddDays(9)).Event!, T0.AddDays(9));
        upheld.Tick(T0.AddDays(90)).ShouldBeOfType<MeasureEvent.MoneyTaken>();
        var taken = Measure.Fold(held, held.Tick(T0.AddDays(90))!, T0.AddDays(90));
        (taken.IsMoneyTaken, taken.IsMoneyHeld).ShouldBe((true, false));
        Measure
            .Fold(taken, taken.Overturn(Appeal, "计算有误", T0, Other).Event!, T0)
            .Status.ShouldBe(MeasureStatus.Overturned);
    }

    [Fact]
    public void An_ip_measure_ends_without_a_suit_and_stays_with_one()
    {
        var taken = Signed(Begin(MeasureKind.ListingDown, TargetKind.Listing, reason: MeasureReason.IpNotice));
        taken.Why(MeasureVerb.Sue, MeasureSide.Reviewer, Signer, T0).ShouldBe(Measure.NothingStated);
        var until = T0.AddDays(15);
        var stated = Measure.Fold(taken, taken.State(Shop, "有授权书，不侵权。", [], until, T0).Event!, T0);
        stated.Next.ShouldBe(("suit", until));
        stated.Tick(until).ShouldBeNull();
        var lifted = Measure.Fold(stated, stated.Tick(until.AddSeconds(1))!, until);
        (lifted.Status, lifted.LiftedBecause).ShouldBe((MeasureStatus.Lifted, Measure.NoSuit));
        var sued = Measure.Fold(stated, stated.Sue(MeasureSide.Reviewer, Signer, "某法院", T0).Event!, T0);
        sued.Tick(until.AddDays(1)).ShouldBeNull();
        Signed(Begin(MeasureKind.ListingDown, TargetKind.Listing))
            .Why(MeasureVerb.State, MeasureSide.Addressee, Shop, T0)
            .ShouldBe(Measure.NotIpNotice);
    }

    [Theory]
    [InlineData(OperatorKind.Marketplace, MeasureKind.ShopClosed, true, null)]
    [InlineData(OperatorKind.Regulator, MeasureKind.SaleForbidden, true, null)]
    [InlineData(OperatorKind.Regulator, MeasureKind.ShopClosed, false, "measure.marketplace-only")]
    [InlineData(OperatorKind.Association, MeasureKind.ListingDown, false, null)]
    [InlineData(OperatorKind.Association, MeasureKind.ListingDown, true, "measure.recommendation-not-urgent")]
    [InlineData(OperatorKind.Association, MeasureKind.FeeDeducted, false, "measure.marketplace-only")]
    [InlineData(OperatorKind.ThirdParty, MeasureKind.Warning, false, null)]
    [InlineData(OperatorKind.ThirdParty, MeasureKind.AccountRestricted, false, "measure.marketplace-only")]
    public void What_each_kind_of_operator_may_do(OperatorKind kind, MeasureKind what, bool isUrgent, string? no) =>
        (MeasurePower.Why(kind, what, isUrgent)?.Code).ShouldBe(no);

    private static Guid Who(MeasureSide side) =>
        side switch
        {
            MeasureSide.Addressee => Shop,
            MeasureSide.Appeals => Other,
            _ => Signer,
        };

    // What the verb needs besides the status.
    private static Measure Ready(Measure measure, MeasureVerb verb) =>
        verb switch
        {
            MeasureVerb.Look when MeasureLife.IsOpen(measure.Status) => Measure.Fold(
                measure,
                new MeasureEvent.HumanAsked(T0.AddDays(1)),
                T0
            ),
            MeasureVerb.Sue when measure.Status == MeasureStatus.InForce => Measure.Fold(
                measure,
                new MeasureEvent.Stated([], T0.AddDays(15)),
                T0
            ),
            MeasureVerb.EndAppeal when MeasureLife.Allows(measure.Status, verb) => Measure.Fold(
                measure,
                new MeasureEvent.Appealed(Appeal),
                T0
            ),
            _ => measure,
        };

    private static Decided<MeasureEvent> Do(Measure m, MeasureVerb verb)
    {
        var late = T0.AddDays(4);
        return verb switch
        {
            MeasureVerb.Sign => m.Sign(MeasureSide.Admin, Signer, null, late, late.AddDays(7), late),
            MeasureVerb.Drop => m.Drop(MeasureSide.Reviewer, Signer, "不成立", late),
            MeasureVerb.Answer => m.Answering(Shop, "说明情况", [], late, T0.AddDays(1)),
            MeasureVerb.AskHuman => m.AskHuman(Shop, null, [], late, late),
            MeasureVerb.Look => m.Look(MeasureSide.Reviewer, Signer, "已核对", late),
            MeasureVerb.Lift => m.Lift(MeasureSide.Reviewer, Signer, "corrected", "已整改", late),
            MeasureVerb.State => m.State(Shop, "不侵权", [], late.AddDays(15), late),
            MeasureVerb.Sue => m.Sue(MeasureSide.Reviewer, Signer, "某法院", late),
            MeasureVerb.Appeal => m.Appealing(Appeal, late),
            MeasureVerb.Uphold => m.Uphold(Appeal, Other, late),
            MeasureVerb.Overturn => m.Overturn(Appeal, "不成立", late),
            MeasureVerb.EndAppeal => m.EndAppeal(Appeal, late),
            _ => m.Change(Appeal, "缩小范围", late, scope: "只限该商品", by: Other),
        };
    }
}
