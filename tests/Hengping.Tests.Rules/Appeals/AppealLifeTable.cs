using Hengping.Rules;
using Hengping.Rules.Appeals;
using Shouldly;
using Xunit;
using static Hengping.Tests.Appeals.AppealCases;

namespace Hengping.Tests.Appeals;

/// <summary>Every status of an appeal × every verb: the status after a yes, or the no.</summary>
public sealed class AppealLifeTable
{
    // "=" is a yes without a move, "-" appeal.wrong-state, a letter the status moved to.
    private const string Table = """
        status     Save Submit Refuse Extend Second Decide Withdraw Lapse Check Look
        Draft      =    S      -      -      -      -      W        L     -     -
        Submitted  -    -      R      =      =      O      W        -     -     -
        Refused    =    S      -      -      -      -      W        L     -     -
        Upheld     -    -      -      -      -      -      -        -     -     -
        Partly     -    -      -      -      -      -      -        -     =     =
        Overturned -    -      -      -      -      -      -        -     =     =
        Withdrawn  -    -      -      -      -      -      -        -     -     -
        Lapsed     -    -      -      -      -      -      -        -     -     -
        """;

    private static readonly Dictionary<string, AppealStatus> Moves = new()
    {
        ["S"] = AppealStatus.Submitted,
        ["R"] = AppealStatus.Refused,
        ["O"] = AppealStatus.Overturned,
        ["W"] = AppealStatus.Withdrawn,
        ["L"] = AppealStatus.Lapsed,
    };

    public static IEnumerable<object[]> Cells() =>
        from line in Table.Split('\n')[1..]
        let cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        from verb in Enum.GetValues<AppealVerb>()
        select new object[] { Enum.Parse<AppealStatus>(cells[0]), verb, cells[1 + (int)verb].Trim() };

    [Fact]
    public void The_table_has_every_status_and_every_verb() =>
        Cells().Count().ShouldBe(Enum.GetValues<AppealStatus>().Length * Enum.GetValues<AppealVerb>().Length);

    [Theory, MemberData(nameof(Cells))]
    public void Every_status_and_every_verb(AppealStatus status, AppealVerb verb, string expected)
    {
        // A check that says worse was made where somebody is to look at it.
        var appeal = In(status) with
        {
            IsToLookAt = verb == AppealVerb.Look,
        };
        var decided = Do(appeal, verb);
        AppealLife.Allows(status, verb).ShouldBe(expected != "-");
        if (expected == "-")
        {
            decided.Event.ShouldBeNull();
            decided.Refusal!.Code.ShouldBe("appeal.wrong-state");
            decided.Refusal.Zh.ShouldContain(AppealLife.Name(status).Zh);
            decided.Refusal.En.ShouldContain(AppealLife.Name(status).En);
            var possible = Enum.GetValues<AppealVerb>()
                .Where(v => AppealLife.Allows(status, v))
                .Select(AppealLife.Word);
            foreach (var side in new[] { AppealSide.Appellant, AppealSide.Reviewer })
                decided.Refusal.ShouldTell(appeal.ToSide(side, Guid.NewGuid(), isFree: true, T0.AddDays(1)), possible);
            return;
        }
        decided.Refusal.ShouldBeNull();
        var after = Appeal.Fold(appeal, decided.Event!, T0.AddDays(1));
        after.Status.ShouldBe(expected == "=" ? status : Moves[expected]);
        (after.EndedAt is null).ShouldBe(after.IsOpen);
    }

    [Theory, MemberData(nameof(Cells))]
    public void What_nobody_may_read_takes_no_verb(AppealStatus status, AppealVerb verb, string expected)
    {
        expected.ShouldNotBeEmpty();
        var locked = Appeal.Fold(In(status), In(status).Lock().Event!, T0.AddDays(2));
        Do(locked, verb).Refusal.ShouldBe(Appeal.Gone);
        locked.Turn(isFree: true).ShouldBeNull();
        locked.Lock().Refusal.ShouldBe(Appeal.Gone);
        var gone = Appeal.Fold(locked, locked.Erase("age").Event!, T0.AddDays(3));
        (gone.IsLocked, gone.IsErased).ShouldBe((false, true));
        Do(gone, verb).Refusal.ShouldBe(Appeal.Gone);
    }

