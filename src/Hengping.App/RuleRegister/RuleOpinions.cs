using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary>
/// <c>POST /rules/{id}/opinions</c>: whoever is signed in says what they think of a draft while opinions are asked for.
/// <c>GET …/opinions</c>: all of them for those who work at rules, one's own for everybody else; what nobody has
/// answered comes first.
/// </summary>
public static class RuleOpinions
{
    /// <summary>What somebody thinks.</summary>
    public sealed record GiveRequest
    {
        /// <summary>Number of the clause; absent of the whole.</summary>
        public string? Clause { get; init; }
        public string? Text { get; init; }
    }

    /// <summary>A page of the opinions on a version.</summary>
    public sealed record All(IReadOnlyList<OpinionView> Items, string? Cursor = null);

    /// <summary>Which are asked for: one account's or all; those that wait, or those that were answered.</summary>
    private sealed record Which(Guid? Account = null, bool? IsAnswered = null, bool IsOpen = true);

    private const string Select = """
        select id as Id, version as Version, clause as Clause, given_at as GivenAt, outcome as Outcome,
               answer as Answer, shut as Shut
        from rule_opinions
        """;

    private const string Waits = "(outcome is null and not shut)";

    private static readonly ListOrder<Row> Order = new(
        "opinions",
        ListOrder<Row>.By("given_at", row => row.GivenAt),
        ListOrder<Row>.By("id", row => row.Id)
    )
    {
        Stretches = [Waits, $"not {Waits}"],
    };

    /// <summary>How many said something, and what became of it: for everybody.</summary>
    public sealed record Counts(int Version, long Given, long Adopted, long Partly, long NotAdopted);

    private sealed record OpenedRule(Guid Id, PlatformRule Rule, Caller Caller, Store Store) : IOpened
    {
        public DateOnly Today { get; } = Shanghai.DayOf(Store.Now);
        public FieldFaults Faults { get; } = new();
        public RuleVersion Newest => Rule.Versions[^1];

        /// <summary>Opinions of the caller on the newest version.</summary>
        public long Own { get; init; }
    }

    private sealed record Row(
        Guid Id,
        long Version,
        string? Clause,
        long GivenAt,
        string? Outcome,
        string? Answer,
        bool Shut
    );

