using Hengping.App;
using Hengping.App.Notices;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Messages;

/// <summary>Messages leave the house through a real SMTP dialogue and a real HTTP gateway, once each.</summary>
public sealed class Sending
{
    private const string Email = "wang.fang@example.org";
    private const string Phone = "13912345678";
    private const string Link = "https://hengping.example/cases/7KQ2-4M9D-X3AB";

    private static readonly Templates All = new(Rooms.House.Messages);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Message To(Channel channel, string once = "1", string? address = null, long? key = null) =>
        new(
            once,
            channel,
            NoticeWords.Delivered,
            address ?? (channel == Channel.Sms ? Phone : Email),
            new Dictionary<string, string> { ["number"] = "7KQ2-4M9D-X3AB", ["link"] = Link },
            KeySlot: key
        );

    private static SmtpSender Smtp(int port) =>
        new(new MailSettings("127.0.0.1", port, Tls: false, null, null, "衡平 <desk@hengping.example>"));

    private static OutboxSender Sender(Site site, params ISender[] senders) =>
        new(site.Store, new Channels(senders), All, new LoggerFactory([site.Log]).CreateLogger<OutboxSender>());

    private static async Task Queue(Site site, params Message[] messages)
    {
        foreach (var message in messages)
            await Outbox.Put(site.Store, message, Ct);
    }

    private static async Task<Letter> Only(Site site) =>
        (await Outbox.Newest(site.Store, 10, Ct)).ShouldHaveSingleItem();

