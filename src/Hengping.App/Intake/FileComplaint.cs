using Hengping.App.Accounts;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
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
/// <param name="Report">The number and code of a report filed with it; never kept with this answer.</param>
public sealed record Receipt(Guid Id, string Number, Status Status, DateTimeOffset? Due, ReportBeside? Report = null);

/// <summary><c>POST /complaints</c>: a consumer, or a merchant against a platform. A receipt, or a refusal.</summary>
public static class FileComplaint
{
    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder complaints) =>
        complaints
            .MapPost("", Handle)
            .Accepts<FilingRequest>("application/json")
            .Produces<Receipt>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .For(Role.Claimant, Role.Merchant)
            .AnsweredOnce(ReportBeside.AnswerAgain);

    private static async Task<IResult> Handle(
        HttpContext http,
        Store store,
        Law law,
        AlikeCounts alike,
        ComplaintLimits limits,
        CancellationToken ct
    )
    {
        var (request, instead) = await Body.Read<FilingRequest>(http, ct);
        if (instead is not null)
            return instead;
        var caller = Caller.Of(http.User)!;
        // The kind is a matter of the role: a merchant never files for a consumer, nor the other way round.
        var side = caller.Role == Role.Merchant ? Side.Merchant : Side.Consumer;
        if (request.Kind is { } kind && Words.Parse<Side>(kind) is { } asked && asked != side)
            return Problems.NotYourRole.AsProblem(StatusCodes.Status403Forbidden);
        if (await limits.OnFiling(store, caller.Account, ct) is { } enough)
            return enough.AsSlow(http);
        var redraw = false;
        for (var tries = 0; ; tries++)
        {
            var (outcome, answer) = await File(http, request, side, caller, store, law, alike, redraw, ct);
            redraw = redraw || outcome is Outcome.Taken { Claim.Scope: ReportBook.NumberScope };
            // Somebody else added the same new merchant, or (once in 2^55) drew the same number, or the caller signed
            // in elsewhere: look again.
            var again =
                outcome
                    is Outcome.Taken
                    {
                        Claim.Scope: MerchantBook.NameScope or ComplaintBook.NumberScope or ReportBook.NumberScope
                    }
                || (outcome is Outcome.Raced { Stream: var moved } && moved == caller.Account);
            if (outcome is Outcome.Taken { Claim.Scope: ComplaintBook.OrderScope } taken)
                return Refusals.Duplicate(await NumberOf(store, taken.By, ct)).AsProblem();
            if (outcome is Outcome.Replayed kept)
                return await ReportBeside.AnswerAgain(http, kept.First);
            if (!again || tries >= 3)
                return outcome is null ? answer : Answers.After(outcome, answer);
        }
    }

    private static async Task<(Outcome? Outcome, IResult Answer)> File(
        HttpContext http,
        FilingRequest request,
        Side side,
        Caller caller,
        Store store,
        Law law,
        AlikeCounts alike,
        bool redraw,
        CancellationToken ct
    )
    {
        var now = store.Now;
        var faults = new FieldFaults();
        var asked = request
            .ToFiling(side, caller, faults)
            .Check(Taxonomies.Taxonomies.Current.Codes, now, Policy, faults);
        var respondent = await Respondents.Of(request, side, asked.Sector!, caller, store, now, faults, ct);
        await EvidenceCheck.Mine(store, caller.Account, asked.Evidence!, faults, ct);
        var report = ReportBeside.Check(request, faults);
        if (!faults.None)
            return (null, Problems.Fields(faults.All));
        var current = CurrentOperator.Of(http);
        var house = await current.Now(ct);
        var filing = asked with
        {
            Respondent = respondent.Id,
            Consents = house is null ? asked.Consents : house.Under(asked.Consents!),
            Shop = await Respondents.ShopOf(asked.ShopName, respondent.Id, store, ct),
        };
        var decided = Complaint.File(
            filing,
            Drawn.Number(),
            Deadlines.Due(law, "complaint.screening", now),
            duplicateOf: null,
            await alike.Of(store, filing.Respondent, now, ct),
            Policy,
            await current.Words(ct)
        );
        if (decided.Refusal is { } no)
            return (null, no.AsProblem());
        var (beside, reported) = report is null
            ? default
            : await ReportBeside.With(http, report, respondent.Id, caller, store, law, redraw, ct);
        var filed = Deadlines.Noted(decided.Event!, law, now);
        return await Save(http, filed, respondent.Added, (beside, reported), caller, store, now, ct);
    }

    private static async Task<(Outcome? Outcome, IResult Answer)> Save(
        HttpContext http,
        ComplaintEvent filed,
        Change? merchantAdded,
        (ReportBeside? Receipt, Change? Change) report,
        Caller caller,
        Store store,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var complaint = Complaint.Fold(null, filed, now, caller.Author);
        List<ComplaintEvent> events = [filed];
        if (complaint.Side == Side.Merchant)
        {
            // 令116 art. 27: accepted at once, screened after delivery.
            events.Add(complaint.Deliver(Drawn.PublicId(), now).Event!);
            complaint = Complaint.Fold(complaint, events[1], now, caller.Author);
        }
        var id = StreamId.Next();
        if (await AccountDesk.Standing(store, caller.Account, ct) is not { KeySlot: var person } standing)
            return (null, Problems.NotSignedIn.AsProblem(StatusCodes.Status401Unauthorized));
        var fresh = new Loaded<Complaint>(id, 0, 0, null);
        var change = store.Change(ComplaintBook.Instance, fresh, now, caller.Author, events, person);
        var receipt = new Receipt(id, complaint.Number, complaint.Status, Deadlines.Next(complaint)?.Due);
        var location = $"/api/v1/complaints/{id:D}";
        var (answer, once) = Once.Answer(http, StatusCodes.Status201Created, receipt, location);
        if (report.Receipt is { } beside)
            answer = beside.In(receipt, location);
        List<Change> changes = merchantAdded is null ? [standing, change] : [standing, merchantAdded, change];
        if (report.Change is { } reported)
            changes.Add(reported);
        if (await AnswerLinks.With(store, id, complaint, events[^1], caller.Author, ct) is { } link)
            changes.Add(link);
        return (await store.Append(new Commit(changes, once), ct), answer);
    }

    private static ComplaintPolicy Policy => ComplaintPolicy.Current;

    private static async Task<string> NumberOf(Store store, Guid complaint, CancellationToken ct) =>
        await store.First<string>("select number from complaints where id = @complaint", new { complaint }, ct) ?? "";
}
