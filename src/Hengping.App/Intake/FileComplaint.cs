using Hengping.App.Accounts;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Evidence;
using Hengping.App.Merchants;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.App.Reports;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Intake;

/// <summary>What a filing gets back.</summary>
/// <param name="Due">The next clock: screening, or the reply of a complaint that was delivered at once.</param>
/// <param name="Safety">Where somebody was hurt or is in danger: by when we look, and what to do before.</param>
/// <param name="Report">The number and code of a report filed with it; never kept with this answer.</param>
public sealed record Receipt(
    Guid Id,
    string Number,
    Status Status,
    DateTimeOffset? Due,
    SafetyReceipt? Safety = null,
    ReportBeside? Report = null
);

/// <summary>What a receipt says where personal safety is at stake (P0).</summary>
/// <param name="SeenBy">By when somebody of ours looks at it.</param>
/// <param name="DeliverBy">By when it is with the respondent.</param>
/// <param name="FirstOfAll">What to do about the danger now, in the language asked for.</param>
public sealed record SafetyReceipt(DateTimeOffset SeenBy, DateTimeOffset DeliverBy, string FirstOfAll)
{
    /// <summary>Of a case; null where its safety is not at stake.</summary>
    public static SafetyReceipt? Of(Complaint complaint) =>
        complaint.Safety is { } safety
            ? new SafetyReceipt(safety.SeenBy, safety.DeliverBy, Texts.T("receipt.safety.do"))
            : null;
}

