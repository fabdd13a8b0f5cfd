using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>Who may see a case, and as what.</summary>
public static class Sight
{
    /// <summary>
    /// What the caller is in this case; null where it is none of theirs. A respondent gets a case with its delivery,
    /// never before, and no longer once it was redirected to another.
    /// </summary>
    public static Party? PartyOf(Complaint complaint, Caller caller) =>
        caller.Role switch
        {
            Role.Mediator or Role.Reviewer or Role.Admin => Party.Mediator,
            Role.Claimant when complaint.Side == Side.Consumer && complaint.Claimant == caller.Account =>
                Party.Claimant,
            Role.Merchant when caller.Merchant is { } merchant => OfMerchant(complaint, merchant),
            _ => null,
        };

    /// <summary>
    /// The shop on a platform: a party that reads and writes, while the platform answers and is rated.
    /// </summary>
    public static bool IsShopOnly(Complaint complaint, Caller caller) =>
        caller.Merchant is { } merchant && complaint.Shop == merchant && complaint.Respondent != merchant;

    private static Party? OfMerchant(Complaint complaint, Guid merchant)
    {
        if (complaint.ClaimantMerchant == merchant)
            return Party.Claimant;
        var has = complaint.DeliveredAt is not null && (complaint.Respondent == merchant || complaint.Shop == merchant);
        return has ? Party.Respondent : null;
    }
}
