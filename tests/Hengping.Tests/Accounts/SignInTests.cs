using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>One-time codes, passwords, tokens: each takes the right one, once, and shuts out who guesses.</summary>
public sealed class SignInTests
{
    private const string Phone = "13900000001";
    private const string Here = "127.0.0.1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<string> SentCode(Site site)
    {
        var letter = (await Outbox.Newest(site.Store, 1, Ct)).ShouldHaveSingleItem();
        letter.To.ShouldBe(Phone);
        return new string([.. site.TextOf(letter).Where(char.IsAsciiDigit).Take(6)]);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_code_opens_an_account_once_and_finds_it_again(Db engine)
    {
        await using var site = await Site.Start(engine);
        (await SignIn.SendCode(site.Store, Phone, Here, Ct)).ShouldBeNull();
        var code = await SentCode(site);
        var first = await SignIn.WithCode(site.Store, Role.Claimant, Phone, Here, code, "陈晓雨", Ct);
        first.Caller.ShouldNotBeNull().Name.ShouldBe("陈晓雨");
        (await SignIn.WithCode(site.Store, Role.Claimant, Phone, Here, code, null, Ct)).Refusal.ShouldBe(
            SignIn.WrongCode
        );

        site.Clock.Turn(TimeSpan.FromMinutes(2));
        await SignIn.SendCode(site.Store, Phone, Here, Ct);
        var again = await SignIn.WithCode(site.Store, Role.Claimant, Phone, Here, await SentCode(site), null, Ct);
        again.Caller.ShouldNotBeNull().Account.ShouldBe(first.Caller.Account);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_code_dies_of_age_and_of_guesses_and_is_not_sent_twice_a_minute(Db engine)
    {
        await using var site = await Site.Start(engine);
        (await SignIn.SendCode(site.Store, "12345", Here, Ct)).ShouldBe(SignIn.BadPhone);
        (await SignIn.SendCode(site.Store, Phone, Here, Ct)).ShouldBeNull();
        (await SignIn.SendCode(site.Store, Phone, Here, Ct)).ShouldBe(SignIn.TooSoon);
        var code = await SentCode(site);
        var wrong = code == "000000" ? "000001" : "000000";
        for (var i = 0; i < 5; i++)
            (await SignIn.WithCode(site.Store, Role.Claimant, Phone, Here, wrong, null, Ct)).Refusal.ShouldBe(
                SignIn.WrongCode
            );
        (await SignIn.WithCode(site.Store, Role.Claimant, Phone, Here, code, null, Ct)).Refusal.ShouldBe(
            SignIn.WrongCode
        );

        site.Clock.Turn(TimeSpan.FromMinutes(2));
        await SignIn.SendCode(site.Store, Phone, Here, Ct);
        site.Clock.Turn(OneTimeCodes.Lives);
        var late = await SignIn.WithCode(site.Store, Role.Claimant, Phone, Here, await SentCode(site), null, Ct);
        late.Refusal.ShouldBe(SignIn.WrongCode);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_password_is_taken_and_a_guesser_is_locked_out(Db engine)
    {
        await using var site = await Site.Start(engine);
        var profile = new Profile("王调解", Phone: null, Email: null, Login: "Wang");
        AccountEvent password = new AccountEvent.PasswordSet { Hash = SignIn.HashPassword("correct horse") };
        var opened = await AccountDesk.Open(site.Store, Role.Mediator, profile, null, "cli", [password], Ct);
        opened.Refusal.ShouldBeNull();
        var entered = await SignIn.WithPassword(site.Store, " wang ", "correct horse", Ct);
        entered.Caller.ShouldNotBeNull().Role.ShouldBe(Role.Mediator);
        (await SignIn.WithPassword(site.Store, "nobody", "x", Ct)).Refusal.ShouldBe(SignIn.WrongPassword);
        for (var i = 0; i < 5; i++)
            (await SignIn.WithPassword(site.Store, "wang", "wrong", Ct)).Refusal.ShouldBe(SignIn.WrongPassword);
        (await SignIn.WithPassword(site.Store, "wang", "correct horse", Ct)).Refusal.ShouldBe(Lockout.Shut);
        site.Clock.Turn(TimeSpan.FromMinutes(16));
        (await SignIn.WithPassword(site.Store, "wang", "correct horse", Ct)).Caller.ShouldNotBeNull();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_token_opens_its_role_only_and_is_kept_as_a_hash(Db engine)
    {
        await using var site = await Site.Start(engine);
        var token = await TokenCommand.Issue(site.Store, Role.Editor, "某编辑", Phone, null, Ct);
        var rows = await site.Store.Query<string>("select hash from tokens", null, Ct);
        rows.ShouldHaveSingleItem().ShouldBe(AccountDesk.TokenHash(token));
        (await TokenCommand.Issue(site.Store, Role.Editor, "again", Phone, null, Ct)).ShouldNotBe(token);
        (await site.Store.Query<Guid>("select id from accounts", null, Ct)).Count.ShouldBe(1);
        (await site.Store.Query<string>("select phone_print from accounts", null, Ct))[0].ShouldNotContain(Phone);
    }
}
