using System.Globalization;
using Dapper;
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
/// Many cases at once, straight through Append in large commits: filed, delivered, and half of them replied. The texts
/// are of a small market and come again and again; keys, numbers and ids are each case's own.
/// </summary>
public sealed class BulkCases
{
    private const int PerCommit = 1_000;
    private const int Claimants = 64;
    private const int Pool = 1_500;
    private static readonly DateTimeOffset First = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Store store;
    private readonly CaseLife[] pool;
    private readonly Guid[] merchants;
    private readonly (Guid Account, long Key, string Token)[] claimants;

    private BulkCases(Store store, CaseLife[] pool, Guid[] merchants, (Guid, long, string)[] claimants)
    {
        this.store = store;
        this.pool = pool;
        this.merchants = merchants;
        this.claimants = claimants;
    }

    /// <summary>
    /// Loads <paramref name="count"/> cases and returns, for a sample of them, id and token of who may read.
    /// </summary>
    public static async Task<(Guid Case, string Token)[]> Load(Store store, int count, CancellationToken ct)
    {
        var bulk = await Prepare(store, ct);
        var sample = new (Guid, string)[2_000];
        var every = count / sample.Length;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, (count + PerCommit - 1) / PerCommit),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount + 1, CancellationToken = ct },
            async (commit, ct) =>
            {
                var changes = new List<Change>(PerCommit);
                for (var i = commit * PerCommit; i < Math.Min(count, (commit + 1) * PerCommit); i++)
                {
                    var change = bulk.One(i);
                    changes.Add(change);
                    if (i % every == 0 && i / every < sample.Length)
                        sample[i / every] = (change.Stream, bulk.claimants[i % Claimants].Token);
                }
                if (await store.Append(new Commit(changes), ct) is not Outcome.Done)
                    throw new InvalidOperationException("a commit of the bench was refused");
                if (commit % 100 == 99)
                    Cli.Say(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"read: {(commit + 1) * PerCommit} of {count} cases"
                        )
                    );
            }
        );
        await SkipListeners(store, but: null, ct);
        return sample;
    }

    private Change One(int index)
    {
        var chance = new Chance(17, "bulk", index);
        var at = First.AddSeconds(index * 20L);
        var life = pool[index % pool.Length];
        var claimant = claimants[index % Claimants];
        var merchant = merchants[index % merchants.Length];
        var filed = (ComplaintEvent.Filed)life.Story[0].Event with
        {
            Number = CaseNumber.From(chance.Bits()),
            Claimant = claimant.Account,
            Respondent = merchant,
            Shop = null,
            Story = new Story(life.Plan.Text, OrderNo: chance.Bits().ToString("x16", CultureInfo.InvariantCulture)),
            HasPrints = true,
            Evidence = [],
        };
        List<Stamped<ComplaintEvent>> story =
        [
            new(filed, at, $"claimant:{claimant.Account:D}"),
            new(new ComplaintEvent.Delivered(Drawn.PublicId(), merchant, First: true), at.AddHours(3), "bench"),
        ];
        if (index % 2 == 0)
            story.Add(
                new(new ComplaintEvent.Replied(true, "valid") { Text = life.Plan.Text }, at.AddHours(30), "bench")
            );
        var fresh = new Loaded<Complaint>(chance.Id(at), 0, 0, null);
        return store.Change(ComplaintBook.Instance, fresh, story, claimant.Key);
    }

    private static async Task<BulkCases> Prepare(Store store, CancellationToken ct)
    {
        var market = new Market(17, First, new MarketSize(Pool * 2, 500));
        var house = DemoHouse.Of(Law.Shipped);
        var pool = market
            .Cases.Where(c => c.Seller is null)
            .Take(Pool)
            .Select(c => Play.Of(market, house, c))
            .ToArray();
        var merchants = new Guid[200];
        for (var i = 0; i < merchants.Length; i++)
        {
            var entry = new NewMerchant($"测量商家{i}", "brand", "bench", Enrolled: true);
            var (id, change, _) = MerchantDirectory.Add(store, entry, "cli", First);
            await store.Append(new Commit([change!]), ct);
            merchants[i] = id;
        }
        var claimants = new (Guid, long, string)[Claimants];
        for (var i = 0; i < Claimants; i++)
        {
            var token = await TokenCommand.Issue(store, Role.Claimant, "测量", $"1660000{i:0000}", merchant: null, ct);
            var account = await AccountDesk.FindByPhone(store, Role.Claimant, $"1660000{i:0000}", ct);
            claimants[i] = (account!.Value, (await AccountDesk.PersonKey(store, account.Value, ct))!.Value, token);
        }
        return new BulkCases(store, pool, merchants, claimants);
    }

    // A bench reads cases: what hears the log would only be in the way, so it is told that it has heard all.
    internal static async Task SkipListeners(Store store, string? but, CancellationToken ct)
    {
        var head = await store.Head(ct);
        foreach (var listener in store.House.Listeners(store, "http://127.0.0.1").Where(one => one.Name != but))
        {
            await store.Write(
                (db, transaction) =>
                    db.ExecuteAsync(
                        """
                        insert into checkpoints (name, position, prints)
                        values (@name, @head, (select prints from key_ring where one = 1))
                        on conflict (name) do update set position = excluded.position, prints = excluded.prints
                        """,
                        new { name = listener.Name, head },
                        transaction
                    ),
                ct
            );
        }
    }
}
