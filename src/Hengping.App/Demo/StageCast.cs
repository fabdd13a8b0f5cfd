using Hengping.App.Accounts;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;
using Hengping.Rules.Screening;

namespace Hengping.App.Demo;

/// <summary>Who is on the stage: one claimant, one merchant's person, one mediator.</summary>
/// <param name="Past">Indices and places of the merchants come from these earlier cases, played by the rules.</param>
public sealed record StageCast(Caller Claimant, Caller Merchant, Caller Mediator, IReadOnlyList<Change> Past)
{
    /// <summary>The merchant the case is about.</summary>
    public const string Shop = "晴川数码";

    /// <summary>Where its messages go.</summary>
    public const string ShopPhone = "4008006000";

    /// <summary>Where the claimant's messages go.</summary>
    public const string ClaimantPhone = "13800138000";

    private const string Sector = "general-retail";
    private const int Fast = 20;
    private const int Slow = 90;

    // Six neighbours close enough that one case moves the shop: the index of each, from its hours and scores.
    private static readonly (string Name, int?[] Hours, int[] Scores)[] Merchants =
    [
        (Shop, [Fast, Fast, Slow, Fast, Fast, Fast, Fast], [7, 7, 7, 7, 7, 7, 7]), // 0.923
        ("青禾优选", [Fast, Fast, Fast, Fast, Fast, Fast], [7, 8, 7, 8, 7, 8]), // 0.950
        ("北岸生活", [Fast, Fast, Fast, Fast, Fast, Fast, Fast, Fast], [7, 7, 7, 7, 7, 7, 6, 6]), // 0.935
        ("云杉家居", [Fast, Fast, Fast, Fast, Fast, Fast, Fast, Fast, Fast, Fast], [6, 6, 6, 6, 6, 6, 6, 6, 6, 5]), // 0.918
        ("小满百货", [Fast, Fast, Fast, Fast, Fast, Fast], [5, 5, 5, 5, 5, 5]), // 0.900
        ("溪山电器", [Fast, Fast, Fast, Fast, Fast, Slow], [4, 4, 4, 4, 4, 4]), // 0.860
        ("南亭服饰", [Fast, Fast, Fast, Fast, Fast, Fast, null], [5, 5, 5, 5, 5, 5, 5]), // 0.786
    ];

    /// <summary>The people and everything that was before, as changes of one commit.</summary>
    public static StageCast Of(Store store, Law law)
    {
        var past = new List<Change>();
        var crowd = store.Keys.Create();
        var shop = Guid.Empty;
        foreach (var (name, hours, scores) in Merchants)
        {
            var entry = new NewMerchant(name, Sector, "demo", Enrolled: true)
            {
                Contact = new AfterSalesContact(ShopPhone, null),
            };
            var added = MerchantDirectory.Add(store, entry, "demo", store.Now.AddDays(-400));
            past.Add(added.Change!);
            shop = name == Shop ? added.Id : shop;
            for (var i = 0; i < hours.Length; i++)
                past.Add(Earlier(store, law, added.Id, store.Now.AddDays(-60 + (4 * i)), hours[i], scores[i], crowd));
        }
        var claimant = Person(Role.Claimant, new Profile("陈晓雨", ClaimantPhone, null, null), null);
        var merchant = Person(Role.Merchant, new Profile("沈青", null, null, "shen"), shop);
        var mediator = Person(Role.Mediator, new Profile("周宁", null, null, "zhou"), null);
        return new StageCast(claimant, merchant, mediator, past);

        Caller Person(Role role, Profile profile, Guid? of)
        {
            var opened = AccountDesk.Opening(store, role, profile, of, "demo", []);
            past.Add(opened);
            return new Caller(opened.Stream, role, of, profile.Name);
        }
    }

    /// <summary>What somebody files on the stage, and what others filed before.</summary>
    public static Filing FilingOf(Caller claimant, Guid shop, string order, DateTimeOffset now)
    {
        var typed = new Filing
        {
            Side = Side.Consumer,
            Claimant = claimant.Account,
            Respondent = shop,
            OrderNo = order,
            OrderedAt = DateOnly.FromDateTime(now.AddDays(-18).Date),
            Sector = Sector,
            Problem = "refund",
            Amount = 199,
            Story =
                "买的蓝牙耳机，第三天右耳就没有声音。退货申请通过了，耳机也寄回去了，十天过去没有退款，客服每次都说等通知。",
            Demands = ["refund"],
            ContactedMerchantAt = now.AddDays(-2),
            MerchantAnswer = "仓库还在核对，请您再等等。",
            Name = "陈晓雨",
            Phone = ClaimantPhone,
            Consents = new Consents(PassOn: true, Publish: false, Call: false),
            LiabilityAccepted = true,
            Channel = "web",
        };
        var faults = new FieldFaults();
        var clean = typed.Check(Taxonomies.Taxonomies.Current.Codes, now, ComplaintPolicy.Current, faults);
        return faults.None ? clean : throw new InvalidOperationException(string.Join(", ", faults.All.Keys));
    }

    private static Change Earlier(
        Store store,
        Law law,
        Guid shop,
        DateTimeOffset at,
        int? replyHours,
        int score,
        long crowd
    )
    {
        var policy = ComplaintPolicy.Current;
        var claimant = new Caller(StreamId.Next(), Role.Claimant, Merchant: null, "");
        var filing = FilingOf(claimant, shop, $"D{at.ToUnixTimeSeconds()}{StreamId.Next():N}"[..24], at);
        var due = Deadlines.Due(law, "complaint.screening", at);
        Complaint? state = null;
        var story = new List<Stamped<ComplaintEvent>>();
        Add(Complaint.File(filing, new Arrival(Drawn.Number(), due), policy, ScreeningList.Shipped), "demo");
        Add(state!.Deliver(Drawn.PublicId(), at), "demo");
        if (replyHours is { } hours)
        {
            at = at.AddHours(hours);
            Add(state.Reply(DemoStage.ReplyText, [], ReplyValidity.Judge(DemoStage.ReplyText, true, 1), at), "demo");
        }
        at = at.AddHours(5);
        Add(state.ScoreIt(score, Resolved.Yes, null, null, at, policy), claimant.Author);
        Add(state.Close(at), "demo");
        return store.Change(ComplaintBook.Instance, new Loaded<Complaint>(StreamId.Next(), 0, 0, null), story, crowd);

        void Add(Decided<ComplaintEvent> decided, string author)
        {
            var happened = decided.Event ?? throw new InvalidOperationException(decided.Refusal!.Code);
            state = Complaint.Fold(state, happened, at, author);
            story.Add(new Stamped<ComplaintEvent>(happened, at, author));
        }
    }
}
