using System.Globalization;
using Hengping.App.Accounts;
using Hengping.App.Merchants;
using Hengping.App.Notices;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Messages;

/// <summary>
/// One phone is written to so often and no more, whichever door writes: a form is refused, notices wait or are
/// gathered, and codes keep their share of the day.
/// </summary>
public sealed class SmsLimitDoors
{
    private const string Phone = "13912345678";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<Site> Begin(Db engine, SmsServer server, int perDay = 1000) =>
        await Site.Start(
            engine,
            settings: new Dictionary<string, string?>
            {
                ["Sms:Url"] = server.Url,
                ["Sms:Key"] = "k",
                ["Sms:PerDay"] = perDay.ToString(CultureInfo.InvariantCulture),
                ["Site:Address"] = "https://odr.example",
            }
        );

    private static Task<int> Tell(Site site, string number, string phone = Phone) =>
        Outbox.Put(
            site.Store,
            new Message(
                Guid.NewGuid().ToString("N"),
                Channel.Sms,
                NoticeWords.Reply,
                phone,
                new Dictionary<string, string>(StringComparer.Ordinal) { ["number"] = number, ["link"] = "https://x" }
            ),
            Ct
        );

    private static async Task Send(Site site)
    {
        while (await site.Of<OutboxSender>().SendDue(Ct) > 0) { }
        await NothingIsOnItsWay(site);
    }

