using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>
/// A platform is asked who the seller is, by the claimant or the desk, and says so. Where it does not in 3 working
/// days, the claimant is told what the law allows against the platform itself (消保法 art. 44).
/// </summary>
public static class NameSeller
{
    /// <summary>The seller's real name, and a contact that reaches it.</summary>
    public sealed record SellerRequest(string? Name = null, string? Contact = null)
    {
        public SellerRequest()
            : this(Name: null) { }
    }

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder complaints)
    {
        complaints.MapVerb<Nothing>(Verb.AskSeller, Ask);
        complaints.MapVerb<SellerRequest>(Verb.NameSeller, Say);
    }

    private static async ValueTask<Decided<ComplaintEvent>> Ask(Opened opened, Nothing body, CancellationToken ct)
    {
        var respondent = await MerchantDirectory.Find(opened.Store, opened.Case.Respondent, ct);
        // An unknown calendar must not cost the platform time: seven days hold three working days of an ordinary week.
        var answerBy = opened.Due("seller.answer")!.Value;
        return opened.Case.AskSeller(respondent?.Platform == true, answerBy, opened.Now);
    }

    private static ValueTask<Decided<ComplaintEvent>> Say(Opened opened, SellerRequest body, CancellationToken ct)
    {
        var name = opened.Faults.Text("name", body.Name, 2, 200);
        var contact = opened.Faults.Text("contact", body.Contact, 5, 500);
        return ValueTask.FromResult(opened.Case.NameSeller(name, contact, opened.Now));
    }
}
