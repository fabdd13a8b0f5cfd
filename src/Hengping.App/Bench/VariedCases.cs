using System.Globalization;
using Hengping.App.Accounts;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Demo;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;
using Hengping.World;

namespace Hengping.App.Bench;

/// <summary>
/// The cases of a year as a platform has them: most have ended, one merchant has two fifths of them, some sectors,
/// problems and steps are rare. However many there are, they lie in the same eleven months.
/// </summary>
internal sealed class VariedCases
{
    // PostgreSQL gives a batch of commits five seconds.
    private const int PerCommit = 250;
    private const int Pool = 1_500;
    private const int Merchants = 200;
    private const int CasesOfClaimant = 40;
    private const double Days = 330;
    private static readonly DateTimeOffset MarketBegins = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Store store;
    private readonly int count;
    private readonly DateTimeOffset now;
    private readonly CaseLife[] pool;
    private readonly Guid[] merchants;
    private readonly string[] sectors;
    private readonly string[] problems;
    private readonly string[] staff;
    private readonly (Guid Account, long Key) claimant;

    private VariedCases(Store store, int count, CaseLife[] pool, Guid[] merchants, (Guid, long) claimant)
    {
        this.store = store;
        this.count = count;
        this.pool = pool;
        this.merchants = merchants;
        this.claimant = claimant;
        now = store.Now;
        var lists = Taxonomies.Taxonomies.Current;
        sectors = [.. lists.Sectors.Where(s => s.Side is null or "consumer").Select(s => s.Code)];
        problems = [.. lists.Problems.Where(p => p.Side is null or "consumer").Select(p => p.Code)];
        staff = [.. Enumerable.Range(0, 20).Select(i => Caller.StaffAuthor(new Chance(23, "staff", i).Id(now)))];
    }

