using Hengping.App.Clocks;
using Hengping.App.Evidence;
using Hengping.App.Merchants;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.App.RuleRegister;
using Hengping.Rules.Fields;
using Hengping.Rules.Measures;

namespace Hengping.App.Measures;

/// <summary>
/// <c>POST /measures</c>: a measure is proposed; a heavy one is announced with it, an urgent one in effect with it.
/// </summary>
public static class TakeMeasure
{
    /// <summary>What is to be done, to whom, and why.</summary>
    public sealed record Request
    {
        /// <summary>A kind in camelCase, as <c>listingDown</c>.</summary>
        public string? Kind { get; init; }
        public Whom? Addressee { get; init; }
        public Thing? Target { get; init; }
        public string? Reason { get; init; }
        public Ground? Clause { get; init; }

        /// <summary>A date: the clause must have been in force then.</summary>
        public string? FactsOn { get; init; }
        public string? Facts { get; init; }
        public string? Scope { get; init; }

        /// <summary>own, notice, authority.</summary>
        public string? Source { get; init; }
        public bool? DetectedByMachine { get; init; }

        /// <summary>none, partly, fully; absent means none.</summary>
        public string? Automation { get; init; }
        public bool? Urgent { get; init; }
        public string? EndsOn { get; init; }
        public string? EndCondition { get; init; }
        public string? Metric { get; init; }
        public string? Threshold { get; init; }
        public decimal? Amount { get; init; }
        public string? Basis { get; init; }
        public string? Method { get; init; }

        /// <summary>byOrder, danger, fraud, repeatedSerious: closing without thirty days' notice.</summary>
        public string? Cause { get; init; }
        public string? OpenOrders { get; init; }
        public string? Deposits { get; init; }
        public string? Notice { get; init; }

        /// <summary>Who sent the notice, and where the shop's statement is to go: phone or mail.</summary>
        public string? Holder { get; init; }
        public string? HolderContact { get; init; }
        public IReadOnlyList<Guid>? Evidence { get; init; }

        /// <summary>Refuse it with <c>measure.look</c> where all of it is right; else it is done.</summary>
        public bool? AsksFirst { get; init; }
    }

    /// <summary>One of the two.</summary>
    public sealed record Whom(Guid? Merchant, Guid? Account);

    /// <summary>What it is about.</summary>
    public sealed record Thing(string? Kind, string? Id, string? Address, string? Title);

    /// <summary>A clause of the register.</summary>
    public sealed record Ground(Guid? Rule, string? Clause);

