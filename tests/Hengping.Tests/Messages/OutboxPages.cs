using System.Text.RegularExpressions;
using Hengping.App.Notices;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Messages;

/// <summary>/admin/outbox: what did not go out, without whom it was for; again, or never.</summary>
public sealed partial class OutboxPages
{
    private const string Phone = "13912345678";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_failed_message_is_shown_without_its_words_and_sent_again_or_dropped(Db engine)
    {
        await using var site = await Site.Start(engine);
        var (again, never) = (await Failed(site, "again"), await Failed(site, "never"));
        var admin = await site.Browsing(await site.As(Role.Admin));
        var page = await admin.GetStringAsync("/admin/outbox", Ct);
        page.ShouldContain("发送失败");
        page.ShouldContain("http 503");
        page.ShouldNotContain(Phone);
        page.ShouldNotContain("7KQ2-4M9D-X3AB");

        (await Post(admin, "Replay", ("id", $"{again}"))).ShouldBe(302);
        (await Post(admin, "Drop", ("id", $"{never}"))).ShouldBe(302);
        var letters = (await Outbox.Newest(site.Store, 10, Ct)).ToDictionary(l => l.Id);
        letters[again].State.ShouldBe("waiting");
        letters[again].Tries.ShouldBe(0);
        letters[never].State.ShouldBe("dropped");
        (await Outbox.Take(site.Store, [Channel.Sms], 10, Ct)).ShouldHaveSingleItem().Id.ShouldBe(again);

        // On its way now: neither twice nor never.
        (await Post(admin, "Replay", ("id", $"{again}"))).ShouldBe(409);
        (await Post(admin, "Drop", ("id", $"{again}"))).ShouldBe(409);
        (await Post(admin, "Drop", ("id", $"{never}"))).ShouldBe(409);
        (await Post(admin, "Replay", ("id", $"{Guid.NewGuid()}"))).ShouldBe(409);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_channel_is_tried_at_once(Db engine)
    {
        await using var server = await SmsServer.Start();
        var settings = new Dictionary<string, string?> { ["Sms:Url"] = server.Url, ["Sms:Key"] = "k" };
        await using var site = await Site.Start(engine, settings: settings);
        var admin = await site.Browsing(await site.As(Role.Admin));
        (await Post(admin, "Test", ("channel", "sms"), ("to", "139 1234 5678"))).ShouldBe(302);
        server.Orders.ShouldHaveSingleItem().Body.GetProperty("to").GetString().ShouldBe(Phone);
        (await Post(admin, "Test", ("channel", "sms"), ("to", "12"))).ShouldBe(400);
        (await Post(admin, "Test", ("channel", "email"), ("to", "a@b@c"))).ShouldBe(400);
        (await Post(admin, "Test", ("channel", "email"), ("to", "desk@example.org"))).ShouldBe(409, "no mail server");
        (await Post(admin, "Test", ("channel", "pigeon"), ("to", "x"))).ShouldBe(400);
    }

    private static async Task<Guid> Failed(Site site, string once)
    {
        var values = new Dictionary<string, string> { ["number"] = "7KQ2-4M9D-X3AB", ["link"] = "https://x.example" };
        await Outbox.Put(site.Store, new Message(once, Channel.Sms, NoticeWords.Delivered, Phone, values), Ct);
        var letter = (await Outbox.Newest(site.Store, 1, Ct))[0];
        var last = letter with { Tries = Outbox.TriesMax - 1 };
        (await OutboxKeeping.Note(site.Store, last, "http 503", Ct)).ShouldBe("failed");
        return letter.Id;
    }

    private static async Task<int> Post(HttpClient who, string handler, params (string Name, string Value)[] fields)
    {
        var token = FormToken().Match(await who.GetStringAsync("/admin/outbox", Ct)).Groups[1].Value;
        var form = fields.Append(("__RequestVerificationToken", token)).ToDictionary(f => f.Item1, f => f.Item2);
        using var content = new FormUrlEncodedContent(form);
        return (int)(await who.PostAsync("/admin/outbox?handler=" + handler, content, Ct)).StatusCode;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]*)\"")]
    private static partial Regex FormToken();
}
