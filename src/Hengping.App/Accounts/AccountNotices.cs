using System.Globalization;
using Hengping.App.Platform;

namespace Hengping.App.Accounts;

/// <summary>
/// Tells somebody that the way into their account has changed, whoever changed it: by mail, or by SMS where there is
/// no mail address. Whoever has neither reads it on their security page.
/// </summary>
public static class AccountNotices
{
    /// <summary>Password, authenticator, passkeys or recovery codes changed.</summary>
    public static readonly Wording Changed = new(
        "account-changed",
        "【{operator}】您账户的登录方式刚刚有变动。若非本人操作，请立即联系管理员。",
        "[{operator}] The way into your account was changed just now. "
            + "If it was not you, tell an administrator at once."
    );

    /// <summary>A recovery code opened the account.</summary>
    public static readonly Wording RecoveryUsed = new(
        "account-recovery-used",
        "【{operator}】您的账户刚刚用恢复码登录。若非本人操作，请立即联系管理员。",
        "[{operator}] A recovery code opened your account just now. If it was not you, tell an administrator at once."
    );

    /// <summary>An admin ended every session.</summary>
    public static readonly Wording SignedOut = new(
        "account-signed-out",
        "【{operator}】管理员结束了您账户的全部登录，请重新登录。",
        "[{operator}] An administrator ended all sessions of your account; please sign in again."
    );

    /// <summary>An admin took the second factors off.</summary>
    public static readonly Wording FactorsReset = new(
        "account-factors-reset",
        "【{operator}】管理员重置了您账户的两步验证，请登录后重新设置。若您没有要求，请立即联系管理员。",
        "[{operator}] An administrator reset your second factor; set it up again after signing in. "
            + "If you did not ask for it, tell an administrator at once."
    );

    /// <summary>Queues the message.</summary>
    public static async Task Tell(Store store, Guid account, Wording template, CancellationToken ct)
    {
        if (await AccountDesk.ProfileOf(store, account, ct) is not { } profile)
            return;
        var (channel, to) = profile.Email is { } mail ? (Channel.Email, mail) : (Channel.Sms, profile.Phone);
        if (to is null)
            return;
        var position = await store.Head(ct);
        var once = string.Create(CultureInfo.InvariantCulture, $"account:{account:N}:{template.Key}:{position}");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var slot = await AccountDesk.PersonKey(store, account, ct);
        var message = new Message(once, channel, template, to, values, account, KeySlot: slot);
        await Outbox.Put(store, (await Letterhead.Of(store, [account], ct)).On(message), ct);
    }
}
