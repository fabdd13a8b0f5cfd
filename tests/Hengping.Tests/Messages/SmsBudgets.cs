using System.Globalization;
using Hengping.App.Notices;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Messages;

/// <summary>A day's SMS are counted over all; near the end the admin is told, at the end codes are refused.</summary>
public sealed class SmsBudgets
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_warning_comes_at_four_fifths_once_a_day_and_a_refusal_at_the_end(Db engine)
    {
        await using var server = await SmsServer.Start();
        var settings = new Dictionary<string, string?>
        {
            ["Sms:Url"] = server.Url,
            ["Sms:Key"] = "k",
            ["Sms:PerDay"] = "5",
        };
        await using var site = await Site.Start(engine, settings: settings);
        var admin = await site.Browsing(await site.As(Role.Admin));
        var visitor = site.Visitor();
        for (var n = 0; n < 3; n++)
            (await Ask(n)).Status.ShouldBe(200);
        await site.Of<OutboxSender>().SendDue(Ct);
        Warnings().ShouldBe(0);
        (await admin.GetStringAsync("/admin/outbox", Ct)).ShouldNotContain("Sms:PerDay");

        (await Ask(3)).Status.ShouldBe(200);
        await site.Of<OutboxSender>().SendDue(Ct);
        (await admin.GetStringAsync("/admin/outbox", Ct)).ShouldContain("八成");
        (await Ask(4)).Status.ShouldBe(200);
        await site.Of<OutboxSender>().SendDue(Ct);
        await Eventually.Holds(
            () => server.Orders.Count == 5 && Warnings() > 0,
            "all are sent and the admin is warned"
        );
        Warnings().ShouldBe(1, "once a day");

        var refused = await Ask(5);
        refused.Status.ShouldBe(429);
        System.Net.WebUtility.HtmlDecode(refused.Body).ShouldContain(SmsBudget.Spent.Zh);
        (await admin.GetStringAsync("/admin/outbox", Ct)).ShouldContain("已用完");

        var values = new Dictionary<string, string> { ["number"] = "7KQ2-4M9D-X3AB", ["link"] = "https://x.example" };
        await Outbox.Put(
            site.Store,
            new Message("notice", Channel.Sms, NoticeWords.Delivered, "13912345678", values),
            Ct
        );
        var mine = await site.Browsing(await site.As(Role.Claimant, phone: "13900000001", name: "陈晓雨"));
        await mine.Send("/me", "Correct", ("name", "陈晓雨"), ("email", "chen@example.org"));
        (await mine.Send("/me", "MailCode")).Status.ShouldBe(302, "mail goes on");
        (await site.Store.First<long>("select count(*) from outbox", null, Ct)).ShouldBe(7, "so do notices");

        site.Clock.Turn(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        (await Ask(5)).Status.ShouldBe(200);

        Task<FormAnswer> Ask(int n) =>
            visitor.Send("/signin", "Code", ("phone", "1390000010" + n.ToString(CultureInfo.InvariantCulture)));

        int Warnings() => site.Log.All.Count(line => line.Contains("Sms:PerDay", StringComparison.Ordinal));
    }
}
