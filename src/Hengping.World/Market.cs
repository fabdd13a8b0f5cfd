namespace Hengping.World;

/// <summary>How large a world is.</summary>
/// <param name="Complaints">Cases over the twelve months, both sides.</param>
/// <param name="People">Consumers; fewer than complaints, as some come back.</param>
public sealed record MarketSize(int Complaints, int People)
{
    /// <summary>What <c>--demo</c> shows.</summary>
    public static readonly MarketSize Demo = new(21_000, 14_000);

    /// <summary>For tests: a world in miniature.</summary>
    public static readonly MarketSize Small = new(400, 260);
}

/// <summary>One of the desk.</summary>
/// <param name="Role">mediator, reviewer or admin.</param>
/// <param name="Login">Sign-in name.</param>
public sealed record StaffPlan(Guid Id, string Name, string Role, string Login, DateTimeOffset Joined);

/// <summary>
/// A whole market over the twelve months before <see cref="End"/>, replayed by its seed: the same seed, end and size
/// give the same bytes on every machine. Cases are made one by one, each from chance of its own, in any order.
/// </summary>
public sealed class Market
{
    private const double SellerShare = 0.045;

    /// <summary>Reasons of non-acceptance and of termination the desk gives, by weight.</summary>
    internal static readonly (string Item, double Weight)[] DeclineReasons =
    [
        ("not-consumption", 3),
        ("already-handled", 3),
    ];
    internal static readonly (string Item, double Weight)[] TerminationReasons =
    [
        ("no-agreement", 5),
        ("party-absent", 3),
    ];

    private readonly Season season;
    private readonly (MerchantPlan Item, double Weight)[] byWeight;
    private readonly MerchantPlan[] platforms;
    private readonly Lazy<IReadOnlyList<CasePlan>> cases;

    /// <summary>Lays out the world; cases are written when asked for.</summary>
    public Market(ulong seed, DateTimeOffset end, MarketSize size)
    {
        Seed = seed;
        Size = size;
        End = end;
        Start = end.AddDays(-365);
        season = new Season(Start, end);
        Merchants = World.Merchants.Rated(seed, Start);
        Sellers = World.Merchants.Sellers(seed, Start);
        People = [.. Enumerable.Range(0, size.People).Select(i => World.People.Plan(seed, Start, i))];
        byWeight = [.. Merchants.Select(m => (m, m.Weight))];
        Mediators = [.. Enumerable.Range(0, 4).Select(i => Staff(seed, i, "mediator"))];
        Reviewer = Staff(seed, 4, "reviewer");
        Admin = Staff(seed, 5, "admin");
        Colleague = Staff(seed, 6, "reviewer") with { Joined = end.AddHours(-3) };
        platforms = [.. Merchants.Where(m => m.Platform && Wares.Of(m.Sector).Kind == "goods")];
        cases = new(Plan);
    }

    public ulong Seed { get; }
    public MarketSize Size { get; }
    public DateTimeOffset Start { get; }

    /// <summary>Nothing happens at or after this instant.</summary>
    public DateTimeOffset End { get; }

    /// <summary>Those complained about.</summary>
    public IReadOnlyList<MerchantPlan> Merchants { get; }

    /// <summary>Small sellers: claimants of the merchant side and shops of consumers' cases.</summary>
    public IReadOnlyList<MerchantPlan> Sellers { get; }
    public IReadOnlyList<PersonPlan> People { get; }

    /// <summary>Who screens and mediates.</summary>
    public IReadOnlyList<StaffPlan> Mediators { get; }
    public StaffPlan Reviewer { get; }
    public StaffPlan Admin { get; }

    /// <summary>A reviewer who has just come: with a hand in nothing yet, and free to decide any appeal.</summary>
    public StaffPlan Colleague { get; }

    /// <summary>All filings, oldest first.</summary>
    public IReadOnlyList<CasePlan> Cases => cases.Value;

    private IReadOnlyList<CasePlan> Plan()
    {
        var plans = new CasePlan[Size.Complaints];
        Parallel.For(0, plans.Length, i => plans[i] = Plan(i));
        return [.. plans.OrderBy(p => p.FiledAt).ThenBy(p => p.Index)];
    }