    /// <summary>The site sends by itself, too: what it has taken has gone out.</summary>
    internal static Task NothingIsOnItsWay(Site site) =>
        Eventually.Holds(
            async () =>
                await site.Store.First<long>(
                    "select count(*) from outbox where channel = 'sms' and state = 'waiting' "
                        + "and counted_at is not null",
                    null,
                    Ct
                ) == 0,
            "what was counted is sent"
        );

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_invitation_is_refused_when_its_phone_got_ten_within_an_hour(Db engine)
    {
        await using var server = await SmsServer.Start();
        await using var site = await Begin(engine, server);
        var shop = await site.Merchant("晴川数码");
        var owner = await site.Browsing(await site.As(Role.Merchant, merchant: shop));
        var invited = await owner.Send(
            "/merchant/team",
            "Invite",
            ("name", "陈晓"),
            ("phone", Phone),
            ("role", "agent")
        );
        invited.Status.ShouldBe(200);
        var account = await AccountDesk.FindByPhone(site.Store, Role.Merchant, Phone, Ct);
        for (var n = 1; n < SmsLimits.PerHour; n++)
            (await Again()).Status.ShouldBe(200);
        var refused = await site.Appends([], () => Again());
        refused.Status.ShouldBe(429);
        System.Net.WebUtility.HtmlDecode(refused.Body).ShouldContain(SmsLimits.TooMany.Zh);
        (
            await owner.Send("/merchant/team", "Invite", ("name", "陈晓"), ("phone", Phone), ("role", "agent"))
        ).Status.ShouldBe(429, "nor by asking somebody in anew");
        await Send(site);
        server.Orders.Count.ShouldBe(SmsLimits.PerHour);

        (await SignIn.SendCode(site.Store, Phone, "127.0.0.1", Ct)).ShouldBeNull("a code is no part of it");
        site.Clock.Turn(TimeSpan.FromHours(1));
        (await Again()).Status.ShouldBe(200);

        Task<FormAnswer> Again() => owner.Send("/merchant/team", "Link", ("id", $"{account}"));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Forty_of_the_same_text_are_one_now_and_one_in_an_hour(Db engine)
    {
        await using var server = await SmsServer.Start();
        await using var site = await Begin(engine, server);
        for (var n = 0; n < 40; n++)
            await Tell(site, "7KQ2-4M9D-X3AB");
        await Send(site);
        server.Orders.Count.ShouldBe(1);
        var counts = await OutboxDesk.Counts(site.Store, Ct);
        counts["waiting"].ShouldBe(1);
        counts[SmsLimits.Gathered].ShouldBe(38);
        (await OutboxDesk.NotSent(site.Store, 10, Ct)).ShouldHaveSingleItem().Fault.ShouldBe("same-text");

        site.Clock.Turn(TimeSpan.FromMinutes(50));
        await Tell(site, "7KQ2-4M9D-X3AB");
        await Send(site);
        server.Orders.Count.ShouldBe(1);
        site.Clock.Turn(TimeSpan.FromMinutes(11));
        await Send(site);
        server.Orders.Count.ShouldBe(2, "the one that waited says what came after it as well");
        await Tell(site, "7KQ2-4M9D-X3AB");
        await Send(site);
        (await OutboxDesk.Counts(site.Store, Ct))["waiting"].ShouldBe(1, "what is told after it is told later");
        site.Clock.Turn(TimeSpan.FromHours(1));
        await Send(site);
        server.Orders.Count.ShouldBe(3);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_is_over_for_one_phone_waits_and_all_of_it_arrives(Db engine)
    {
        await using var server = await SmsServer.Start();
        await using var site = await Begin(engine, server);
        for (var n = 0; n < 25; n++)
            await Tell(site, $"7KQ2-4M9D-{n:D4}");
        await Tell(site, "7KQ2-4M9D-X3AB", "13900000002");
        await Send(site);
        Sent().ShouldBe(SmsLimits.PerHour);
        server.Orders.Count.ShouldBe(SmsLimits.PerHour + 1, "another phone waits for nothing");
        (await OutboxDesk.NotSent(site.Store, 50, Ct)).ShouldAllBe(one => one.Fault == "phone-limit" && one.Tries == 0);
        for (var hour = 0; hour < 2; hour++)
        {
            site.Clock.Turn(TimeSpan.FromHours(1));
            await Send(site);
        }
        Sent().ShouldBe(25);
        server
            .Orders.Select(one => one.Body.GetProperty("values").GetProperty("number").GetString())
            .Distinct()
            .Count()
            .ShouldBe(26, "nothing is lost and nothing goes twice");

        int Sent() => server.Orders.Count(one => one.Body.GetProperty("to").GetString() == Phone);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Notices_leave_a_fifth_of_the_day_to_codes_and_codes_keep_no_notice(Db engine)
    {
        await using var server = await SmsServer.Start();
        await using var site = await Begin(engine, server, perDay: 10);
        for (var n = 0; n < 12; n++)
            await Tell(site, "7KQ2-4M9D-X3AB", $"139000001{n:D2}");
        await Send(site);
        server.Orders.Count.ShouldBe(8);
        (await OutboxDesk.NotSent(site.Store, 50, Ct)).ShouldAllBe(one => one.Fault == "sms-budget");
        (await SmsLimits.Take(site.Store, "13900000300", Ct)).ShouldNotBeNull().Code.ShouldBe(SmsBudget.Spent.Code);
        await site.As(Role.Claimant, phone: "13900000201", name: "陈晓雨");
        (await SignIn.SendCode(site.Store, "13900000200", "127.0.0.1", Ct)).ShouldBeNull();
        (await SignIn.SendCode(site.Store, "13900000201", "127.0.0.1", Ct))
            .ShouldNotBeNull()
            .Code.ShouldBe(SmsBudget.Scarce.Code, "sent: the last tenth is for numbers with an account");
        var none = await SignIn.SendCode(site.Store, "13900000209", "127.0.0.1", Ct);
        none.ShouldNotBeNull().Code.ShouldBe(SmsBudget.Spent.Code);
        await Send(site);
        server.Orders.Count.ShouldBe(10);

        site.Clock.Turn(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        await Send(site);
        server.Orders.Count.ShouldBe(14, "what waited goes out");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Codes_of_claims_count_against_the_phone_they_go_to(Db engine)
    {
        await using var site = await Site.Start(engine);
        for (var n = 0; n < CodeLimits.PerHour; n++)
        {
            var shop = await site.Merchant($"晴川数码{n}", phone: Phone);
            (await ClaimCodes.MaySend(site.Store, shop, $"127.0.0.{n + 1}", Ct)).ShouldBeNull();
        }
        var other = await site.Merchant("云栖数码", phone: Phone);
        (await ClaimCodes.MaySend(site.Store, other, "127.0.0.9", Ct))
            .ShouldNotBeNull()
            .Code.ShouldBe(CodeLimits.TooManyThisHour.Code);
    }

    /// <summary>A sender whose clock was ahead put off what waited to its own tomorrow.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_a_clock_that_was_ahead_put_off_goes_out_when_it_is_right(Db engine)
    {
        await using var server = await SmsServer.Start();
        await using var site = await Begin(engine, server);
        for (var n = 0; n < 11; n++)
            await Tell(site, $"A{n}");
        await Send(site);
        var right = site.Clock.GetUtcNow();
        site.Clock.TurnTo(right.AddDays(60));
        for (var n = 0; n < 11; n++)
            await Tell(site, $"B{n}");
        await Send(site);
        var waiting = "select count(*) from outbox where state = 'waiting'";
        (await site.Store.First<long>(waiting, null, Ct)).ShouldBeGreaterThan(0);

        site.Clock.TurnTo(right.AddHours(2));
        await Send(site);

        (await site.Store.First<long>(waiting, null, Ct)).ShouldBe(0);
    }
}
