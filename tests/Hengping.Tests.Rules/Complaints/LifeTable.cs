using Hengping.Rules.Complaints;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>Every status × every verb: the status after a yes, or the code of the no.</summary>
public sealed class LifeTable
{
    // Columns in the order of Verb, their two letters one above the other. "=" is a yes without a move, "-" complaint.wrong-state, a letter the status moved
    // to, a digit another refusal (below): the life table would allow it, this case's facts do not.
    private const string Table = """
                    r r a d d u c c d r v m n o a r p n m s r t w c r r s e i c h l c a n s f
        status      t s d c l n h o d p a s s f c j f p e u m e i l v d c x n o o h v s a h p
        Filed       R - = X D - - - - - 1 - - - - - - - - - - - W - - - 1 1 1 = = 8 1 - - - b c
        Returned    - F - - - - - - - - 1 - - - - - - - - - - - W - - - 1 1 1 = = 8 1 - - - b c
        Declined    - - - - - - - - - - 1 - - - - - - - - - - - - - = 2 1 1 1 7 = 8 1 - - - b c
        Delivered   - - - - - U = C - P 3 = M P 4 4 - - M - - T W Z - - = = 5 = = 8 3 = 9 - b c
        Unreached   - - - - D - = - - P 3 = - P 4 4 - - M - - T W Z - - = = 5 = = 8 3 = 9 - b c
        Contested   - - - - - - = - D - 3 = - - - - - - - - - - W - - - = = 5 = = 8 3 - 9 - b c
        Replied     - - - - - - = - - = = = M = 4 4 - - M - - T W Z - - = = 5 = = 8 = = 9 - b c
        InMediation - - - - - - = - - = = = - = 4 4 - - - = 6 T W - - - = = 5 = = 8 = = 9 a b c
        Settled     - - - - - - - - - - = = - - - - Z = - - - - - Z - - = = 5 = = 8 = - 9 = b c
        Terminated  - - - - - - - - - - 3 - - - - - - - - - - - - Z = 2 = = 5 7 = 8 3 - - - b c
        Withdrawn   - - - - - - - - - - 1 - - - - - - - - - - - - - - - 1 1 1 7 = 8 1 - - - b c
        Closed      - - - - - - - - - - = - - - - - - - - - - - - - - - = = 5 7 = 8 = - - - b c
        """;

    private static readonly Dictionary<string, string> Refusals = new()
    {
        ["-"] = "complaint.wrong-state",
        ["1"] = "complaint.never-delivered",
        ["2"] = "complaint.no-review",
        ["3"] = "complaint.no-such-reply",
        ["4"] = "offer.unknown",
        ["5"] = "complaint.not-excluded",
        ["6"] = "complaint.not-suspended",
        ["7"] = "complaint.consent-after-end",
        ["8"] = "complaint.not-held",
        ["9"] = "complaint.seller-not-asked",
        ["a"] = "complaint.nothing-to-show",
        ["b"] = "complaint.nothing-broken",
        ["c"] = "complaint.told-before",
    };

    private static readonly Dictionary<string, Status> Moves = new()
    {
        ["F"] = Status.Filed,
        ["R"] = Status.Returned,
        ["X"] = Status.Declined,
        ["D"] = Status.Delivered,
        ["U"] = Status.Unreached,
        ["C"] = Status.Contested,
        ["P"] = Status.Replied,
        ["M"] = Status.InMediation,
        ["T"] = Status.Terminated,
        ["W"] = Status.Withdrawn,
        ["Z"] = Status.Closed,
    };

    public static IEnumerable<object[]> Cells() =>
        from line in Table.Split('\n')[2..]
        let cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        from verb in Enum.GetValues<Verb>()
        select new object[] { Enum.Parse<Status>(cells[0]), verb, cells[1 + (int)verb] };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_status_and_every_verb(Status status, Verb verb, string expected)
    {
        var complaint = Cases.In(status);
        complaint.Status.ShouldBe(status);
        var decided = complaint.Do(verb);
        if (Refusals.TryGetValue(expected, out var code))
        {
            decided.Event.ShouldBeNull();
            decided.Refusal!.Code.ShouldBe(code);
            (complaint.Can(verb) && code == "complaint.wrong-state").ShouldBeFalse();
        }
        else
        {
            decided.Refusal.ShouldBeNull();
            var after = complaint.Apply(decided.Event!, Cases.T0.AddDays(4), Cases.Staff);
            after.Status.ShouldBe(expected == "=" ? status : Moves[expected]);
            after.Version.ShouldBe(complaint.Version + 1);
        }
    }

    [Fact]
    public void The_table_has_every_status_and_every_verb() =>
        Cells().Count().ShouldBe(Enum.GetValues<Status>().Length * Enum.GetValues<Verb>().Length);

    [Fact]
    public void A_wrong_state_says_what_is_possible_in_both_languages()
    {
        var no = Cases.In(Status.Replied).Deliver("p", Cases.T0).Refusal!;
        no.Zh.ShouldContain("已回复");
        no.Zh.ShouldContain("撤回");
        no.En.ShouldContain("withdrawn");
        Life.WrongState(Verb.Reply, Status.Closed).Zh.ShouldContain("另行投诉");
    }
}
