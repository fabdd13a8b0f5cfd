using System.CommandLine;
using System.Security.Cryptography;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;

namespace Hengping.App.Accounts;

/// <summary>
/// <c>hengping staff add --role ROLE --name N --login L</c>: opens a staff account, prints its password once.
/// <c>hengping staff reset --login L</c>: the way back in for whoever lost password or second factor.
/// </summary>
public static class StaffCommand
{
    // Read aloud without mistakes: no 0 O 1 l I.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int PasswordLength = 16;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var role = new Option<string>("--role") { Required = true, Description = "mediator reviewer … admin" };
        var name = new Option<string>("--name") { Required = true, Description = "姓名 / name" };
        var login = new Option<string>("--login") { Required = true, Description = "登录名 / sign-in name" };
        var merchant = new Option<Guid?>("--merchant") { Description = "商家 ID / merchant id" };
        var add = new Command("add", "开通账户，打印一次性密码 / open an account, print its password once")
        {
            role,
            name,
            login,
            merchant,
        };
        add.OnStore(
            async (store, parsed, ct) =>
            {
                var kind = Words.Parse<Role>(parsed.GetValue(role));
                if (kind is null or Role.Claimant)
                    throw new Refused("staff.role", "没有这个角色", "No such role of staff");
                var password = NewPassword();
                var profile = new Profile(parsed.GetValue(name)!, Phone: null, Email: null, parsed.GetValue(login));
                var opened = await AccountDesk.Open(
                    store,
                    kind.Value,
                    profile,
                    parsed.GetValue(merchant),
                    author: "cli",
                    [new AccountEvent.PasswordSet { Hash = SignIn.HashPassword(password) }],
                    ct
                );
                if (opened.Refusal is { } no)
                    throw new Refused(no);
                Console.Out.WriteLine(password);
                return 0;
            }
        );
        return new Command("staff", "工作人员 / staff") { add, CreateReset() };
    }

    /// <summary>Who may read the keys on this machine may open any account; so this asks for nothing more.</summary>
    private static Command CreateReset()
    {
        var login = new Option<string>("--login") { Required = true, Description = "登录名 / sign-in name" };
        var reset = new Command(
            "reset",
            "重设密码并取消两步验证，打印新密码 / new password, second factors off, all sessions ended"
        )
        {
            login,
        };
        reset.OnStore(
            async (store, parsed, ct) =>
            {
                Console.Out.WriteLine(await Reset(store, parsed.GetValue(login)!, ct));
                return 0;
            }
        );
        return reset;
    }

    /// <summary>Gives an account a new password and takes its second factors off; the answer is the password.</summary>
    /// <exception cref="Refused">No live account has this name.</exception>
    public static async Task<string> Reset(Store store, string login, CancellationToken ct)
    {
        const string author = "cli";
        var account = await store.First<Guid?>(
            "select id from accounts where login_print = @print and live",
            new { print = AccountDesk.LoginPrint(store, login) },
            ct
        );
        if (account is not { } found)
            throw new Refused("staff.unknown", "没有这个登录名", "No such sign-in name");
        var password = NewPassword();
        var set = new AccountEvent.PasswordSet { Hash = SignIn.HashPassword(password) };
        var hasFactor = (await store.Load(AccountBook.Instance, found, ct)).State is { HasSecondFactor: true };
        var refused = hasFactor
            ? await AccountDesk.Append(store, found, a => a.ResetFactors(), [set], author, ct)
            : await AccountDesk.Append(store, found, a => a.SetPassword(set.Hash!), author, ct);
        if (refused is not null)
            throw new Refused(refused);
        await SessionRows.Clear(store, found, ct);
        await AccountNotices.Tell(store, found, AccountNotices.FactorsReset, ct);
        return password;
    }

    /// <summary>A password nobody chose: 79 bits.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString(Letters, PasswordLength);
}
