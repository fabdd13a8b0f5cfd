using System.Globalization;
using Hengping.App.Clocks;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>和解: offers, their answers, and whether what was agreed was performed.</summary>
public static class OfferSettlement
{
    private static readonly Party[] Anybody = [Party.Claimant, Party.Respondent, Party.Mediator];
    private static readonly Party[] BothParties = [Party.Claimant, Party.Respondent];

    /// <summary>What is offered, by when it is performed, until when it can be accepted.</summary>
    public sealed record OfferRequest(
        string? Terms = null,
        decimal? Amount = null,
        string? DueBy = null,
        string? ExpiresAt = null
    )
    {
        public OfferRequest()
            : this(Terms: null) { }
    }

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder complaints)
    {
        complaints.MapVerb<OfferRequest>("/{id}/offers", Door.Parties, Anybody, Offer);
        MapAnswer(complaints, "accept", (c, no, by, now) => c.AcceptOffer(no, by, now));
        MapAnswer(complaints, "reject", (c, no, by, now) => c.RejectOffer(no, by, now));
    }

    private static void MapAnswer(
        IEndpointRouteBuilder complaints,
        string word,
        Func<Complaint, int, Party, DateTimeOffset, Decided<ComplaintEvent>> decide
    ) =>
        complaints
            .MapPost(
                $"/{{id}}/offers/{{n}}/{word}",
                async (HttpContext http, string id, string n, Store store, Law law, CancellationToken ct) =>
                {
                    var known = int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var no);
                    var caller = Caller.Of(http.User)!;
                    return await Door.Enter<Nothing>(http, id, store, law, caller, BothParties, Answer, ct);

                    ValueTask<Decided<ComplaintEvent>> Answer(Opened opened, Nothing body, CancellationToken _) =>
                        ValueTask.FromResult(
                            !known || opened.Case.Offers.Length < no || no < 1 || Sight.IsShopOnly(opened.Case, caller)
                                ? Refusals.OfferUnknown
                                : decide(opened.Case, no, opened.Party, opened.Now)
                        );
                }
            )
            .Produces<ComplaintView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .For(Rules.Accounts.Role.Claimant, Rules.Accounts.Role.Merchant)
            .AnsweredOnce();

    private static ValueTask<Decided<ComplaintEvent>> Offer(Opened opened, OfferRequest body, CancellationToken ct)
    {
        var (faults, now) = (opened.Faults, opened.Now);
        var terms = faults.Text("terms", body.Terms, 0, 2_000);
        faults.Money("amount", body.Amount, ComplaintPolicy.Current.AmountMax);
        var says = body.Amount > 0 || PlainText.Length(terms) >= ReplyValidity.LengthMin;
        faults.If(!says, "terms", Fault.OfferEmpty);
        var dueBy = faults.Ahead("dueBy", body.DueBy, now, needed: true) ?? now;
        var expiresAt =
            faults.Ahead("expiresAt", body.ExpiresAt, now, needed: false) ?? now + ComplaintPolicy.Current.OfferOpenFor;
        // The shop on a platform may talk; the respondent is who binds itself.
        if (Sight.IsShopOnly(opened.Case, opened.Caller))
            return ValueTask.FromResult<Decided<ComplaintEvent>>(Problems.NotYourRole);
        return ValueTask.FromResult(
            opened.Case.Offer(opened.Party, terms.Length == 0 ? null : terms, body.Amount, dueBy, expiresAt, now)
        );
    }
}
