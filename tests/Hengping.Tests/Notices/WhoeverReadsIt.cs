using System.Text;
using System.Text.RegularExpressions;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using static Hengping.Tests.Reports.Reporting;

namespace Hengping.Tests.Notices;

/// <summary>
/// Every message is in its reader's language and signed by whoever runs the house: of accounts, teams, claims and
/// reports as of cases.
/// </summary>
public sealed partial class WhoeverReadsIt
{
    private const string House = "[River Bank Mediation] ";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void No_wording_names_a_house_and_each_says_the_same_in_both_languages()
    {
        Rooms.House.Messages.Count.ShouldBeGreaterThan(45);
        HouseRule.Holds(
            Rooms.House.Messages.Where(IsWrong).Select(words => words.Key),
            "【{operator}】中文, [{operator}] English"
        );
        IsWrong(new Wording("a", "【衡平】中文", "[{operator}] English")).ShouldBeTrue();
        IsWrong(new Wording("a", "【{operator}】中文", "[{operator}] 中文")).ShouldBeTrue();
        IsWrong(new Wording("a", "【{operator}】English", "[{operator}] English")).ShouldBeTrue();
    }

    private static bool IsWrong(Wording words) =>
        !words.Zh.StartsWith("【{operator}】", StringComparison.Ordinal)
        || !words.En.StartsWith("[{operator}] ", StringComparison.Ordinal)
        || (words.Zh + words.En).Contains("衡平", StringComparison.Ordinal)
        || (words.Zh + words.En).Contains("Hengping", StringComparison.OrdinalIgnoreCase)
        || !Han().IsMatch(words.Zh)
        || Han().IsMatch(words.En);

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Codes_speak_as_the_page_that_waits_for_them(Db engine)
    {
        await using var site = await Site.Start(engine);
        await WhatIsSaid.SetUp(site);
        await site.Visitor().Send("/signin", "Code", ("phone", "13900000001"));
        await English(site.Visitor()).Send("/signin", "Code", ("phone", "13900000002"));
        (await Said(site, "sign-in-code")).ShouldBe(
            [
                $"{House}Your code is N, valid for N minutes. Tell nobody.",
                "【江岸消费调解中心】验证码 N，N 分钟内有效。请勿告诉他人。",
            ],
            ignoreOrder: true
        );

        var me = English(await site.Browsing(await site.As(Role.Claimant, phone: "13900000003", name: "陈晓雨")));
        await me.Send("/me", "Correct", ("name", "陈晓雨"), ("email", "chen@example.org"));
        (await me.Send("/me", "MailCode")).Status.ShouldBe(302);
        (await Said(site, "mail-confirm-code")).ShouldHaveSingleItem().ShouldStartWith($"{House}Code N confirms");
        var code = (await Newest(site, "mail-confirm-code")).Values["code"];
        (await me.Send("/me", "MailConfirm", ("code", code))).Status.ShouldBe(302);
        site.Clock.Turn(TimeSpan.FromMinutes(2));
        await English(site.Visitor()).Send("/signin?as=mail", "MailCode", ("email", "chen@example.org"));
        (await Said(site, "mail-sign-in-code")).ShouldHaveSingleItem().ShouldStartWith($"{House}Your sign-in code");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Accounts_and_teams_are_told_in_the_language_they_last_acted_in(Db engine)
    {
        await using var site = await Site.Start(engine);
        await WhatIsSaid.SetUp(site);
        var shop = await site.Merchant("晴川数码");
        var owner = English(await site.Browsing(await site.As(Role.Merchant, shop)));
        (
            await owner.Send("/merchant/team", "Invite", ("name", "Liu"), ("phone", "13911112222"), ("role", "agent"))
        ).Status.ShouldBe(200);
        (await Said(site, "team-invited")).ShouldHaveSingleItem().ShouldStartWith($"{House}晴川数码 asks you to help");

        var invited = await OnlyOf(site, "13911112222");
        foreach (
            var words in new[]
            {
                AccountNotices.Changed,
                AccountNotices.RecoveryUsed,
                AccountNotices.SignedOut,
                AccountNotices.FactorsReset,
            }
        )
        {
            await AccountNotices.Tell(site.Store, invited, words, Ct);
            (await Said(site, words.Key)).ShouldHaveSingleItem().ShouldStartWith("【江岸消费调解中心】");
        }
        var staff = English(await site.Browsing(await site.As(Role.Mediator, phone: "13911113333")));
        await staff.Send("/me/security", "Others");
        var account = await OnlyOf(site, "13911113333");
        await AccountNotices.Tell(site.Store, account, AccountNotices.Changed, Ct);
        (await Said(site, "account-changed")).ShouldContain(text => text.StartsWith($"{House}The way into your"));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_numbers_of_the_morning_are_in_the_language_of_whoever_wants_them(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        await WhatIsSaid.SetUp(desk.Site);
        await desk.Delivered();
        var merchant = English(desk.Merchant);
        var account = await desk.Site.Store.First<Guid>(
            "select id from accounts where role = 'merchant' and merchant = @shop",
            new { shop = desk.Shop },
            Ct
        );
        AccountEvent[] wants =
        [
            new AccountEvent.Corrected { Profile = new Profile("Liu", null, "liu@example.org", null) },
            new AccountEvent.DigestSet(true),
        ];
        foreach (var one in wants)
            await AccountDesk.Append(desk.Site.Store, account, _ => one, "cli", Ct);
        var id = await desk.Delivered();
        await merchant.PostJson(Desk.At(id, "messages"), new { text = "We look into it." }).Json();
        var digest = ActivatorUtilities.CreateInstance<TeamDigest>(desk.Site.Of<IServiceProvider>());
        (await digest.SendDue(Ct)).ShouldBe(1);
        (await Said(desk.Site, "team-digest")).ShouldHaveSingleItem().ShouldContain(": N wait for an answer");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Who_claims_or_reports_is_told_in_the_language_of_the_form(Db engine)
    {
        await using var site = await Site.Start(engine);
        await WhatIsSaid.SetUp(site);
        var shop = await site.Merchant("街角小店", enrolled: false, phone: "13700000001");
        var claim = await Claimed(site, shop);
        (await Said(site, "claim-code")).ShouldHaveSingleItem().ShouldStartWith($"{House}Somebody claims your page.");
        var code = (await Newest(site, "claim-code")).Values["code"];
        await site.Visitor().Send($"/merchants/{shop}/claim?claim={claim}", "Code", ("code", code));
        var desk = await site.As(Role.Mediator);
        await desk.PostJson($"/api/v1/claims/{claim}/decide", new { approve = true, reason = "执照与名称一致" }).Json();
        (await Said(site, "claim-approved")).ShouldHaveSingleItem().ShouldStartWith($"{House}Your claim is approved");

        var anyone = English(site.Visitor());
        var (named, _) = await Filed(site, anyone, Named(shop));
        var (nobody, _) = await Filed(site, anyone, Anonymous(shop));
        foreach (var id in new[] { named, nobody })
            await desk.PostJson(At(id, "accept")).Json();
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        (await Said(site, "report-news")).ShouldHaveSingleItem().ShouldStartWith($"{House}There is news on");
        var bodies = await site.Store.Query<byte[]>(
            "select body from events where kind = 'report.filed' order by position",
            null,
            Ct
        );
        // What is kept of one who gives no name tells nothing of them, not even how they speak.
        bodies.Select(body => Encoding.UTF8.GetString(body).Contains("\"language\"")).ShouldBe([true, false]);
    }

    private static async Task<Guid> Claimed(Site site, Guid merchant)
    {
        var browser = English(site.Visitor());
        var page = $"/merchants/{merchant}/claim";
        var token = Forms.TokenOf(await browser.GetStringAsync(page, Ct));
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new StringContent("陈店主"), "name" },
            { new StringContent("91330110MA2H0WHM1W"), "uscc" },
            { new StringContent("13911112222"), "phone" },
            { new StringContent("long-enough-words"), "password" },
            {
                new ByteArrayContent([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]),
                "licence",
                "a.png"
            },
        };
        using var answer = await browser.PostAsync(page, form, Ct);
        return Guid.Parse(answer.Headers.Location!.ToString().Split("claim=")[1]);
    }

    private static HttpClient English(HttpClient who)
    {
        who.DefaultRequestHeaders.AcceptLanguage.Clear();
        who.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        return who;
    }

    private static async Task<IReadOnlyList<string>> Said(Site site, string template) =>
        [
            .. (await Outbox.Newest(site.Store, 50, Ct))
                .Where(letter => letter.Template == template)
                .Select(letter => Number().Replace(site.TextOf(letter), "N")),
        ];

    private static async Task<Letter> Newest(Site site, string template) =>
        (await Outbox.Newest(site.Store, 50, Ct)).First(letter => letter.Template == template);

    private static Task<Guid> OnlyOf(Site site, string phone) =>
        site.Store.First<Guid>(
            "select id from accounts where login_print = @login or phone_print = @print",
            new
            {
                login = AccountDesk.LoginPrint(site.Store, phone),
                print = AccountDesk.PhonePrint(site.Store, phone),
            },
            Ct
        );

    [GeneratedRegex(@"\b\d+\b", RegexOptions.None, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}", RegexOptions.None, 1000)]
    private static partial Regex Han();
}
