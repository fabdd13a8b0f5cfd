using System.CommandLine;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;

namespace Hengping.App.Accounts;

/// <summary><c>hengping token --role ROLE --name NAME [--phone P] [--merchant ID]</c>: prints one API token.</summary>
public static class TokenCommand
{
    private static readonly Refusal UnknownRole = new(
        "token.role",
        "没有这个角色；可用：" + RoleWords,
        "No such role; known: " + RoleWords
    );

    private static readonly Refusal NoSuchMerchant = new("token.merchant", "没有这个商家", "No such merchant");

    private static readonly Refusal MerchantNeeded = new(
        "token.merchant-needed",
        "商家角色需要 --merchant ID",
        "The role merchant needs --merchant ID"
    );

    private static string RoleWords => string.Join(' ', Enum.GetValues<Role>().Select(Words.Of));

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var role = new Option<string>("--role") { Required = true, Description = RoleWords };
        var name = new Option<string>("--name") { Required = true, Description = "称呼 / name" };
        var phone = new Option<string?>("--phone") { Description = "手机号 / phone" };
        var merchant = new Option<Guid?>("--merchant") { Description = "商家 ID / merchant id" };
        var command = new Command("token", "生成一个 API 令牌 / print one API token") { role, name, phone, merchant };
        command.OnStore(
            async (store, parsed, ct) =>
            {
                var kind = Words.Parse<Role>(parsed.GetValue(role)) ?? throw new Refused(UnknownRole);
                var token = await Issue(
                    store,
                    kind,
                    parsed.GetValue(name)!,
                    parsed.GetValue(phone),
                    parsed.GetValue(merchant),
                    ct
                );
                Console.Out.WriteLine(token);
                return 0;
            }
        );
        return command;
    }

    /// <summary>A token for the account of this phone and role, opened where there is none.</summary>
    /// <exception cref="Refused">The merchant is missing or unknown, the account lacks the second factor it must have,
    /// or a race was lost.</exception>
    public static async Task<string> Issue(
        Store store,
        Role role,
        string name,
        string? phone,
        Guid? merchant,
        CancellationToken ct
    )
    {
        if (role == Role.Merchant)
            await CheckMerchant(store, merchant, ct);
        const string author = "cli";
        if (phone is not null && await AccountDesk.FindByPhone(store, role, phone, ct) is { } known)
        {
            if (!await FactorGate.MayHaveToken(store, known, ct))
                throw new Refused(FactorGate.Needed);
            var (issued, refusal) = await AccountDesk.IssueToken(store, known, name, author, ct);
            return issued ?? throw new Refused(refusal!);
        }
        var token = AccountDesk.NewToken();
        var opened = await AccountDesk.Open(
            store,
            role,
            new Profile(name, phone, Email: null, Login: null),
            role == Role.Merchant ? merchant : null,
            author,
            [new AccountEvent.TokenIssued(AccountDesk.TokenHash(token)) { Name = name }],
            ct
        );
        return opened.Refusal is { } no ? throw new Refused(no) : token;
    }

    private static async Task CheckMerchant(Store store, Guid? merchant, CancellationToken ct)
    {
        if (merchant is not { } id)
            throw new Refused(MerchantNeeded);
        if ((await store.Query<string>("select name from merchants where id = @id", new { id }, ct)).Count == 0)
            throw new Refused(NoSuchMerchant);
    }
}
