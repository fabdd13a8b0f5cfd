using Hengping.App.Design;
using Hengping.App.Platform;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Merchants;

/// <summary>认领审核: claims whose code came back, for the desk.</summary>
public sealed class ClaimsPage(Store store, OwnApi ownApi) : HousePage(store)
{
    private const string Door = "/api/v1/claims/{id:guid}/decide";

    public IReadOnlyList<ClaimShown> Waiting { get; private set; } = [];

    /// <summary>What was just decided.</summary>
    public string? Done { get; private set; }

    public async Task<IActionResult> OnGet(string? did)
    {
        if (Me is null)
            return ToSignIn();
        if (!ownApi.May(HttpMethods.Post, Door, Me.Role))
            return Forbid();
        Done = did is "approved" or "refused" ? Texts.T("claims.did." + did) : null;
        Waiting = await MerchantClaims.Waiting(Store, Ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid claim, bool approve, string? reason)
    {
        if (Me is null)
            return ToSignIn();
        var answer = await ownApi.Post(HttpContext, Door, new { id = claim }, new { approve, reason });
        if (answer.Ok)
            return Redirect("/desk/claims?did=" + (approve ? "approved" : "refused"));
        if (answer.Status == StatusCodes.Status403Forbidden)
            return Forbid();
        Waiting = await MerchantClaims.Waiting(Store, Ct);
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        return Again();
    }
}
