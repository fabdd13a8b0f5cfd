using Hengping.App.CaseRoom;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Demo;

/// <summary>What one of the three sees of the case.</summary>
/// <param name="Case">Null while there is nothing for them to see.</param>
public sealed record StagePane(
    Party Reader,
    string Name,
    Complaint? Case,
    TurnBox? Turn,
    IReadOnlyList<NamedDeadline> Deadlines,
    IReadOnlyList<StoryLine> Lines
)
{
    /// <summary>Which words explain the next step.</summary>
    public string NextKey => NextStep.Of(Case!, Reader, Turn?.Turn);
}

/// <summary>What the case counts: an answer now, or the answer that was given.</summary>
/// <param name="Hours">From delivery to the answer, or to now.</param>
/// <param name="IsFinal">It was answered; before, it is what an answer now would count.</param>
/// <param name="Why">Rule by rule: source, and what was counted from when to when.</param>
public sealed record StageChip(Answered Class, decimal Hours, bool IsFinal, IReadOnlyList<string> Why)
{
    /// <summary>1.0, 0.6 or 0.</summary>
    public decimal Counts => RatingIndex.TenthsOf(Class) / 10m;
}

/// <summary>A message that went out.</summary>
public sealed record StageLetter(Party To, Letter Letter);

/// <summary>The stage as it stands: three panes, and the numbers under them.</summary>
/// <param name="Before">Place and index of the shop before this case.</param>
/// <param name="List">The list now; while an answer is awaited and still counts, as it would be with one now.</param>
/// <param name="IsPreview">The list is that with an answer now.</param>
public sealed record StageView(
    DateTimeOffset Now,
    IReadOnlyList<StagePane> Panes,
    Complaint? Case,
    StageChip? Chip,
    (int? Rank, decimal Index) Before,
    RatingList List,
    bool IsPreview,
    Guid Shop,
    IReadOnlyList<StageLetter> Letters
)
{
    /// <summary>Steps in their order.</summary>
    public static readonly IReadOnlyList<(string Step, Verb? Verb)> Steps =
    [
        ("file", null),
        ("deliver", Verb.Deliver),
        ("reply", Verb.Reply),
        ("score", Verb.Score),
    ];

    /// <summary>By how many hours the clock of the stage can be turned at once.</summary>
    public static IReadOnlyList<int> Turns(DateTimeOffset now) => [1, 24, ReplyHours.At(now).Full];

    private const int LettersMax = 40;

    private static readonly string[] Clocks = ["reply.timely", "reply.late"];

    /// <summary>The shop's row.</summary>
    public RatingRow Row => List.Rows.First(r => r.MerchantId == Shop);

    /// <summary>The step that comes next, or null where the story is told.</summary>
    public string? Next => Steps.FirstOrDefault(s => May(s.Step)).Step;

    /// <summary>The rules allow it now, and it was not done yet.</summary>
    public bool May(string step) =>
        step switch
        {
            "file" => Case is null,
            "deliver" => Case is { WasDelivered: false } c && c.Can(Verb.Deliver),
            "reply" => Case is { WasDelivered: true, FirstReply: null } c && c.Can(Verb.Reply),
            "score" => Case is { WasDelivered: true, Score: null, FirstReply: not null } c && c.Can(Verb.Score),
            _ => false,
        };

    /// <summary>Reads it from the stage's store.</summary>
    public static async Task<StageView> Of(
        Store store,
        Law law,
        StageCast cast,
        Guid? id,
        (int? Rank, decimal Index) before,
        CancellationToken ct
    )
    {
        var story = id is { } stream ? await store.ReadStory(ComplaintBook.Instance, stream, ct) : [];
        Complaint? complaint = null;
        foreach (var one in story)
            complaint = Complaint.Fold(complaint, one.Event, one.At, one.Author);
        var chip = complaint?.DeliveredAt is { } delivered ? ChipOf(complaint, law, delivered, store.Now) : null;
        var isPreview = chip is { IsFinal: false, Class: not Answered.Late };
        return new StageView(
            store.Now,
            [
                .. new[] { cast.Claimant, cast.Merchant, cast.Mediator }.Select(who =>
                    PaneOf(who, complaint, story, law, store.Now)
                ),
            ],
            complaint,
            chip,
            before,
            isPreview ? await ListWithAnswer(store, complaint!.PublicId!, ct) : await ListNow(store, ct),
            isPreview,
            cast.Merchant.Merchant!.Value,
            await LettersOf(store, complaint?.Number, ct)
        );
    }

    /// <summary>The list of all the stage's cases, as they stand.</summary>
    public static Task<RatingList> ListNow(Store store, CancellationToken ct) =>
        ExactLists.Now(store, Asked(store.Now), ct);

    private static ListRequest Asked(DateTimeOffset now) =>
        ListRequest.Parse("all", sector: null, side: null, policy: null, Unscored.Zero, now).Event!;

    /// <summary>The same sums, with a valid reply to this case sent now.</summary>
    private static async Task<RatingList> ListWithAnswer(Store store, string publicId, CancellationToken ct)
    {
        var now = store.Now;
        var asked = Asked(now);
        var merchants = await RatedMerchants.Read(store, sector: null, asOf: null, ct);
        var cases = (await ExactLists.CasesThen(store, asked, now, ct))
            .Select(c => c.Case.PublicId == publicId ? c.Case with { RepliedAt = now, ValidReply = true } : c.Case)
            .ToList();
        var sums = new MerchantTable();
        sums.AddCases(CaseColumns.Of(cases, sums), asked.Period, now);
        return RatingList.Compute(asked.Period, null, asked.Side, asked.Policy, now, sums, id => merchants[id]);
    }

    private static StageChip ChipOf(Complaint complaint, Law law, DateTimeOffset delivered, DateTimeOffset now)
    {
        var answer = complaint.FirstValidReply?.At;
        var until = answer ?? now;
        var why = Clocks.Select(rule => law.Reckon(rule, delivered).Event).Select(due => Texts.Pick(due!.Zh, due.En));
        return new StageChip(
            RatingIndex.ClassOf(delivered, until),
            (decimal)(until - delivered).TotalHours,
            answer is not null,
            [.. why]
        );
    }

    private static StagePane PaneOf(
        Caller who,
        Complaint? complaint,
        IReadOnlyList<StoryEvent<ComplaintEvent>> story,
        Law law,
        DateTimeOffset now
    )
    {
        var party = complaint is null ? null : CaseAccess.PartyOf(complaint, who);
        var reader = PartyOf(who);
        if (complaint is null || party is not { } sees)
            return new StagePane(reader, who.Name, Case: null, Turn: null, [], []);
        IReadOnlyList<NamedDeadline> clocks = [.. Deadlines.Of(complaint, law).Select(NamedDeadline.Of)];
        var turn = TurnBox.Of(CaseTurns.Of(complaint, who, law, now, others: null), now, clocks);
        return new StagePane(reader, who.Name, complaint, turn, clocks, CaseStory.Of(complaint, story, sees));
    }

    private static Party PartyOf(Caller who) =>
        who.Role switch
        {
            Rules.Accounts.Role.Claimant => Party.Claimant,
            Rules.Accounts.Role.Merchant => Party.Respondent,
            _ => Party.Mediator,
        };

    private static async Task<IReadOnlyList<StageLetter>> LettersOf(Store store, string? number, CancellationToken ct)
    {
        if (number is null)
            return [];
        var letters = await Outbox.Newest(store, LettersMax, ct);
        return
        [
            .. letters
                .Where(l => l.Values.GetValueOrDefault("number") == number)
                .Select(l => new StageLetter(l.To == StageCast.ClaimantPhone ? Party.Claimant : Party.Respondent, l)),
        ];
    }
}
