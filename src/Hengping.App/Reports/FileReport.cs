using Hengping.App.Accounts;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Evidence;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>What a reporter gets: once, and kept nowhere.</summary>
/// <param name="Due">Verified by then.</param>
public sealed record ReportReceipt(string Number, string Code, ReportStatus Status, DateTimeOffset? Due)
{
    /// <summary>Its facts were added to the report of this number, made before.</summary>
    public bool? Merged { get; init; }
}

/// <summary>
/// <c>POST /reports</c>: anyone, with or without a name. Of an anonymous report neither account nor address is kept,
/// and no answer under the account either.
/// </summary>
public static class FileReport
{
    private const int NameMax = 200;

    /// <summary>The body. What is missing is said per field.</summary>
    public sealed record Request
    {
        public string? Breach { get; init; }
        public string? Text { get; init; }

        /// <summary>Absent means yes.</summary>
        public bool? Anonymous { get; init; }
        public FilingRequest.Whom? Respondent { get; init; }

        /// <summary>The caller's own uploads; only under one's own name.</summary>
        public Guid[]? Evidence { get; init; }

        /// <summary>Where that comes from.</summary>
        public OriginSaid? Origin { get; init; }
        public ContactSaid? Contact { get; init; }

        /// <summary>newFacts or otherMatter, where the same was reported before.</summary>
        public string? Again { get; init; }

        public sealed record ContactSaid(string? Name, string? Phone);

        /// <summary>Made by the reporter, or got from somebody.</summary>
        public sealed record OriginSaid(bool? Made, string? From);

