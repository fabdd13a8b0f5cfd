using Hengping.Rules.Merchants;

namespace Hengping.App.Merchants;

/// <summary>A claim as staff review it: what was said, while it is readable.</summary>
/// <param name="Key">Slot of the applicant's own key.</param>
/// <param name="Language">Of the page they asked at; null is Chinese.</param>
public sealed record ClaimShown(
    Guid Merchant,
    string MerchantName,
    MerchantClaim Claim,
    ClaimApplicant? Applicant,
    long? Key,
    string? Language
);
