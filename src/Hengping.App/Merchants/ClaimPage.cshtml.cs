using Hengping.App.Design;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Merchants;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Hengping.App.Merchants;

/// <summary>
/// 认领商家: who they are, the licence, then the code that went to the contact on file; afterwards where the claim
/// stands. The claim's random id in the address is known to whoever made it.
/// </summary>
[EnableRateLimiting(Limits.Guessing)]
[LargeBody(FormBytesMax)]
public sealed class ClaimPage(Store store, EvidenceShelf shelf) : HousePage(store)
{
    // One picture or PDF and a few words.
    public const long FormBytesMax = 32L * 1024 * 1024;

    [BindProperty(SupportsGet = true)]
    public Guid? Claim { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Uscc { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    public MerchantRow Merchant { get; private set; } = null!;

    /// <summary>Where the claim stands; null before there is one.</summary>
    public ClaimState? State { get; private set; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; private set; }

    /// <summary>Why nobody can claim this merchant now.</summary>
    public Refusal? Never { get; private set; }

    public async Task<IActionResult> OnGet(Guid id) => await Open(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPost(Guid id, string? password, IFormFile? licence)
    {
        if (!await Open(id))
            return NotFound();
        var faults = new Dictionary<string, Refusal>(StringComparer.Ordinal);
        var request = new MerchantClaims.Request(Name, Uscc, Phone, password, licence);
        if (await MerchantClaims.Ask(Store, shelf, id, request, CallerAddress, faults, Ct) is { } claim)
            return Redirect($"/merchants/{id:D}/claim?claim={claim:D}");
        Fault(faults);
        return Again();
    }

    public async Task<IActionResult> OnPostCode(Guid id, string? code)
    {
        if (!await Open(id) || Claim is not { } claim)
            return NotFound();
        if (await MerchantClaims.Prove(Store, id, claim, CallerAddress, code, Ct) is { } refusal)
        {
            Fault("code", refusal);
            return Again();
        }
        return Redirect($"/merchants/{id:D}/claim?claim={claim:D}");
    }

    private async Task<bool> Open(Guid id)
    {
        Response.Headers["X-Robots-Tag"] = "noindex";
        if (await MerchantDirectory.Find(Store, id, Me, Ct) is not { } merchant)
            return false;
        Merchant = merchant;
        var entry = (await Store.Load(MerchantBook.Instance, id, Ct)).State!;
        Never = entry.MayClaim(Now);
        if (Claim is not { } claim)
            return true;
        State = entry.Find(claim)?.State;
        Reason = State == ClaimState.Refused ? await MerchantClaims.ReasonOf(Store, id, claim, Ct) : null;
        return State is not null;
    }
}
