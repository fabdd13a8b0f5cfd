using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;

namespace Hengping.App.Accounts;

/// <summary>
/// Whose a case is: of one that is open before us, and as SQL about <c>complaints c</c>, side by side. Nothing else
/// says it by hand. <c>@account</c> and <c>@merchant</c> are the caller's.
/// </summary>
public static class WhoseCase
{
    /// <summary>A consumer's own complaint. A company's is not its employee's, whoever of them filed it.</summary>
    public const string Own = "c.claimant = @account and c.side = 'consumer'";

    /// <summary>A complaint that the merchant filed.</summary>
    public const string FiledBy = "c.claimant_merchant = @merchant";

    /// <summary>
    /// A complaint that reached the merchant, or its platform for a shop of it: with its delivery, never before. A
    /// redirect to another ends both, as it moves the respondent and takes the shop away.
    /// </summary>
    public const string ReachedIt = "c.delivered_at is not null and (c.respondent = @merchant or c.shop = @merchant)";

    /// <summary>
    /// <see cref="ReachedIt"/> as two lists, each with an index in the order of filing; no case is in both.
    /// </summary>
    public static readonly IReadOnlyList<string> ReachedLists =
    [
        "c.delivered_at is not null and c.respondent = @merchant",
        "c.delivered_at is not null and c.shop = @merchant and c.respondent <> @merchant",
    ];

    /// <summary>The same of what is open with it, which was delivered.</summary>
    public static readonly IReadOnlyList<string> OpenLists =
    [
        "c.respondent = @merchant",
        "c.shop = @merchant and c.respondent <> @merchant",
    ];

    /// <summary>All cases of <c>@merchant</c> in the same way: what reached it, and what it filed.</summary>
    public static readonly IReadOnlyList<string> MerchantsLists =
    [
        .. ReachedLists,
        $"{FiledBy} and not coalesce(({ReachedIt}), false)",
    ];

    /// <inheritdoc cref="Own"/>
    public static bool IsOwn(Complaint complaint, Caller caller) =>
        complaint.Side == Side.Consumer && complaint.Claimant == caller.Account;

    /// <inheritdoc cref="FiledBy"/>
    public static bool IsFiledBy(Complaint complaint, Guid merchant) => complaint.ClaimantMerchant == merchant;

    /// <inheritdoc cref="ReachedIt"/>
    public static bool HasReached(Complaint complaint, Guid merchant) =>
        complaint.DeliveredAt is not null && (complaint.Respondent == merchant || complaint.Shop == merchant);

    /// <summary>What a caller is in a case; null where it is none of theirs.</summary>
    public static Party? PartyOf(Complaint complaint, Caller caller) =>
        caller switch
        {
            { IsStaff: true } => Party.Mediator,
            { Role: Role.Claimant } when IsOwn(complaint, caller) => Party.Claimant,
            { Role: Role.Merchant, Merchant: { } merchant } when ShopLimits.Holds(complaint, caller) => IsFiledBy(
                complaint,
                merchant
            )
                ? Party.Claimant
            : HasReached(complaint, merchant) ? Party.Respondent
            : null,
            _ => null,
        };

    /// <summary>The cases a caller is something in.</summary>
    public static string Sql(Caller caller) =>
        caller switch
        {
            { IsStaff: true } => "1 = 1",
            { Role: Role.Claimant } => Own,
            { Role: Role.Merchant } => $"({FiledBy} or ({ReachedIt})){ShopLimits.Sql(caller)}",
            _ => "1 = 0",
        };
}
