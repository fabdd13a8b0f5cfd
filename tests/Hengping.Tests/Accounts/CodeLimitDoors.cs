using System.Net;
using System.Text.RegularExpressions;
using Hengping.App.Accounts;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Merchants;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>
/// Codes are limited where they are drawn and where they are taken, whichever door asks: each phone and address gets
/// so many, each wrong try is counted before it is judged.
/// </summary>
public sealed class CodeLimitDoors
{
    private const string Phone = "13900000001";
    private const string Here = "127.0.0.1";
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(61);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static (string, string?)[] Wizard(string go, string phone, string code = "") =>
        [("step", "4"), ("go", go), ("signInPhone", phone), ("code", code), ("story", "商家一直不退款，已经两周。")];

    private static async Task<string> Code(Site site) =>
        Regex.Match(site.TextOf((await Outbox.Newest(site.Store, 1, Ct))[0]), @"\d{6}").Value;

    private static string Wrong(string code) => code == "000000" ? "000001" : "000000";

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_phone_gets_five_codes_an_hour_and_ten_a_day_through_whichever_door(Db engine)
    {
        await using var site = await Site.Start(engine);
        var visitor = site.Visitor();
        for (var n = 0; n < CodeLimits.PerHour; n++)
        {
            var sent =
                n % 2 == 0
                    ? await visitor.Send("/file", "", Wizard("code", Phone))
                    : await visitor.Send("/signin", "Code", ("phone", Phone));
            sent.Status.ShouldBe(200);
            site.Clock.Turn(Apart);
        }
        var page = await visitor.Send("/file", "", Wizard("code", Phone));
        page.Status.ShouldBe(429);
        var said = WebUtility.HtmlDecode(page.Body);
        said.ShouldContain(CodeLimits.TooManyThisHour.Zh);
        said.ShouldContain("商家一直不退款", Case.Sensitive, "what was typed stays on the page");
        said.ShouldContain(Phone);
        (await visitor.Send("/signin", "Code", ("phone", Phone))).Status.ShouldBe(429);
        (await visitor.Send("/signin?lang=en", "Code", ("phone", Phone))).Body.ShouldContain(
            CodeLimits.TooManyThisHour.En
        );
        (await Outbox.Newest(site.Store, 50, Ct)).Count.ShouldBe(CodeLimits.PerHour);
        (await visitor.Send("/signin", "Code", ("phone", "13900000002"))).Status.ShouldBe(200, "another phone");

        site.Clock.Turn(TimeSpan.FromHours(1));
        for (var n = 0; n < CodeLimits.PerHour; n++, site.Clock.Turn(Apart))
            (await SignIn.SendCode(site.Store, Phone, Here, Ct)).ShouldBeNull();
        site.Clock.Turn(TimeSpan.FromHours(1));
        var today = (await SignIn.SendCode(site.Store, Phone, Here, Ct)).ShouldNotBeNull();
        (today with { Wait = null }).ShouldBe(CodeLimits.TooManyToday);
        today.Wait.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromHours(20), TimeSpan.FromHours(22));
        site.Clock.Turn(today.Wait.Value);
        (await SignIn.SendCode(site.Store, Phone, Here, Ct)).ShouldBeNull();
        (await site.Store.First<long>("select count(*) from allowances", null, Ct)).ShouldBe(
            8,
            "this phone, this address, its network, each by hour and day, and the day of the other phone; what is over "
                + "is gone; and the turn of those who use the day's SMS"
        );
        await AtRest.NothingSays(site, Phone);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_address_asks_for_codes_on_twenty_phones_an_hour(Db engine)
    {
        await using var site = await Site.Start(engine);
        var asked = await Task.WhenAll(
            Enumerable.Range(0, 60).Select(n => SignIn.SendCode(site.Store, $"139000001{n:00}", Here, Ct))
        );
        asked.Count(no => no is null).ShouldBe(CodeLimits.PerHourOfAddress);
        (await Outbox.Newest(site.Store, 100, Ct)).Count.ShouldBe(CodeLimits.PerHourOfAddress);
        (await SignIn.SendCode(site.Store, "13900000199", "127.0.0.2", Ct)).ShouldBeNull("refusals use nothing up");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Networks_around_an_address_have_a_limit_too(Db engine)
    {
        await using var site = await Site.Start(engine);
        // Four to each /64 of one /56: none of them has its twenty.
        for (var n = 0; n < CodeLimits.PerHourOfAddress * 4; n++)
            (await Ask(n, $"20010DB8007700{n / 4:X2}")).ShouldBeNull();
        (await Ask(80, "20010DB8007700FF")).ShouldNotBeNull().Code.ShouldBe(CodeLimits.TooManyThisHour.Code);
        (await Ask(80, "20010DB8007701FF")).ShouldBeNull("the /56 beside it");

        Task<Refusal?> Ask(int n, string address) => SignIn.SendCode(site.Store, $"139000002{n:00}", address, Ct);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Guesses_at_once_are_judged_no_further_than_the_limit(Db engine)
    {
        await using var site = await Site.Start(engine);
        (await SignIn.SendCode(site.Store, Phone, Here, Ct)).ShouldBeNull();
        var wrong = Wrong(await Code(site));
        var visitor = site.Visitor();
        var token = Forms.TokenOf(await visitor.GetStringAsync("/file", Ct));
        var statuses = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Guess()));
        statuses.Count(status => status == 400).ShouldBe(CodeLimits.TriesPerDay);
        statuses.Count(status => status == 429).ShouldBe(60 - CodeLimits.TriesPerDay);
        (await site.Store.First<int>("select tries from sign_in_codes", null, Ct)).ShouldBe(CodeLimits.TriesPerDay);

        site.Clock.Turn(Apart);
        (await SignIn.SendCode(site.Store, Phone, Here, Ct)).ShouldBeNull();
        var right = await Code(site);
        var late = await visitor.Send("/file", "", Wizard("enter", Phone, right));
        late.Status.ShouldBe(429, "not even the right one");
        WebUtility.HtmlDecode(late.Body).ShouldContain(CodeLimits.TooManyTries.Zh);
        site.Clock.Turn(TimeSpan.FromDays(1));
        (await SignIn.SendCode(site.Store, Phone, Here, Ct)).ShouldBeNull();
        var (caller, _) = await SignIn.WithCode(
            site.Store,
            Role.Claimant,
            Phone,
            Here,
            await Code(site),
            name: null,
            Ct
        );
        caller.ShouldNotBeNull();

        async Task<int> Guess()
        {
            var form = Wizard("enter", Phone, wrong).ToDictionary(f => f.Item1, f => f.Item2 ?? "");
            form["__RequestVerificationToken"] = token;
            using var answer = await visitor.PostAsync("/file", new FormUrlEncodedContent(form), Ct);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                answer.Headers.RetryAfter.ShouldNotBeNull();
            return (int)answer.StatusCode;
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Right_codes_use_no_tries_up(Db engine)
    {
        await using var site = await Site.Start(engine);
        for (var n = 0; n < 2; n++, site.Clock.Turn(Apart))
        {
            (await SignIn.SendCode(site.Store, Phone, Here, Ct)).ShouldBeNull();
            var code = await Code(site);
            var entered = await SignIn.WithCode(site.Store, Role.Claimant, Phone, Here, code, name: null, Ct);
            entered.Caller.ShouldNotBeNull();
        }
        var used = await site.Store.Query<int>("select used from allowances order by used", null, Ct);
        used.ShouldBe(
            [0, 0, 0, 0, 2, 2, 2, 2, 2, 2],
            "a turn and tries, then codes, each by phone, by address and its network"
        );
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Mail_codes_on_my_page_are_limited_by_account_as_well_as_by_address(Db engine)
    {
        await using var site = await Site.Start(engine);
        var mine = await site.Browsing(await site.As(Role.Claimant, phone: Phone, name: "陈晓雨"));
        for (var n = 0; n < CodeLimits.PerHour; n++)
        {
            await mine.Send("/me", "Correct", ("name", "陈晓雨"), ("email", $"somebody{n}@example.org"));
            (await mine.Send("/me", "MailCode")).Status.ShouldBe(302);
        }
        await mine.Send("/me", "Correct", ("name", "陈晓雨"), ("email", "another@example.org"));
        var refused = await mine.Send("/me", "MailCode");
        refused.Status.ShouldBe(429);
        WebUtility.HtmlDecode(refused.Body).ShouldContain(CodeLimits.TooManyThisHour.Zh);

        for (var n = 0; n < CodeLimits.TriesPerDay; n++)
            (await mine.Send("/me", "MailConfirm", ("code", "000000"))).Status.ShouldBe(409);
        (await mine.Send("/me", "MailConfirm", ("code", "000000"))).Status.ShouldBe(429);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_mail_address_nobody_has_is_limited_like_one_that_somebody_has(Db engine)
    {
        await using var site = await Site.Start(engine);
        var visitor = site.Visitor();
        for (var n = 0; n < CodeLimits.PerHour; n++, site.Clock.Turn(Apart))
            (await visitor.Send("/signin?as=mail", "MailCode", ("email", "no@example.org"))).Status.ShouldBe(200);
        (await visitor.Send("/signin?as=mail", "MailCode", ("email", "no@example.org"))).Status.ShouldBe(429);
        (await Outbox.Newest(site.Store, 10, Ct)).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Passwords_guessed_at_once_are_judged_no_further_than_the_lock_out(Db engine)
    {
        await using var site = await Site.Start(engine);
        var guesses = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => SignIn.WithPassword(site.Store, "wang", "wrong", Ct))
        );
        guesses.Count(guess => guess.Refusal == SignIn.WrongPassword).ShouldBe(Lockout.TriesMax);
        guesses.Count(guess => guess.Refusal == Lockout.Shut).ShouldBe(20 - Lockout.TriesMax);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_second_step_takes_twenty_wrong_codes_a_day(Db engine)
    {
        await using var site = await Site.Start(engine);
        var secret = Totp.ToText(new byte[Totp.SecretBytes]);
        AccountEvent[] factor = [new AccountEvent.AuthenticatorSet(Step: 0) { Secret = secret }];
        var profile = new Profile("王调解", Phone: null, Email: null, Login: "wang");
        var account = (await AccountDesk.Open(site.Store, Role.Mediator, profile, null, "cli", factor, Ct)).Event!.Id;
        var judged = 0;
        for (Entered entered; (entered = await Guess()).Refusal != CodeLimits.TooManyTries; )
            if (entered.Refusal == Lockout.Shut)
                site.Clock.Turn(TimeSpan.FromMinutes(16));
            else
                judged++;
        judged.ShouldBe(CodeLimits.TriesPerDay);

        async Task<Entered> Guess()
        {
            var entered = await site.Of<SecondStep>().WithCode(account, "aaaaa-aaaaa", Ct);
            return entered with { Refusal = entered.Refusal! with { Wait = null } };
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Codes_of_claims_are_limited_by_merchant_however_many_claims_there_are(Db engine)
    {
        await using var site = await Site.Start(engine);
        var merchant = await site.Merchant("街角小店", enrolled: false);
        var asked = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => ClaimCodes.MaySend(site.Store, merchant, Here, Ct))
        );
        asked.Count(no => no is null).ShouldBe(CodeLimits.PerHour);
        Guid[] claims = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        foreach (var claim in claims)
            await ClaimCodes.Send(site.Store, merchant, claim, Ct);
        var guesses = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(n => ClaimCodes.Take(site.Store, merchant, claims[n % 3], Here, "no code", Ct))
        );
        guesses.Count(no => no == Merchant.ClaimCodeWrong).ShouldBe(CodeLimits.TriesPerDay);
    }
}
