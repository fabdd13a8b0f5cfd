using Hengping.App.Accounts;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>A token is no way around the second factor that the operator asks of staff.</summary>
public sealed class TokensAndFactors
{
    private const string Phone = "13900001234";
    private const string Cases = "/api/v1/complaints";
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1.1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Staff_who_must_have_a_second_factor_neither_get_nor_use_a_token_without_one(Db engine)
    {
        await using var site = await Site.Start(engine);
        var profile = new Profile("王调解", Phone, Email: null, "wang");
        AccountEvent password = new AccountEvent.PasswordSet { Hash = SignIn.HashPassword("four unrelated words") };
        var opened = await AccountDesk.Open(site.Store, Role.Mediator, profile, null, "cli", [password], Ct);
        var person = opened.Event!.Id;
        var machine = await site.As(Role.Mediator, name: "对接程序");
        var wang = await site.As(Role.Mediator, phone: Phone, name: "王的脚本");
        await wang.GetAsync(Cases, Ct).Json();

        await Ask(site);
        await wang.GetAsync(Cases, Ct).Refused(403, "account.second-factor");
        await site.Anyone.GetAsync(Cases, Ct).Refused(401, "unauthorized");
        await machine.GetAsync(Cases, Ct).Json();
        var no = await site.Appends([], () => Should.ThrowAsync<Refused>(() => Issue(site)));
        no.Refusal.ShouldBe(FactorGate.Needed);
        (await site.As(Role.Mediator, name: "又一个对接程序")).ShouldNotBeNull();

        AccountEvent set = new AccountEvent.AuthenticatorSet(1) { Secret = Totp.ToText(new byte[Totp.SecretBytes]) };
        (await AccountDesk.Append(site.Store, person, _ => set, "cli", Ct)).ShouldBeNull();
        await Task.Delay(Remembered, Ct);
        await wang.GetAsync(Cases, Ct).Json();
        await site.Appends(["account.tokenIssued"], () => Issue(site));
        (await AccountDesk.Append(site.Store, person, a => a.ResetFactors(), "cli", Ct)).ShouldBeNull();
        await Task.Delay(Remembered, Ct);
        await wang.GetAsync(Cases, Ct).Refused(403, "account.second-factor");
    }

    private static Task<string> Issue(Site site) =>
        TokenCommand.Issue(site.Store, Role.Mediator, "王的脚本", Phone, merchant: null, Ct);

    private static async Task Ask(Site site)
    {
        var loaded = await site.Store.Load(OperatorBook.Instance, OperatorBook.Stream, Ct);
        OperatorEvent asked = new OperatorEvent.SecondFactorAsked(true);
        OperatorEvent sign = new OperatorEvent.Described(OperatorKind.ThirdParty, "江岸", "Jiangan", "027", null, null);
        var change = site.Store.Change(OperatorBook.Instance, loaded, site.Store.Now, "cli", [sign, asked]);
        (await site.Store.Append(new Commit([change]), Ct)).ShouldBeOfType<Outcome.Done>();
        await Task.Delay(Remembered, Ct);
    }
}
