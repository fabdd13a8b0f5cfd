using System.CommandLine;
using System.Security.Cryptography;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;

namespace Hengping.App.Accounts;

/// <summary>
/// <c>hengping staff add --role ROLE --name N --login L</c>: opens a staff account, prints its password once.
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
        add.SetAction(
            (parsed, ct) =>
                Cli.WithStore(
                    parsed,
                    ct,
                    async store =>
                    {
                        var kind = Words.Parse<Role>(parsed.GetValue(role));
                        if (kind is null or Role.Claimant)
                            throw new Refused("staff.role", "没有这个角色", "No such role of staff");
                        var password = RandomNumberGenerator.GetString(Letters, PasswordLength);
                        var profile = new Profile(
                            parsed.GetValue(name)!,
                            Phone: null,
                            Email: null,
                            parsed.GetValue(login)
                        );
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
                )
        );
        return new Command("staff", "工作人员 / staff") { add };
    }
}