    private static void NamesNobody(Site site) =>
        site.Log.All.ShouldNotContain(line => line.Contains(Email) || line.Contains(Phone));

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Chinese_mail_arrives_as_it_was_written(Db engine)
    {
        await using var server = new MailServer();
        await using var site = await Site.Start(engine);
        await Queue(site, To(Channel.Email));
        await Sender(site, Smtp(server.Port)).SendDue(Ct);

        var mail = server.Mails.ShouldHaveSingleItem();
        var letter = await Only(site);
        letter.State.ShouldBe("sent");
        mail.To.ShouldBe(Email);
        mail.From.ShouldBe("desk@hengping.example");
        mail.Headers["subject"].ShouldBe("【衡平】您的投诉 7KQ2-4M9D-X3AB 已递交商家，请留意回复");
        mail.Headers["from"].ShouldContain("衡平");
        mail.Headers["message-id"].ShouldBe($"<{letter.Id:D}@hengping.example>");
        mail.Body.TrimEnd().ShouldBe(site.TextOf(letter));
        site.TextOf(letter).ShouldEndWith(Link);
        NamesNobody(site);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_gateway_gets_template_and_values(Db engine)
    {
        await using var server = await SmsServer.Start();
        await using var site = await Site.Start(
            engine,
            settings: new Dictionary<string, string?> { ["Sms:Url"] = server.Url, ["Sms:Key"] = "geheim" }
        );
        await Queue(site, To(Channel.Sms));
        await Eventually.Holds(() => server.Orders.Count > 0, "the gateway has an order");

        var order = server.Orders.ShouldHaveSingleItem();
        order.Key.ShouldBe("Bearer geheim");
        order.Id.ShouldBe($"{(await Only(site)).Id:D}");
        order.Body.GetProperty("to").GetString().ShouldBe(Phone);
        order.Body.GetProperty("template").GetString().ShouldBe("delivered");
        order.Body.GetProperty("values").GetProperty("number").GetString().ShouldBe("7KQ2-4M9D-X3AB");
        order.Body.GetProperty("values").GetProperty("link").GetString().ShouldBe(Link);
        order.Body.GetProperty("text").GetString()!.ShouldStartWith("【衡平】");
        NamesNobody(site);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task What_a_gateway_refuses_is_tried_again_later_and_then_arrives_once(int status)
    {
        await using var server = await SmsServer.Start();
        server.Status = status;
        await using var site = await Site.Start(Db.Sqlite);
        using var http = new HttpClient();
        var sender = Sender(site, new SmsGateway(http, server.Url, "k"));
        await Queue(site, To(Channel.Sms));
        await sender.SendDue(Ct);
        await sender.SendDue(Ct);
        server.Orders.Count.ShouldBe(1, "not again at once");
        (await Only(site)).ShouldSatisfyAllConditions(
            letter => letter.State.ShouldBe("waiting"),
            letter => letter.Fault.ShouldBe($"http {status}")
        );
        server.Status = 200;
        site.Clock.Turn(TimeSpan.FromMinutes(1));
        await sender.SendDue(Ct);
        site.Clock.Turn(TimeSpan.FromDays(1));
        await sender.SendDue(Ct);
        server.Orders.Count.ShouldBe(2);
        server.Orders.Select(order => order.Id).Distinct().Count().ShouldBe(1);
        (await Only(site)).State.ShouldBe("sent");
        NamesNobody(site);
    }

    [Fact]
    public async Task A_server_that_never_takes_it_is_given_up_in_the_end_and_the_message_is_still_there()
    {
        await using var server = new MailServer();
        server.OnRecipient = "550 5.1.1 <{0}>: no such user here";
        await using var site = await Site.Start(Db.Sqlite);
        var sender = Sender(site, Smtp(server.Port));
        await Queue(site, To(Channel.Email));
        var waits = new List<int>();
        for (var minute = 0; minute < 3_000; minute++)
        {
            var before = server.Asked;
            await sender.SendDue(Ct);
            if (server.Asked > before)
                waits.Add(minute);
            site.Clock.Turn(TimeSpan.FromMinutes(1));
        }
        waits.Zip(waits.Skip(1), (a, b) => b - a).ShouldBe([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
        (await Only(site)).ShouldSatisfyAllConditions(
            letter => letter.State.ShouldBe("failed"),
            letter => letter.Fault.ShouldBe("smtp 550"),
            letter => letter.Tries.ShouldBe(Outbox.TriesMax),
            letter => letter.To.ShouldBe(Email)
        );
        site.Log.All.ShouldContain(line => line.Contains("given up after 12 tries"));
        NamesNobody(site);
    }

    [Fact]
    public async Task A_server_that_is_down_and_an_address_that_is_none_hold_up_nobody_else()
    {
        await using var server = await SmsServer.Start();
        int closed;
        await using (var gone = new MailServer())
            closed = gone.Port;
        await using var site = await Site.Start(Db.Sqlite);
        using var http = new HttpClient();
        var sender = Sender(site, Smtp(closed), new SmsGateway(http, server.Url, "k"));
        var key = site.Store.Keys.Create();
        site.Store.Keys.Flush();
        await Queue(
            site,
            To(Channel.Email, "1", "no address"),
            To(Channel.Email, "2"),
            To(Channel.Sms, "3", null, key)
        );
        site.Store.Keys.Destroy(key);
        await Queue(site, To(Channel.Sms, "4"));
        await sender.SendDue(Ct);
        server.Orders.Count.ShouldBe(1, "the erased one is not sent, the other is");
        var faults = (await Outbox.Newest(site.Store, 10, Ct)).Select(letter => letter.Fault ?? letter.State);
        faults.Order(StringComparer.Ordinal).ShouldBe(["address", "sent", "unreachable"]);
        NamesNobody(site);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Two_programs_and_a_restart_send_it_once(Db engine)
    {
        await using var server = new MailServer();
        await using var site = await Site.Start(engine);
        await Queue(site, [.. Enumerable.Range(1, 6).Select(n => To(Channel.Email, $"{n}"))]);
        await using (var other = await Store.Open(site.Place, Rooms.House, site.Clock, Ct))
        {
            var log = new LoggerFactory([site.Log]).CreateLogger<OutboxSender>();
            var second = new OutboxSender(other, new Channels([Smtp(server.Port)]), All, log);
            await Task.WhenAll(Sender(site, Smtp(server.Port)).SendDue(Ct), second.SendDue(Ct));
        }
        await using var again = await Store.Open(site.Place, Rooms.House, site.Clock, Ct);
        site.Clock.Turn(TimeSpan.FromDays(1));
        await new OutboxSender(
            again,
            new Channels([Smtp(server.Port)]),
            All,
            new LoggerFactory().CreateLogger<OutboxSender>()
        ).SendDue(Ct);
        server.Mails.Count.ShouldBe(6);
        server.Mails.Select(mail => mail.Headers["message-id"]).Distinct().Count().ShouldBe(6);
    }

    [Fact]
    public async Task What_a_killed_program_had_taken_comes_back()
    {
        await using var server = new MailServer();
        await using var site = await Site.Start(Db.Sqlite);
        await Queue(site, To(Channel.Email));
        (await Outbox.Take(site.Store, [Channel.Email], 50, Ct)).ShouldHaveSingleItem();
        var sender = Sender(site, Smtp(server.Port));
        await sender.SendDue(Ct);
        server.Mails.ShouldBeEmpty();
        site.Clock.Turn(Outbox.LeasedFor);
        await sender.SendDue(Ct);
        server.Mails.ShouldHaveSingleItem();
    }
}
