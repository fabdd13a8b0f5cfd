using Hengping.App.Accounts;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Evidence;
using Hengping.App.Merchants;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.ClaimReports;
using Hengping.Rules.Fields;

namespace Hengping.App.ClaimReports;

/// <summary>
/// <c>POST /claim-reports</c>: a merchant reports abnormal claims of one claimant. The claimant is told what is
/// alleged, unless a human looks first.
/// </summary>
public static class FileClaimReport
{
    private const int NumbersMax = 5;

    private sealed record CaseRow(Guid? Claimant, Guid? ClaimantMerchant, Guid Respondent, Guid? Shop);

    private sealed record DecidedRow(string Status, long Count);

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder reports) =>
        reports
            .MapPost("", Handle)
            .Accepts<ClaimReportRequest>("application/json")
            .Produces<ClaimReportView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .For(Role.Merchant)
            .AnsweredOnce(ClaimReportDoors.Again);

    private static async Task<IResult> Handle(
        HttpContext http,
        Caller caller,
        Store store,
        Law law,
        CancellationToken ct
    )
    {
        var (body, instead) = await Body.Read<ClaimReportRequest>(http, ct);
        if (instead is not null)
            return instead;
        var (faults, merchant) = (new FieldFaults(), caller.Merchant ?? Guid.Empty);
        var draft = DraftOf(body, faults, store.Now);
        await EvidenceCheck.Mine(store, caller.Account, [.. draft.Proofs.Select(proof => proof.File)], faults, ct);
        var (complaint, claimant) = await Whom(store, body, draft, merchant, faults, ct);
        if (!faults.None)
            return Problems.Fields(faults.All);
        draft = draft with { Complaint = complaint };
        var kind = (await CurrentOperator.Of(http).Now(ct))?.Sign?.Kind;
        string[] orders = [.. draft.Words.OrderNos.Select(no => ShopOrders.PrintOf(store.Keys, merchant, no))];
        var isHeld = await IsHeld(store, merchant, ct);
        for (var tries = 0; tries < NumbersMax; tries++)
        {
            var times = TimesOf(law, store.Now);
            var filed = ClaimReport.File(Drawn.Number(), draft, kind, merchant, claimant, orders, isHeld, times);
            if (filed.Refusal is { } no)
                return no.AsProblem();
            if (await ClaimReportBook.NumberWith(store, orders, ct) is { } first)
                return ClaimReport.SameOrder(first).AsProblem();
            var fresh = new Loaded<ClaimReport>(Guid.CreateVersion7(store.Now), 0, 0, null);
            if (await ClaimReportDoors.Append(http, fresh, [filed.Event!], isNew: true) is { } answer)
                return answer;
        }
        return Problems.Raced.AsProblem();
    }

    /// <summary>The times that begin now.</summary>
    public static ClaimReportTimes TimesOf(Law law, DateTimeOffset now) =>
        new(HearBy(law, now), law.Count(ClaimReport.DecideRule, now)?.Due);

    /// <summary>The claimant has time until then.</summary>
    public static DateTimeOffset HearBy(Law law, DateTimeOffset now) =>
        law.Count(ClaimReport.HearRule, now)?.Due ?? now.AddDays(1);

    private static ClaimReportDraft DraftOf(ClaimReportRequest body, FieldFaults faults, DateTimeOffset now)
    {
        var pretext = Words.Parse<Pretext>(body.Pretext);
        faults.If(pretext is null, "pretext", string.IsNullOrWhiteSpace(body.Pretext) ? Fault.Required : Fault.Unknown);
        var orders = (body.Orders ?? [])
            .Select((order, i) => new OrderSaid(order?.No, faults.Date($"orders[{i}].on", order?.On)))
            .ToList();
        var proofs = new List<ClaimProof>();
        foreach (var (proof, at) in (body.Evidence ?? []).Select((proof, i) => (proof, $"evidence[{i}]")))
        {
            var of = Words.Parse<ProofOf>(proof?.Of);
            faults.If(of is null, at + ".of", proof?.Of is null ? Fault.Required : Fault.Unknown);
            faults.If(proof?.File is null, at + ".file", Fault.Required);
            faults.If(proofs.Any(known => known.File == proof?.File), at + ".file", Fault.Repeated);
            proofs.Add(new ClaimProof(proof?.File ?? Guid.Empty, of ?? ProofOf.Other));
        }
        faults.If(proofs.Count > ClaimReportDraft.ProofsMax, "evidence", Fault.TooMany(ClaimReportDraft.ProofsMax));
        var said = new ClaimReportSaid
        {
            Alleged = body.Alleged,
            Demanded = body.Demanded,
            Note = body.Note,
            AuthorityCase = body.AuthorityCase,
            ClaimantName = body.ClaimantName,
            ClaimantPhone = body.ClaimantPhone,
            Sum = body.Sum,
            Orders = orders,
        };
        return ClaimReportDraft.Check(pretext ?? default, said, faults, now) with { Proofs = proofs };
    }

    // Whom it is about must be somebody who can be heard. That a phone has an account is told to nobody.
    private static async Task<(Guid? Complaint, Guid? Claimant)> Whom(
        Store store,
        ClaimReportRequest body,
        ClaimReportDraft draft,
        Guid merchant,
        FieldFaults faults,
        CancellationToken ct
    )
    {
        Guid? person = draft.Words.ClaimantPhone is { } phone
            ? await AccountDesk.FindByPhone(store, Role.Claimant, phone, ct)
            : null;
        if (PlainText.Plain(body.Complaint) is not { Length: > 0 } number)
        {
            faults.If(string.IsNullOrWhiteSpace(body.ClaimantPhone), "claimantPhone", ClaimReport.NeedsWhom);
            return (null, person);
        }
        var id = await CaseNumbers.Find(store, number, ct);
        var found = await store.First<CaseRow>(
            """
            select claimant as Claimant, claimant_merchant as ClaimantMerchant, respondent as Respondent, shop as Shop
            from complaints where id = @id and delivered_at is not null
            """,
            new { id },
            ct
        );
        if (found is null || found.ClaimantMerchant is not null || !IsOf(found, merchant))
        {
            faults.Add("complaint", ClaimReport.NotYourCase);
            return (null, null);
        }
        faults.If(found.Claimant is null && draft.Words.ClaimantPhone is null, "claimantPhone", ClaimReport.NeedsWhom);
        return (id, found.Claimant ?? person);
    }

    private static bool IsOf(CaseRow found, Guid merchant) => found.Respondent == merchant || found.Shop == merchant;

    // Of one operator and not of one shop: all entries of its credit code.
    private static async Task<bool> IsHeld(Store store, Guid merchant, CancellationToken ct)
    {
        var code = await MerchantDirectory.CodeOf(store, merchant, ct);
        var firm = code is null ? [] : await MerchantDirectory.OfCode(store, code, ct);
        var since = store.Now.AddDays(-ReporterLimit.Days).ToUnixTimeMilliseconds();
        var rows = await store.Query<DecidedRow>(
            """
            select status as Status, count(*) as Count from claim_reports
            where merchant in @shops and decided_at >= @since group by status
            """,
            new { shops = firm.Select(one => one.Id).Append(merchant).Distinct().ToArray(), since },
            ct
        );
        var lost = rows.Where(row =>
            Words.Parse<ClaimReportStatus>(row.Status) is ClaimReportStatus.Rejected or ClaimReportStatus.Overturned
        );
        return ReporterLimit.Holds((int)rows.Sum(row => row.Count), (int)lost.Sum(row => row.Count));
    }
}
