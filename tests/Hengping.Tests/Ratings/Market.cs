using Hengping.App;
using Hengping.App.Complaints;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Complaints;
using Hengping.Rules.Merchants;
using Hengping.Rules.Ratings;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>A small market in a store of its own, written as events at their own times.</summary>
internal sealed class Market : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);

    private readonly EmptyPlace place;
    private readonly List<Guid> claimants = [.. Enumerable.Range(1, 30).Select(i => new Guid(i, 1, 0, new byte[8]))];

    private Market(EmptyPlace place, TurnableClock clock, Store store)
    {
        Clock = clock;
        this.place = place;
        Store = store;
    }

    public TurnableClock Clock { get; }
    public Store Store { get; }
    public List<Guid> Merchants { get; } = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Market> Open(Db engine)
    {
        var place = await EmptyPlace.On(engine);
        var clock = new TurnableClock(Now);
        return new Market(place, clock, await Store.Open(place.Place, Rooms.House, clock, Ct));
    }

    public async Task<Guid> Merchant(string name, string sector = "brand", bool enrolled = true, int daysAgo = 500)
    {
        var entry = new NewMerchant(name, sector, "staff", enrolled)
        {
            Contact = new AfterSalesContact("4001234567", null),
        };
        var (id, change, _) = MerchantDirectory.Add(Store, entry, "cli", Now.AddDays(-daysAgo));
        await Do(change!);
        Merchants.Add(id);
        return id;
    }

    public async Task<Guid> Complaint(
        Guid merchant,
        Guid? claimant,
        params (DateTimeOffset At, ComplaintEvent E)[] told
    )
    {
        var id = Guid.CreateVersion7();
        var filed = new ComplaintEvent.Filed
        {
            Number = id.ToString("N"),
            Side = Side.Consumer,
            Claimant = claimant,
            Respondent = merchant,
            Sector = "brand",
            Problem = "refund",
            Amount = 120,
            Demands = ["refund"],
            Channel = "web",
        };
        await Tell(id, told[0].At.AddHours(-1), filed);
        foreach (var (at, happened) in told)
            await Tell(id, at, happened);
        return id;
    }

    public async Task Tell(Guid complaint, DateTimeOffset at, ComplaintEvent happened, string author = "staff:1")
    {
        var from = await Store.Load(ComplaintBook.Instance, complaint, Ct);
        await Do(Store.Change(ComplaintBook.Instance, from, at, author, [happened]));
    }

    public async Task Tell(Guid merchant, DateTimeOffset at, MerchantEvent happened)
    {
        var from = await Store.Load(MerchantBook.Instance, merchant, Ct);
        await Do(Store.Change(MerchantBook.Instance, from, at, "staff:1", [happened]));
    }

    /// <summary>Complaints of the last hundred days, in every way a case can go.</summary>
    public async Task Fill(int seed, int count)
    {
        var random = new Random(seed);
        var filings = new List<(Guid To, Guid? By, List<(DateTimeOffset, ComplaintEvent)> Told)>();
        for (var i = 0; i < count; i++)
        {
            var at = Now.AddMinutes(-random.Next(60, 100 * 24 * 60));
            var to = Merchants[random.Next(Merchants.Count)];
            Guid? by = random.Next(4) == 0 ? null : claimants[random.Next(claimants.Count)];
            var first = new ComplaintEvent.Delivered($"p{seed}-{i}", to, First: true);
            List<(DateTimeOffset, ComplaintEvent)> told = [(at, first)];
            if (random.Next(8) == 0)
            {
                var other = Merchants[random.Next(Merchants.Count)];
                var decision = (ContestDecision)random.Next(3);
                var redirect = decision == ContestDecision.Redirect && other != to;
                decision = redirect || decision != ContestDecision.Redirect ? decision : ContestDecision.Reject;
                told.Add((Later(30), new ComplaintEvent.Contested(ContestGround.NotOurOrder, [], at)));
                told.Add(
                    (
                        Later(60),
                        new ComplaintEvent.ContestDecided(
                            decision,
                            redirect ? other : null,
                            redirect ? $"r{seed}-{i}" : null
                        )
                    )
                );
            }
            if (random.Next(3) > 0)
                told.Add((Later(140), new ComplaintEvent.Replied(random.Next(5) > 0, "ok")));
            if (random.Next(2) == 0)
                told.Add((Later(200), new ComplaintEvent.Scored(random.Next(11), null, null)));
            if (random.Next(12) == 0)
                told.Add((Later(200), new ComplaintEvent.Excluded("duplicate")));
            if (random.Next(12) == 0)
                told.Add((Later(200), new ComplaintEvent.Withdrawn()));
            filings.Add((to, by, [.. told.Where(t => t.Item1 <= Now)]));

            DateTimeOffset Later(int hours) => at = at.AddMinutes(random.Next(1, hours * 60));
        }
        // All at once: the queue commits many in one transaction.
        await Task.WhenAll(filings.Select(f => Complaint(f.To, f.By, [.. f.Told])));
    }

    public Task CatchUp() => Listening.CatchUp(Store, [RatingsListener.Instance], Ct);

    public Task<RatingList> Live(string period, string? sector = null) =>
        ExactLists.Now(Store, Asked(period, sector), Ct);

    public async Task<RatingList> Scratch(string period, string? sector = null) =>
        (await ExactLists.Frozen(Store, Asked(period, sector), Now, Ct)).List;

    public static ListRequest Asked(string period, string? sector = null, string? policy = null) =>
        ListRequest.Parse(period, sector, null, policy, Unscored.Zero, Now).Event!;

    private async Task Do(Change change) =>
        (await Store.Append(new Commit([change]), Ct)).ShouldBeOfType<Outcome.Done>();

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        place.Dispose();
    }
}