    /// <summary>Loads them; returns whose lists are asked for.</summary>
    public static async Task<ListsAsked> Load(Store store, int count, CancellationToken ct)
    {
        var (big, small) = (Guid.Empty, Guid.Empty);
        var merchants = new Guid[Merchants];
        for (var i = 0; i < Merchants; i++)
        {
            var entry = new NewMerchant($"测量商家{i:000}", "general-retail", "bench", Enrolled: true);
            var (id, change, _) = MerchantDirectory.Add(store, entry, "cli", store.Now);
            await store.Append(new Commit([change!]), ct);
            merchants[i] = id;
        }
        (big, small) = (merchants[0], merchants[^1]);
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var role in new[] { Role.Mediator, Role.Reviewer, Role.Admin, Role.Regulator })
            tokens[Words.Of(role)] = await TokenCommand.Issue(store, role, "测量", null, null, ct);
        tokens["merchant"] = await TokenCommand.Issue(store, Role.Merchant, "测量", null, big, ct);
        const string phone = "16600000000";
        tokens["claimant"] = await TokenCommand.Issue(store, Role.Claimant, "测量", phone, null, ct);
        var account = (await AccountDesk.FindByPhone(store, Role.Claimant, phone, ct))!.Value;
        var key = (await AccountDesk.PersonKey(store, account, ct))!.Value;
        var market = new Market(17, MarketBegins, new MarketSize(Pool * 2, 500));
        var house = DemoHouse.Of(Law.Shipped);
        CaseLife[] pool =
        [
            .. market.Cases.Where(c => c.Seller is null).Take(Pool).Select(c => Play.Of(market, house, c)),
        ];
        var cases = new VariedCases(store, count, pool, merchants, (account, key));
        await cases.Append(ct);
        var number = await store.First<string>(
            "select number from complaints where respondent = @big order by filed_at desc, id desc limit 1",
            new { big },
            ct
        );
        return new ListsAsked(big, small, number!, [cases.sectors[0], cases.sectors[^1]], tokens)
        {
            Problems = [cases.problems[0], cases.problems[^1]],
        };
    }

    private Task Append(CancellationToken ct) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, (count + PerCommit - 1) / PerCommit),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount + 1, CancellationToken = ct },
            async (commit, ct) =>
            {
                var changes = new List<Change>(PerCommit);
                for (var i = commit * PerCommit; i < Math.Min(count, (commit + 1) * PerCommit); i++)
                    changes.Add(One(i));
                if (await store.Append(new Commit(changes), ct) is not Outcome.Done)
                    throw new InvalidOperationException("a commit of the bench was refused");
                if (commit % 200 == 199)
                    Cli.Say(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"lists: {(commit + 1) * PerCommit} of {count} cases"
                        )
                    );
            }
        );

    private Change One(int index)
    {
        var chance = new Chance(23, "lists", index);
        var at = now.AddDays(-Days * (count - index) / count);
        var life = pool[index % pool.Length];
        // The first ones are common, the last ones rare.
        string Of(string[] codes) => codes[(int)(codes.Length * Math.Pow(chance.Part(), 3))];
        var merchant = chance.Hits(0.4) ? merchants[0] : merchants[(int)(Merchants * Math.Pow(chance.Part(), 3))];
        var people = Math.Max(1, count / CasesOfClaimant);
        var who = index % people;
        var danger = chance.Part();
        var priority =
            danger < 0.004 ? Priority.P0
            : danger < 0.05 ? Priority.P1
            : danger < 0.4 ? Priority.P2
            : Priority.P3;
        var filed = (ComplaintEvent.Filed)life.Story[0].Event with
        {
            Number = CaseNumber.From(chance.Bits()),
            Claimant = who == 0 ? claimant.Account : new Chance(23, "person", who).Id(MarketBegins),
            Respondent = merchant,
            Shop = null,
            Sector = Of(sectors),
            Problem = Of(problems),
            Priority = priority,
            PriorityAlone = priority,
            ScreenBy = at.AddDays(9),
            ScreeningHits = chance.Hits(0.01) ? 1 : 0,
            Story = new Story(life.Plan.Text, OrderNo: chance.Bits().ToString("x16", CultureInfo.InvariantCulture)),
            HasPrints = true,
            Evidence = [],
        };
        List<Stamped<ComplaintEvent>> story = [new(filed, at, $"claimant:{filed.Claimant:D}")];
        foreach (var (happened, hours, author) in Fate(chance, merchant, at, life.Plan.Text))
            story.Add(new(happened, Earlier(at.AddHours(hours), now), author));
        var fresh = new Loaded<Complaint>(chance.Id(at), 0, 0, null);
        return store.Change(ComplaintBook.Instance, fresh, story, claimant.Key);
    }

    // Three in a hundred stay open for good, all others are over within some forty days.
    private IEnumerable<(ComplaintEvent, double Hours, string Author)> Fate(
        Chance chance,
        Guid merchant,
        DateTimeOffset at,
        string text
    )
    {
        var lasts = chance.Hits(0.03) ? double.MaxValue : 2 + (38 * chance.Part());
        var isOver = (now - at).TotalDays > lasts;
        var step = chance.Part();
        var mediator = chance.Pick(staff);
        if (isOver && step < 0.08)
        {
            yield return (new ComplaintEvent.Declined("no-materials"), 40, mediator);
            yield break;
        }
        if (!isOver && step < 0.1)
            yield break;
        yield return (new ComplaintEvent.Delivered(Drawn.PublicId(), merchant, First: true), 3, mediator);
        if (!isOver && step < 0.5)
            yield break;
        if (!isOver && step < 0.54)
        {
            yield return (new ComplaintEvent.Unreached([]), 60, mediator);
            yield break;
        }
        if (!isOver && step < 0.58)
        {
            var by = at.AddDays(12);
            yield return (new ComplaintEvent.Contested(ContestGround.NotOurOrder, [], by), 20, "merchant:bench");
            yield break;
        }
        if (step < 0.9)
            yield return (new ComplaintEvent.Replied(true, "valid") { Text = text }, 30, "merchant:bench");
        else
            yield return (new ComplaintEvent.NotSolved { EndBy = at.AddDays(60) }, 50, "claimant:bench");
        if (!isOver)
            yield break;
        yield return step < 0.15
            ? (new ComplaintEvent.Withdrawn(), lasts * 24, "claimant:bench")
            : (new ComplaintEvent.Closed(ClosedBecause.NoReaction), lasts * 24, "clock");
        if (step > 0.5)
            yield return (new ComplaintEvent.Scored(6, Resolved.Yes, 100), (lasts * 24) + 1, "claimant:bench");
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