    private CasePlan Plan(int index)
    {
        var chance = new Chance(Seed, "case", index);
        var at = season.Draw(chance);
        return chance.Hits(SellerShare) ? OfSeller(index, at, chance) : OfConsumer(index, at, chance);
    }

    private CasePlan OfConsumer(int index, DateTimeOffset at, Chance chance)
    {
        var respondent = chance.Weigh(byWeight);
        var wares = Wares.Of(respondent.Sector);
        var (thing, low, high) = chance.Pick(wares.Things);
        var problem = chance.Weigh(wares.Problems);
        var person = chance.Pick(People);
        var shop = respondent.Platform && wares.Kind == "goods" && chance.Hits(0.6) ? chance.Pick(Sellers) : null;
        var bought = at.AddHours(-chance.Between(20, 24 * 40));
        var contacted = chance.Hits(0.7) ? bought.AddHours(chance.Between(1, 19)) : (DateTimeOffset?)null;
        var demand = Demand(chance, wares, problem);
        var second = chance.Hits(0.25) ? Demand(chance, wares, problem) : demand;
        var plan = new CasePlan(
            index,
            chance.Id(at),
            at,
            person,
            Seller: null,
            respondent,
            shop,
            thing,
            problem,
            Price(chance, low, high),
            DateOnly.FromDateTime(bought.AddHours(8).DateTime),
            Order(chance, bought),
            Text: "",
            demand == second ? [demand] : [demand, second],
            contacted,
            Answer: null,
            Publish: chance.Hits(0.35),
            Call: chance.Hits(0.6),
            ForChild: problem == "minor-payment" && chance.Hits(0.7),
            Channel: chance.Hits(0.85) ? "web" : "phone"
        );
        var writer = new Writer(plan, chance);
        return plan with
        {
            Text = writer.Story(wares.Kind),
            Answer = contacted is null ? null : writer.Say("before answer"),
        };
    }

    private CasePlan OfSeller(int index, DateTimeOffset at, Chance chance)
    {
        var seller = chance.Pick(Sellers);
        var (thing, low, high) = chance.Pick(Wares.Of(seller.Sector).Things);
        var problem = chance.Weigh(Wares.SellerProblems);
        var bought = at.AddHours(-chance.Between(20, 24 * 30));
        var large = problem is "deposit" or "funds-frozen" or "deposit-seizure" or "shop-closure";
        var plan = new CasePlan(
            index,
            chance.Id(at),
            at,
            Claimant: null,
            seller,
            chance.Pick(platforms),
            Shop: null,
            thing,
            problem,
            large ? chance.Between(2, 160) * 1000 : Price(chance, low, high),
            DateOnly.FromDateTime(bought.AddHours(8).DateTime),
            Order(chance, bought),
            Text: "",
            [large ? "other" : "compensation"],
            ContactedAt: null,
            Answer: null,
            Publish: chance.Hits(0.5),
            Call: true,
            ForChild: false,
            Channel: "web"
        );
        return plan with { Text = new Writer(plan, chance).Story("merchant") };
    }

    // A journey cannot be repaired, exchanged or sent back.
    private static string Demand(Chance chance, Wares wares, string problem) =>
        chance.Weigh(Wares.Demands(problem)) switch
        {
            "repair" or "exchange" or "make-up-quantity" when wares.Kind == "service" => "redo",
            "return" when wares.Kind == "service" => "refund",
            var demand => demand,
        };

    // Prices lie on the low side and end as shops like them to end.
    private static decimal Price(Chance chance, int low, int high)
    {
        var part = chance.Part();
        var yuan = low + (int)((high - low) * part * part);
        return yuan + chance.Pick<decimal>([0m, 0m, 0m, 0.9m, 0.8m, 0.99m, 0.5m]);
    }

    private StaffPlan Staff(ulong seed, int index, string role)
    {
        var person = World.People.Plan(seed, Start, 95_000 + index);
        return new StaffPlan(person.Id, person.Name, role, $"{role}{index + 1}", person.Joined);
    }

    private static string Order(Chance chance, DateTimeOffset at) =>
        $"{at.AddHours(8):yyMMdd}{chance.Below(1_000_000):000000}{chance.Below(1_000_000):000000}";
}