/// <summary>
/// <c>POST /complaints</c>: a consumer, or a merchant against a platform. A receipt, or a refusal. Receive, ask the
/// rules, save; and once more where only somebody else's move stood in the way.
/// </summary>
public static class FileComplaint
{
    private const int AgainMax = 3;

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder complaints) =>
        complaints
            .MapPost("", Handle)
            .Accepts<FilingRequest>("application/json")
            .Produces<Receipt>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .For(Role.Claimant, Role.Merchant)
            .AnsweredOnce(ReportBeside.AnswerAgain, isLate: true);

    private static async Task<IResult> Handle([AsParameters] FilingDesk desk, CancellationToken ct)
    {
        var (brought, instead) = await Receive(desk, ct);
        for (var again = 0; brought is not null; again++)
        {
            using var coming = desk.Store.Coming();
            var (asked, no) = await Ask(desk, brought, ct);
            if (asked is null)
                return no!;
            var (outcome, answer) = await Save(desk, brought, asked, coming, ct);
            if (again == AgainMax || !IsPassing(outcome, brought.Caller, asked))
                return await Told(desk, outcome, answer, ct);
            if (outcome is Outcome.Taken { Reservation.Scope: ReportBook.NumberScope })
                brought = brought with { DrawsReport = true };
        }
        return instead!;
    }

    private static async Task<(Brought? Brought, IResult? Instead)> Receive(FilingDesk desk, CancellationToken ct)
    {
        var (said, instead) = await Body.Read<FilingRequest>(desk.Http, ct);
        if (instead is not null)
            return (null, instead);
        var caller = Caller.Of(desk.Http.User)!;
        // The kind is a matter of the role: a merchant never files for a consumer, nor the other way round.
        var side = caller.Role == Role.Merchant ? Side.Merchant : Side.Consumer;
        if (said.Kind is { } kind && Words.Parse<Side>(kind) is { } other && other != side)
            return (null, Problems.NotYourRole.AsProblem(StatusCodes.Status403Forbidden));
        if (await desk.Limits.OnFiling(desk.Store, caller.Account, ct) is { } enough)
            return (null, enough.AsSlow(desk.Http));
        return (new Brought(said, side, caller), null);
    }

    private static async Task<(Asked? Asked, IResult? No)> Ask(FilingDesk desk, Brought brought, CancellationToken ct)
    {
        var (said, side, caller, _) = brought;
        var (store, now, faults) = (desk.Store, desk.Store.Now, new FieldFaults());
        var typed = said.ToFiling(side, caller, faults)
            .Check(Taxonomies.Taxonomies.Current.Codes, now, ComplaintPolicy.Current, faults);
        var (respondent, beside) = await new Respondents(store, side, faults).Of(
            said.Respondent,
            typed.Sector!,
            caller.Author,
            now,
            ct
        );
        await EvidenceCheck.Mine(store, caller.Account, typed.Evidence!, faults, ct);
        var report = ReportBeside.Check(said, faults);
        if (!faults.None)
            return (null, Problems.Fields(faults.All));
        var current = CurrentOperator.Of(desk.Http);
        var house = await current.Now(ct);
        var filing = typed with
        {
            Respondent = respondent,
            Consents = house is null ? typed.Consents : house.Under(typed.Consents!),
            Shop = await Respondents.ShopOf(typed.ShopName, respondent, store, ct),
        };
        var arrival = new Arrival(
            Drawn.Number(),
            Deadlines.Due(desk.Law, "complaint.screening", now),
            await desk.Alike.Of(store, respondent, now, ct),
            Safety: Deadlines.SafetyFrom(desk.Law, now)
        );
        var decided = Complaint.File(filing, arrival, ComplaintPolicy.Current, await current.Words(ct));
        return decided.Refusal is { } no
            ? (null, no.AsProblem())
            : (new Asked(Deadlines.Noted(decided.Event!, desk.Law, now), now, respondent, beside, report), null);
    }

    /// <summary>Appends the case, and in the same commit what comes with it.</summary>
    /// <returns>No outcome where there is nobody any more who could file.</returns>
    private static async Task<(Outcome? Outcome, IResult Answer)> Save(
        FilingDesk desk,
        Brought brought,
        Asked asked,
        IDisposable coming,
        CancellationToken ct
    )
    {
        var (store, author) = (desk.Store, brought.Caller.Author);
        var report = await ReportBeside.Of(desk, brought, asked, ct);
        if (await AccountDesk.StandingKnown(store, brought.Caller.Account, ct) is not { } standing)
            return (null, Problems.NotSignedIn.AsProblem(StatusCodes.Status401Unauthorized));
        var fresh = new Loaded<Complaint>(StreamId.Next(), 0, 0, null);
        var (complaint, events) = Begun(asked, author);
        var filed = store.Change(ComplaintBook.Instance, fresh, events, standing.KeySlot);
        var link = await AnswerLinks.With(store, fresh.Id, complaint, events[^1], ct);
        var due = Deadlines.Next(complaint)?.Due;
        var safety = SafetyReceipt.Of(complaint);
        var receipt = new Receipt(fresh.Id, complaint.Number, complaint.Status, due, safety);
        var location = $"/api/v1/complaints/{fresh.Id:D}";
        var (answer, once) = Idempotency.Answer(desk.Http, StatusCodes.Status201Created, receipt, location);
        Change?[] changes = [standing, asked.Beside, filed, report?.Change, link];
        coming.Dispose();
        var outcome = await store.Append(new Commit([.. changes.OfType<Change>()], once), ct);
        if (outcome is Outcome.Done)
            desk.Limits.Filed(brought.Caller.Account);
        return (outcome, report?.Beside.In(receipt, location) ?? answer);
    }

    private static (Complaint Case, IReadOnlyList<Stamped<ComplaintEvent>> Events) Begun(Asked asked, string author)
    {
        var complaint = Complaint.Fold(null, asked.Filed, asked.At, author);
        if (complaint.Side == Side.Consumer)
            return (complaint, Stamped.All([asked.Filed], asked.At, author));
        // 令116 art. 27: accepted at once, screened after delivery.
        var delivered = complaint.Deliver(Drawn.PublicId(), asked.At).Event!;
        var events = Stamped.All([asked.Filed, delivered], asked.At, author);
        return (Complaint.Fold(complaint, delivered, asked.At, author), events);
    }

    // Somebody else added the same new merchant, or (once in 2^55) drew the same number, or the caller or the merchant
    // is not as it was known here: look again.
    private static bool IsPassing(Outcome? outcome, Caller caller, Asked asked) =>
        outcome switch
        {
            Outcome.Taken taken => taken.Reservation.Scope
                is MerchantBook.NameScope
                    or ComplaintBook.NumberScope
                    or ReportBook.NumberScope,
            Outcome.Raced raced => raced.Stream == caller.Account || raced.Stream == asked.Beside?.Stream,
            _ => false,
        };

    private static async Task<IResult> Told(FilingDesk desk, Outcome? outcome, IResult answer, CancellationToken ct) =>
        outcome switch
        {
            null => answer,
            Outcome.Taken { Reservation.Scope: ComplaintBook.OrderScope, By: var open } => Refusals
                .Duplicate(await NumberOf(desk.Store, open, ct))
                .AsProblem(),
            Outcome.Replayed kept => await ReportBeside.AnswerAgain(desk.Http, kept.First),
            _ => Answers.After(outcome, answer),
        };

    private static async Task<string> NumberOf(Store store, Guid complaint, CancellationToken ct) =>
        await store.First<string>("select number from complaints where id = @complaint", new { complaint }, ct) ?? "";
}
