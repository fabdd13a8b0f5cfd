using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>Who may see a case, and as what.</summary>
public static class CaseAccess
{
    /// <summary>
    /// What the caller is in this case; null where it is none of theirs. A respondent gets a case with its delivery,
    /// never before, and no longer once it was redirected to another.
    /// </summary>
    public static Party? PartyOf(Complaint complaint, Caller caller) => WhoseCase.PartyOf(complaint, caller);

    /// <summary>The caller as the one statement of who may do what wants to know them.</summary>
    public static CaseActor ActorOf(Complaint complaint, Caller caller, Party party) =>
        new(party, caller.Role, caller.Author)
        {
            IsShopOnly = IsShopOnly(complaint, caller),
            ReadsOnly = caller.Team == TeamRole.ReadOnly,
        };

    /// <summary>
    /// The shop on a platform: a party that reads and writes, while the platform answers and is rated.
    /// </summary>
    public static bool IsShopOnly(Complaint complaint, Caller caller) =>
        caller.Merchant is { } merchant && complaint.Shop == merchant && complaint.Respondent != merchant;
}