    private static readonly VerbWay<OpenedRule, OpinionEvent> Giving = new()
    {
        Open = OpenRule,
        Told = o => o.Rule.ToRole(o.Newest, [RuleVerb.GiveOpinion], o.Caller.Account, o.Store.Now),
        Save = Give,
    };

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder rules)
    {
        rules
            .MapPost(
                "/{id:guid}/opinions",
                (HttpContext http, Caller caller) => Giving.Enter<GiveRequest>(http, caller, null, Said)
            )
            .Accepts<GiveRequest>("application/json")
            .Produces<OpinionView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .SignedIn()
            .AnsweredOnce()
            .RequireRateLimiting(Limits.Writing);
        rules.MapGet("/{id:guid}/opinions", List).Produces<All>().SignedIn();
    }

    /// <summary>What became of the opinions on a version.</summary>
    public static async Task<Counts> CountsOf(Store store, Guid rule, int version, CancellationToken ct)
    {
        var rows = await store.Query<(string? Outcome, long Count)>(
            """
            select outcome as Outcome, count(*) as Count from rule_opinions
            where rule = @rule and version = @version group by outcome
            """,
            new { rule, version },
            ct
        );
        long Of(OpinionOutcome outcome) => rows.Where(row => row.Outcome == Words.Of(outcome)).Sum(row => row.Count);
        return new Counts(
            version,
            rows.Sum(row => row.Count),
            Of(OpinionOutcome.Adopted),
            Of(OpinionOutcome.Partly),
            Of(OpinionOutcome.NotAdopted)
        );
    }

    /// <summary>Answers on a version, for everybody: without whom, and without what they said.</summary>
    public static Task<All> Answers(
        Store store,
        Guid rule,
        int version,
        int size,
        string? cursor,
        CancellationToken ct
    ) => Read(store, rule, version, new Which(IsAnswered: true, IsOpen: false), size, cursor, ct);

    /// <summary>What waits for an answer, for those who give it.</summary>
    public static Task<All> Waiting(
        Store store,
        Guid rule,
        int version,
        int size,
        string? cursor,
        CancellationToken ct
    ) => Read(store, rule, version, new Which(IsAnswered: false), size, cursor, ct);

    /// <summary>The opinions the caller may read.</summary>
    public static Task<All> Of(
        Store store,
        Guid rule,
        int version,
        Caller caller,
        int size,
        string? cursor,
        CancellationToken ct
    ) => Read(store, rule, version, new Which(ListRules.ReadsDrafts(caller) ? null : caller.Account), size, cursor, ct);

    private static async Task<All> Read(
        Store store,
        Guid rule,
        int version,
        Which which,
        int size,
        string? cursor,
        CancellationToken ct
    )
    {
        var where = new Conditions()
            .And("rule = @rule", "rule", rule)
            .And("version = @version", "version", version)
            .Is("account", "account", which.Account);
        if (which.IsAnswered is { } isAnswered)
            where.And(isAnswered ? "outcome is not null" : Waits);
        Order.GoOn(where, cursor);
        var (rows, next) = await Order.Read(store, Select, where, size, ct);
        var all = new List<OpinionView>();
        foreach (var row in rows)
            all.Add(
                new OpinionView(
                    row.Id,
                    (int)row.Version,
                    row.Clause,
                    DateTimeOffset.FromUnixTimeMilliseconds(row.GivenAt),
                    which.IsOpen && !row.Shut ? await TextOf(store, row.Id, ct) : null,
                    Words.Parse<OpinionOutcome>(row.Outcome),
                    row.Answer
                )
            );
        return new All(all, next);
    }

    private static async Task<string?> TextOf(Store store, Guid id, CancellationToken ct) =>
        (await store.Beginning(OpinionBook.Instance, id, ct) as OpinionEvent.Given)?.Text;

    private static async Task<IResult> List(Guid id, HttpContext http, Caller caller, Store store, CancellationToken ct)
    {
        var loaded = await store.Load(RuleBook.Instance, id, ct);
        if (
            loaded.State is not { } rule
            || (!ListRules.ReadsDrafts(caller) && !rule.Versions.Exists(PlatformRule.IsPublic))
        )
            return Platform.Answers.NotFound;
        var faults = new FieldFaults();
        var address = new ListAddress(http.Request.Query, faults);
        var version = ShowRules.Number(address.Said("version"), "version", faults) ?? rule.Versions[^1].No;
        var (size, cursor) = (address.Size(), address.Cursor(Order));
        return faults.None
            ? Results.Json(await Of(store, id, version, caller, size, cursor, ct), Cli.JsonFormat)
            : Problems.Fields(faults.All);
    }

    private static ValueTask<Decided<OpinionEvent>> Said(OpenedRule opened, GiveRequest body, CancellationToken ct)
    {
        var (faults, version) = (opened.Faults, opened.Newest);
        var clause = faults.Line("clause", body.Clause, 20);
        var isKnown = clause is null || version.Wording.Clauses.Any(c => c.No == clause);
        faults.If(!isKnown, "clause", Fault.Unknown);
        var text = faults.Text("text", body.Text, RuleOpinion.TextMin, RuleOpinion.TextMax);
        Decided<OpinionEvent> decided =
            opened.Rule.WhyNoOpinion(version, opened.Today) is { } no ? no
            : opened.Own >= RuleOpinion.OfAccountMax ? RuleOpinion.TooMany
            : new OpinionEvent.Given(
                opened.Id,
                version.No,
                clause,
                opened.Caller.Account,
                version.ConsultationUntil!.Value
            )
            {
                Text = text,
            };
        return ValueTask.FromResult(decided);
    }

    private static async Task<OpenedRule?> OpenRule(HttpContext http, Caller caller)
    {
        var (store, ct) = (http.RequestServices.GetRequiredService<Store>(), http.RequestAborted);
        var id = IdOf(http);
        if ((await store.Load(RuleBook.Instance, id, ct)).State is not { } rule)
            return null;
        if (!ListRules.ReadsDrafts(caller) && !rule.Versions.Exists(PlatformRule.IsPublic))
            return null;
        var own = await store.First<long>(
            "select count(*) from rule_opinions where account = @account and rule = @id and version = @version",
            new
            {
                account = caller.Account,
                id,
                version = rule.Versions[^1].No,
            },
            ct
        );
        return new OpenedRule(id, rule, caller, store) { Own = own };
    }

    private static async Task<IResult> Give(HttpContext http, OpenedRule opened, OpinionEvent happened)
    {
        var (store, ct, given) = (opened.Store, http.RequestAborted, (OpinionEvent.Given)happened);
        // Somebody who is erased meanwhile says nothing more.
        if (await AccountDesk.Standing(store, opened.Caller.Account, ct) is not { } standing)
            return Problems.NotSignedIn.AsProblem(StatusCodes.Status401Unauthorized);
        var fresh = new Loaded<RuleOpinion>(StreamId.Next(), 0, 0, null);
        var change = store.Change(OpinionBook.Instance, fresh, store.Now, opened.Caller.Author, [happened]);
        // The words may be erased while the answer is kept: it does not hold them.
        var view = new OpinionView(fresh.Id, given.Version, given.Clause, store.Now, null, null, null);
        var (answer, once) = Idempotency.Answer(http, StatusCodes.Status201Created, view, location: null);
        return Platform.Answers.After(await store.Append(new Commit([standing, change], once), ct), answer);
    }

    private static Guid IdOf(HttpContext http) =>
        Guid.TryParse(http.Request.RouteValues["id"]?.ToString(), out var id) ? id : Guid.Empty;
}