        /// <summary>As the rules take it.</summary>
        public ReportDraft Draft(string? respondentName) =>
            new(Breach, Text, Anonymous != false, respondentName, Contact?.Name, Contact?.Phone);
    }

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder reports) =>
        reports
            .MapPost("", Handle)
            .Accepts<Request>("application/json")
            .Produces<ReportReceipt>(StatusCodes.Status201Created)
            .Produces<ReportReceipt>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .Anyone()
            .RequireRateLimiting(Limits.Writing);

    private static async Task<IResult> Handle(HttpContext http, Store store, Law law, CancellationToken ct)
    {
        var caller = Caller.Of(http.User);
        var (key, bodyHash, bad) = await Idempotency.KeyOf(http);
        if (bad is not null)
            return bad.AsProblem(StatusCodes.Status400BadRequest);
        var seed = key is null ? null : await ReportKeys.SeedOf(http, caller, key);
        var (request, instead) = await Body.Read<Request>(http, ct);
        if (instead is not null)
            return instead;
        var faults = new FieldFaults();
        var named = request.Anonymous == false ? caller : null;
        var (respondent, name) = await Whom(store, request.Respondent, faults, ct);
        var draft = Report.Check(request.Draft(name), Taxonomies.Taxonomies.Current.BreachCodes, faults);
        var evidence = faults.Evidence(request.Evidence);
        var origin = FileOrigin.Of(request.Origin?.Made, request.Origin?.From, faults);
        var again = AgainOf(request.Again, faults);
        if (named is null)
            faults.If(evidence.Count > 0, "evidence", Report.EvidenceLater);
        else
            await EvidenceCheck.Mine(store, named.Account, evidence, faults, ct);
        if (!faults.None)
            return Problems.Fields(faults.All);
        // Kept under a name of its own: what an account sent here is not to be seen beside the account.
        var once =
            key is null || caller is null
                ? null
                : new Idempotent(
                    store.Keys.Fingerprint(ReportPurposes.ReportOnce, $"{caller.Account:N}|{key}"),
                    "report",
                    bodyHash,
                    StatusCodes.Status201Created,
                    [],
                    Location: null
                );
        var first =
            named is null || again == ReportAgain.OtherMatter
                ? null
                : await RepeatedReports.Find(store, named.Account, respondent, draft, seed, ct);
        if (first is not null && again is null)
            return Report.Repeated(first.Number).AsProblem();
        if (first is { IsOpen: true })
        {
            var files = new BroughtFiles(evidence, [], origin);
            var (merged, refused) = await RepeatedReports.Merge(store, law, first, draft.Text!, files, once, ct);
            return refused?.AsProblem() ?? Results.Json(merged, Cli.JsonFormat);
        }
        var whole = draft with
        {
            Respondent = respondent,
            Evidence = evidence,
            Origin = origin,
            Earlier = first?.Number,
        };
        var (receipt, no) = await File(store, law, seed, new Sending(whole, named) { Once = once }, ct);
        return no ?? Results.Json(receipt, Cli.JsonFormat, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>What is said of a report made before; null where nothing is.</summary>
    public static ReportAgain? AgainOf(string? typed, FieldFaults faults) =>
        string.IsNullOrWhiteSpace(typed)
            ? null
            : faults.Word("again", typed, ("newFacts", ReportAgain.NewFacts), ("otherMatter", ReportAgain.OtherMatter));

    /// <summary>A checked report on its way into the log.</summary>
    /// <param name="Caller">Only of somebody who reports under their own name.</param>
    public sealed record Sending(ReportDraft Draft, Caller? Caller)
    {
        /// <summary>The stream it begins, where its files know it already.</summary>
        public Guid? Id { get; init; }

        /// <summary>Evidence that comes in with it, by the id its uploader has.</summary>
        public IReadOnlyList<Change> Also { get; init; } = [];

        /// <summary>Under which key it is kept.</summary>
        public Idempotent? Once { get; init; }
    }

    /// <summary>Appends a checked report. Sent again under the same seed it is the same report.</summary>
    public static async Task<(ReportReceipt? Receipt, IResult? No)> File(
        Store store,
        Law law,
        string? seed,
        Sending sending,
        CancellationToken ct
    )
    {
        var caller = sending.Caller;
        for (var tries = 0; tries < 5; tries++)
        {
            var number = seed is null ? ReportKeys.NewNumber() : ReportKeys.NumberOf(store, seed);
            var standing = caller is null ? null : await AccountDesk.Standing(store, caller.Account, ct);
            if (caller is not null && standing is null)
                return (null, Problems.NotSignedIn.AsProblem(StatusCodes.Status401Unauthorized));
            var change = await ChangeOf(store, law, number, sending, ct);
            IEnumerable<Change> under = standing is null ? [] : [standing];
            var outcome = await store.Append(new Commit([.. under, .. sending.Also, change], sending.Once), ct);
            if (outcome is Outcome.Done or Outcome.Replayed || (outcome is Outcome.Taken && seed is not null))
                return (await ReceiptOf(store, number, ct), null);
            if (outcome is not Outcome.Taken)
                return (null, Idempotency.Replay(outcome) ?? Problems.Raced.AsProblem());
        }
        return (null, Problems.Raced.AsProblem());
    }

    /// <summary>The change that files a report, for a commit that may hold more.</summary>
    public static async Task<Change> ChangeOf(
        Store store,
        Law law,
        string number,
        Sending sending,
        CancellationToken ct
    )
    {
        var (draft, caller) = sending;
        var at = Report.TimeOf(draft.IsAnonymous, store.Now);
        var (tellBy, verifyBy) = ReportClocks.Of(law, at);
        var filed = Report.File(number, draft, caller?.Account, tellBy, verifyBy);
        // Nothing is kept that tells one anonymous reporter from another.
        if (!draft.IsAnonymous)
            filed = filed with { Language = Letterhead.Spoken };
        var noted = ReportClocks.Noted(filed, Report.Fold(null, filed, at), law);
        var person = caller is null ? null : await AccountDesk.PersonKey(store, caller.Account, ct);
        // Drawn by lot: an id that grows with time would point at what came in the same moment.
        var fresh = new Loaded<Report>(sending.Id ?? Guid.NewGuid(), 0, 0, null);
        var author = caller?.Author ?? ReportsRoom.Reporter;
        return store.Change(ReportBook.Instance, fresh, Stamped.All([noted], at, author), person) with
        {
            IsCoarse = draft.IsAnonymous,
        };
    }

    /// <summary>What was answered to the filing of a number, the first time and every time.</summary>
    public static async Task<ReportReceipt> ReceiptOf(Store store, string number, CancellationToken ct)
    {
        var report = (await store.Load(ReportBook.Instance, await ReportBook.Find(store, number, ct), ct)).State!;
        return new ReportReceipt(number, ReportKeys.CodeOf(store, number), ReportStatus.Received, report.FirstVerifyBy);
    }

    /// <summary>
    /// Whom it is about: an entry where the directory has one, else a name that stays in the report. No public entry is
    /// ever made for a report.
    /// </summary>
    public static async Task<(Guid? Id, string? Name)> Whom(
        Store store,
        FilingRequest.Whom? whom,
        FieldFaults faults,
        CancellationToken ct
    )
    {
        if (whom?.Id is { } id)
        {
            var known = await new Respondents(store, Side.Consumer, faults).Known(id, "respondent.id", ct);
            return (known, (await MerchantDirectory.Find(store, known, ct))?.Name);
        }
        if (faults.Line("respondent.name", whom?.Name, NameMax) is not { } name)
        {
            faults.Add("respondent", Fault.Required);
            return default;
        }
        return (
            await MerchantDirectory.Named(store, name, ct) is { } found
                ? (await MerchantDirectory.Root(store, found, ct)).Id
                : null,
            name
        );
    }
}