    // Whoever asks reads what they can do themselves, and nothing of what the other side can.
    [Theory]
    [InlineData(AppealStatus.Submitted, AppealVerb.Save, "撤回", "退回补充")]
    [InlineData(AppealStatus.Draft, AppealVerb.Decide, "现在不能作出决定", "撤回")]
    [InlineData(AppealStatus.Upheld, AppealVerb.Withdraw, "不能再撤回", "作出决定")]
    public void A_no_names_what_is_theirs_to_do(AppealStatus status, AppealVerb verb, string says, string doesNot)
    {
        var no = AppealLife.WrongState(verb, status).Zh;
        no.ShouldContain(says);
        no.ShouldNotContain(doesNot);
    }

    // Whose turn it is follows from the status alone, but for who is free and what a check said.
    [Theory]
    [InlineData(AppealStatus.Draft, true, AppealParty.Appellant, AppealVerb.Submit)]
    [InlineData(AppealStatus.Refused, true, AppealParty.Appellant, AppealVerb.Submit)]
    [InlineData(AppealStatus.Submitted, true, AppealParty.Desk, AppealVerb.Decide)]
    [InlineData(AppealStatus.Submitted, false, AppealParty.Desk, AppealVerb.Second)]
    [InlineData(AppealStatus.Overturned, true, AppealParty.Clock, AppealVerb.Check)]
    public void Whose_turn_it_is(AppealStatus status, bool isFree, AppealParty who, AppealVerb verb)
    {
        var turn = In(status).Turn(isFree)!;
        (turn.Who, turn.Verb).ShouldBe((who, verb));
        turn.Otherwise.Zh.ShouldNotBeEmpty();
    }

    // What counts is when it is sent: the day on which its draft lapses is not the one that loses a right.
    [Fact]
    public void A_draft_is_sent_in_time_before_it_lapses()
    {
        var draft = In(AppealStatus.Draft);
        var inTime = draft.SendBy!.Value.AddDays(-23);
        draft.Turn(isFree: true, inTime)!.By.ShouldBe(inTime);
        draft.Turn(isFree: true)!.By.ShouldBe(draft.SendBy);
    }

    [Theory]
    [InlineData(AppealStatus.Upheld)]
    [InlineData(AppealStatus.Withdrawn)]
    [InlineData(AppealStatus.Lapsed)]
    public void Nothing_waits_where_it_ended(AppealStatus status) => In(status).Turn(isFree: true).ShouldBeNull();

    private static Decided<AppealEvent> Do(Appeal appeal, AppealVerb verb) =>
        verb switch
        {
            AppealVerb.Save => appeal.Save(Plan(), null),
            AppealVerb.Submit => appeal.Submit(Plan("换了供应商"), Plan(), Window, true, T0.AddDays(7), T0),
            AppealVerb.Refuse => (appeal with { Missing = [] }).Refuse(
                [new(AppealSection.RootCause, "没有写原因")],
                null,
                T0.AddDays(30)
            ),
            AppealVerb.Extend => appeal.Extend("等检测", T0.AddDays(14)),
            AppealVerb.Second => appeal.NameSecond(Guid.NewGuid(), isFree: false),
            AppealVerb.Decide => Decide(appeal, Other),
            AppealVerb.Withdraw => appeal.Withdraw(),
            AppealVerb.Lapse => appeal.Lapse(T0.AddDays(90)),
            AppealVerb.Check => appeal.Check(Effectiveness.Judge(new(9, null, 28), new(1, null, 28)), T0.AddDays(90)),
            _ => appeal.Look("已联系商家"),
        };
}