    private const int IdMax = 100;
    private const int TitleMax = 200;

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder measures) =>
        measures
            .MapPost("", Handle)
            .Accepts<Request>("application/json")
            .Produces<MeasureView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .For(MeasureSides.Staff)
            .AnsweredOnce(Again);

    private static async Task<IResult> Handle(
        HttpContext http,
        Caller caller,
        Store store,
        Law law,
        CancellationToken ct
    )
    {
        var (body, instead) = await Body.Read<Request>(http, ct);
        if (instead is not null)
            return instead;
        var faults = new FieldFaults();
        var draft = await DraftOf(store, law, body, caller, faults, ct);
        if (!faults.None)
            return Problems.Fields(faults.All);
        var kind = (await CurrentOperator.Of(http).Now(ct))?.Sign?.Kind;
        for (var tries = 0; tries < 5; tries++)
        {
            var terms = MeasureClocks.Of(law, store.Now);
            var decided = Measure.Propose(Drawn.Number(), draft, kind, terms, caller.Account);
            if (decided.Refusal is { } no)
                return no.AsProblem();
            if (body.AsksFirst == true)
                return Measure.LookFirst.AsProblem();
            var id = StreamId.Undated();
            var fresh = new Loaded<Measure>(id, 0, 0, null);
            var now = store.Now;
            var proposed = MeasureClocks.Noted(decided.Event!, Measure.Fold(null, decided.Event!, now), law);
            var change = store.Change(MeasureBook.Instance, fresh, now, caller.Author, [proposed]);
            var at = $"/api/v1/measures/{id:D}";
            var (_, kept) = Idempotency.Answer(http, StatusCodes.Status201Created, new { }, at);
            var outcome = await store.Append(new Commit([change], kept is null ? null : kept with { Answer = [] }), ct);
            if (outcome is Outcome.Done)
                return await Answer(http, store, law, id, caller, ct);
            if (outcome is Outcome.Replayed same)
                return await Again(http, same.First);
            if (outcome is not Outcome.Taken)
                break;
        }
        return Problems.Raced.AsProblem();
    }

    private static async Task<IResult> Answer(
        HttpContext http,
        Store store,
        Law law,
        Guid id,
        Caller caller,
        CancellationToken ct
    )
    {
        http.Response.Headers.Location = $"/api/v1/measures/{id:D}";
        var view = await ShowMeasure.Read(store, law, id, caller, ct);
        return Results.Json(view, Cli.JsonFormat, statusCode: StatusCodes.Status201Created);
    }

    // Its words are sealed: the same key again shows the measure as it is.
    private static async Task<IResult> Again(HttpContext http, Idempotent first)
    {
        var services = http.RequestServices;
        var id = Guid.Parse(first.Location![(first.Location!.LastIndexOf('/') + 1)..]);
        var (store, law) = (services.GetRequiredService<Store>(), services.GetRequiredService<Law>());
        return await Answer(http, store, law, id, Caller.Of(http.User)!, http.RequestAborted);
    }

    private static async Task<MeasureDraft> DraftOf(
        Store store,
        Law law,
        Request body,
        Caller caller,
        FieldFaults faults,
        CancellationToken ct
    )
    {
        var factsOn = faults.Date("factsOn", body.FactsOn);
        var endsOn = faults.Date("endsOn", body.EndsOn);
        Measure.CheckDays(factsOn, endsOn, faults, store.Now);
        faults.Money("amount", body.Amount, Measure.AmountMax);
        var addressee = await AddresseeOf(store, body.Addressee, faults, ct);
        var (rule, clause) = (body.Clause?.Rule, PlainText.Line(body.Clause?.Clause));
        faults.If(rule is null || clause is null, "clause", Fault.Required);
        var evidence = faults.Evidence(body.Evidence);
        Measure.CheckFiles(before: 0, evidence.Count, faults);
        await EvidenceCheck.Mine(store, caller.Account, evidence, faults, ct);
        var found =
            rule is { } which && clause is not null && factsOn is { } day
                ? await ClausesInForce.Find(store, which, clause, day, ct)
                : null;
        var draft = new MeasureDraft(
            Of<MeasureKind>("kind", body.Kind, faults),
            addressee,
            new MeasureTarget(
                Of<TargetKind>("target.kind", body.Target?.Kind, faults),
                faults.Line("target.id", body.Target?.Id, IdMax),
                faults.Web("target.address", body.Target?.Address),
                // It stands in lists and files, and is searched.
                OpenWords.Of(faults.Line("target.title", body.Target?.Title, TitleMax))
            ),
            Of<MeasureReason>("reason", body.Reason, faults),
            found?.Ref,
            factsOn ?? default,
            WordsOf(body, faults)
        )
        {
            Source = body.Source is null ? MeasureSource.Own : Of<MeasureSource>("source", body.Source, faults),
            DetectedByMachine = body.DetectedByMachine == true,
            Automation = body.Automation is null
                ? Automation.None
                : Of<Automation>("automation", body.Automation, faults),
            IsUrgent = body.Urgent == true,
            EndsOn = endsOn,
            Amount = body.Amount,
            Cause = string.IsNullOrEmpty(body.Cause) ? null : Of<ClosingCause>("cause", body.Cause, faults),
            Evidence = evidence,
            AskedForHuman = await AskedForHuman(store, addressee, ct),
        };
        if (faults.None)
            Measure.Check(draft, faults);
        Measure.CheckNotice(draft, MeasureClocks.NoticeOver(law, store.Now), faults);
        return draft;
    }

    private static MeasureWords WordsOf(Request body, FieldFaults faults)
    {
        return new MeasureWords(
            faults.Text("facts", body.Facts, Measure.FactsMin, Measure.FactsMax),
            faults.Text("scope", body.Scope, 2, Measure.TextMax),
            Some("endCondition", body.EndCondition),
            Some("metric", body.Metric),
            Some("threshold", body.Threshold),
            Some("basis", body.Basis),
            Some("method", body.Method),
            Some("openOrders", body.OpenOrders),
            Some("deposits", body.Deposits),
            Some("notice", body.Notice),
            faults.Line("holder", body.Holder, TitleMax),
            faults.Line("holderContact", body.HolderContact, MailAddress.LengthMax)
        );
        string? Some(string field, string? typed) =>
            faults.Text(field, typed, 0, Measure.TextMax) is { Length: > 0 } text ? text : null;
    }

    private static async Task<MeasureAddressee> AddresseeOf(
        Store store,
        Whom? whom,
        FieldFaults faults,
        CancellationToken ct
    )
    {
        if (whom?.Merchant is { } merchant && whom.Account is null)
        {
            if (await MerchantDirectory.Find(store, merchant, ct) is not { } row)
            {
                faults.Add("addressee.merchant", Fault.Unknown);
                return new MeasureAddressee(true, merchant);
            }
            return new MeasureAddressee(true, (await MerchantDirectory.Root(store, row, ct)).Id);
        }
        if (whom?.Account is { } account && whom.Merchant is null)
        {
            var isClaimant = await store.First<long>(
                "select count(*) from accounts where id = @account and role = 'claimant' and live",
                new { account },
                ct
            );
            faults.If(isClaimant == 0, "addressee.account", Fault.Unknown);
            return new MeasureAddressee(false, account);
        }
        faults.Add("addressee", whom?.Merchant is null ? Fault.Required : Measure.OneAddressee);
        return new MeasureAddressee(true, Guid.Empty);
    }

    private static async Task<bool> AskedForHuman(Store store, MeasureAddressee to, CancellationToken ct) =>
        await store.First<long>(
            $"select count(*) from measures where {(to.IsMerchant ? "merchant" : "account")} = @id and human_due",
            new { id = to.Id },
            ct
        ) > 0;

    private static T Of<T>(string field, string? typed, FieldFaults faults)
        where T : struct, Enum
    {
        if (Words.Parse<T>(typed) is { } value)
            return value;
        faults.Add(field, string.IsNullOrWhiteSpace(typed) ? Fault.Required : Fault.Unknown);
        return default;
    }
}
