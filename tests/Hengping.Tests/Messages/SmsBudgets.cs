using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Hengping.App.Accounts;
using Hengping.App.Merchants;
using Hengping.App.Notices;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Messages;

/// <summary>A day's SMS are counted over all; near the end the admin is told, and no kind of them
/// takes what another needs.</summary>
public sealed class SmsBudgets
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Numbers_without_an_account_have_half_of_a_day_and_the_answer_tells_nobody_which_have_one(
        Db engine
    )
    {
        await using var server = await SmsServer.Start();
        await using var site = await Begin(engine, server);
        var admin = await site.Browsing(await site.As(Role.Admin));
        await site.As(Role.Claimant, phone: "13900000001", name: "陈晓雨");
        var visitor = site.Visitor();
        for (var n = 0; n < 3; n++)
            (await Ask(Invented(n))).Status.ShouldBe(200);
        await site.Of<OutboxSender>().SendDue(Ct);
        Warnings(site, "no account").ShouldBe(0);
        (await admin.GetStringAsync("/admin/outbox", Ct)).ShouldNotContain("发给没有账户的号码");
        (await Ask(Invented(3))).Status.ShouldBe(200);
        await site.Of<OutboxSender>().SendDue(Ct);
        (await admin.GetStringAsync("/admin/outbox", Ct)).ShouldContain("发给没有账户的号码");
        (await Ask(Invented(4))).Status.ShouldBe(200);
        await site.Of<OutboxSender>().SendDue(Ct);
        await Eventually.Holds(
            () => server.Orders.Count == 5 && Warnings(site, "no account") > 0,
            "all are sent and the admin is warned"
        );
        Warnings(site, "no account").ShouldBe(1, "once a day");

        var (stranger, known) = (await Ask(Invented(5)), await Ask("13900000001"));
        foreach (var answer in new[] { stranger, known })
        {
            answer.Status.ShouldBe(429);
            WebUtility.HtmlDecode(answer.Body).ShouldContain(SmsBudget.Scarce.Zh);
            answer.Body.ShouldContain("name=\"code\"", Case.Sensitive, "whoever got one enters it");
        }
        Neutral(stranger.Body, Invented(5)).ShouldBe(Neutral(known.Body, "13900000001"));
        (await site.Store.First<long>("select count(*) from sign_in_codes", null, Ct)).ShouldBe(7, "for both the same");
        await site.Of<OutboxSender>().SendDue(Ct);
        await Eventually.Holds(() => server.Orders.Count == 6, "one of the two has an account");
        server.Orders[^1].Body.GetProperty("to").GetString().ShouldBe("13900000001");
        (await ClaimCode(site)).ShouldNotBeNull().Code.ShouldBe(SmsBudget.Spent.Code);

        site.Clock.Turn(TimeSpan.FromMinutes(2));
        (await SignIn.SendCode(site.Store, "13900000001", "127.0.0.9", Ct, _ => "own")).ShouldBeNull(
            "a device that was in is told nothing of all this"
        );
        site.Clock.Turn(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        (await Ask(Invented(5))).Status.ShouldBe(200);

        Task<FormAnswer> Ask(string phone) => visitor.Send("/signin", "Code", ("phone", phone));
    }

    private static async Task<Refusal?> ClaimCode(Site site) =>
        await ClaimCodes.MaySend(site.Store, await site.Merchant("晴川数码", phone: "13912345678"), "127.0.0.8", Ct);

    private static string Neutral(string page, string phone) =>
        Regex.Replace(
            page.Replace(phone, "", StringComparison.Ordinal),
            "CfDJ8[A-Za-z0-9_-]+|shown(=|%3[Dd])[A-Za-z0-9_-]+",
            ""
        );

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Whatever_comes_first_no_more_go_out_than_a_day_has_and_every_kind_has_a_part(Db engine)
    {
        await using var server = await SmsServer.Start();
        await using var site = await Begin(engine, server);
        var admin = await site.Browsing(await site.As(Role.Admin));
        var known = Enumerable.Range(0, 10).Select(n => $"1390000020{n}").ToList();
        foreach (var phone in known)
            await site.As(Role.Claimant, phone: phone, name: "陈晓雨");
        for (var n = 0; n < 5; n++)
            (await SignIn.SendCode(site.Store, Invented(n), "127.0.0.1", Ct)).ShouldBeNull();
        foreach (var phone in known[..3])
            await SignIn.SendCode(site.Store, phone, "127.0.0.2", Ct);
        var spent = await SignIn.SendCode(site.Store, known[3], "127.0.0.2", Ct);
        spent.ShouldNotBeNull().Code.ShouldBe(SmsBudget.Spent.Code, "codes have four fifths");
        for (var n = 0; n < 9; n++)
            await Notice(site, n);
        await SendAll(site);
        server.Orders.Count.ShouldBe(9, "one notice goes out after eight codes");
        (await SmsLimits.Take(site.Store, "13900000300", Ct)).ShouldNotBeNull().Code.ShouldBe(SmsBudget.Spent.Code);
        (await admin.GetStringAsync("/admin/outbox", Ct)).ShouldContain("验证码暂停发送");
        Warnings(site, "SMS a day are used").ShouldBe(1);

        site.Clock.Turn(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        await SendAll(site);
        server.Orders.Count.ShouldBe(9 + 8, "notices have four fifths");
        foreach (var phone in known[..2])
            await SignIn.SendCode(site.Store, phone, "127.0.0.3", Ct);
        await SignIn.SendCode(site.Store, known[2], "127.0.0.3", Ct);
        await SendAll(site);
        server.Orders.Count.ShouldBe(9 + 10, "a day has ten");
        var none = await SignIn.SendCode(site.Store, known[3], "127.0.0.4", Ct);
        none.ShouldNotBeNull().Code.ShouldBe(SmsBudget.Spent.Code);
        (await admin.GetStringAsync("/admin/outbox", Ct)).ShouldContain("已用完");

        var mine = await site.Browsing(await site.As(Role.Claimant, phone: "13900000001", name: "陈晓雨"));
        await mine.Send("/me", "Correct", ("name", "陈晓雨"), ("email", "chen@example.org"));
        (await mine.Send("/me", "MailCode")).Status.ShouldBe(302, "mail goes on");
    }

    private static Task<Site> Begin(Db engine, SmsServer server) =>
        Site.Start(
            engine,
            settings: new Dictionary<string, string?>
            {
                ["Sms:Url"] = server.Url,
                ["Sms:Key"] = "k",
                ["Sms:PerDay"] = "10",
            }
        );

    private static string Invented(int n) => "1390000010" + n.ToString(CultureInfo.InvariantCulture);

    private static int Warnings(Site site, string said) =>
        site.Log.All.Count(line =>
            line.Contains("Sms:PerDay", StringComparison.Ordinal) && line.Contains(said, StringComparison.Ordinal)
        );

    private static Task<int> Notice(Site site, int n) =>
        Outbox.Put(
            site.Store,
            new Message(
                $"notice {n}",
                Channel.Sms,
                NoticeWords.Delivered,
                $"1391234560{n}",
                new Dictionary<string, string> { ["number"] = "7KQ2-4M9D-X3AB", ["link"] = "https://x.example" }
            ),
            Ct
        );

    private static async Task SendAll(Site site)
    {
        while (await site.Of<OutboxSender>().SendDue(Ct) > 0) { }
        await SmsLimitDoors.NothingIsOnItsWay(site);
    }
}
