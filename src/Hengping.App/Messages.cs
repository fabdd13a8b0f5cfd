using Hengping.App.Platform;

namespace Hengping.App;

/// <summary>Every message the program can send, by the room that says it.</summary>
public static class Messages
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Wording> All =
    [
        TestMessage.Says,
        Accounts.SignIn.CodeWords,
        Accounts.MailWay.ToConfirm,
        Accounts.MailWay.ToSignIn,
        Accounts.AccountNotices.Changed,
        Accounts.AccountNotices.RecoveryUsed,
        Accounts.AccountNotices.SignedOut,
        Accounts.AccountNotices.FactorsReset,
        Merchants.MerchantClaims.CodeWords,
        Merchants.MerchantClaims.ApprovedWords,
        Merchants.MerchantClaims.RefusedWords,
        Merchants.Team.Invitation,
        Merchants.TeamDigest.Says,
        Reports.ReportNotices.News,
        .. Notices.NoticeWords.All,
    ];
}
