using Hengping.App.Webhooks;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Webhooks;

/// <summary>What goes out: signed, in order, again for a day, then parked; again from a position.</summary>
public sealed class HookSending
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_merchant_hears_of_what_reached_it_and_of_nothing_else(Db engine)
    {
        await using var hooks = await Hooks.Open(engine);
        var (id, secret) = await hooks.Opened(hooks.Merchant);
        var (foreign, _) = await hooks.Opened(hooks.Desk.OtherMerchant);
        var complaint = await hooks.Desk.Filed();
        (await hooks.Send()).ShouldBe(0);
        hooks.Site.Clock.Turn(TimeSpan.FromMinutes(1));
        await hooks.Desk.Mediator.PostJson(Desk.At(complaint, "deliver")).Json();
        (await hooks.Send()).ShouldBe(1);
        hooks.Site.Clock.Turn(TimeSpan.FromMinutes(1));
        await hooks.Merchant.PostJson(Desk.At(complaint, "reply"), new { text = Hooks.Reply }).Json();
        (await hooks.Send()).ShouldBe(1);

        hooks.Receiver.Kinds.ShouldBe(["complaint.delivered", "complaint.replied"]);
        hooks.Receiver.All.ShouldAllBe(got => got.Object == Guid.Parse(complaint) && got.IsSignedBy(secret));
        hooks.Receiver.All[1].At.ShouldBe(hooks.Site.Clock.GetUtcNow(), TimeSpan.FromSeconds(1));
        hooks.Receiver.All[1].IsSignedBy(secret + "x").ShouldBeFalse();
        (await Hooks.Deliveries(hooks.Merchant, id))
            .Select(one => (one.Kind, one.State))
            .ShouldBe([("complaint.replied", "sent"), ("complaint.delivered", "sent")]);
        (await Hooks.Deliveries(hooks.Desk.OtherMerchant, foreign)).ShouldBeEmpty();
        (await hooks.Send()).ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_operators_own_hears_of_every_case_from_its_filing(Db engine)
    {
        await using var hooks = await Hooks.Open(engine);
        await hooks.Opened(hooks.Admin);
        var complaint = await hooks.Desk.Filed();
        (await hooks.Send()).ShouldBe(1);
        hooks.Receiver.Kinds.ShouldBe(["complaint.filed"]);
        hooks.Receiver.All[0].Object.ShouldBe(Guid.Parse(complaint));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_body_names_nobody(Db engine)
    {
        await using var hooks = await Hooks.Open(engine);
        await hooks.Opened(hooks.Admin);
        await hooks.Desk.InMediation();
        await hooks.Send();
        while (await hooks.Send() > 0) { }
        hooks.Receiver.All.Count.ShouldBeGreaterThan(3);
        string[] canaries = ["王小明", "13800000001", "水壶", "129.9", "浙江", "云上百货", "全额退款"];
        hooks.Receiver.All.ShouldAllBe(got =>
            canaries.All(canary => !got.Text.Contains(canary, StringComparison.Ordinal))
        );
        var fields = new[] { "id", "position", "kind", "object", "number", "at" };
        hooks.Receiver.All.ShouldAllBe(got => got.Body.EnumerateObject().Select(one => one.Name).SequenceEqual(fields));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Of_one_case_the_next_waits_for_the_earlier_one_and_other_cases_do_not(Db engine)
    {
        await using var hooks = await Hooks.Open(engine);
        await hooks.Opened(hooks.Merchant);
        var stuck = await hooks.Delivered(isReplied: true);
        hooks.Receiver.Answer = got => got.Object == Guid.Parse(stuck) ? 503 : 204;
        await hooks.Send();
        var other = await hooks.Desk.Filed(hooks.Desk.Body("problem", "after-sales"));
        await hooks.Desk.Mediator.PostJson(Desk.At(other, "deliver")).Json();
        await Drain();
        Of(other).ShouldContain("complaint.delivered");
        Of(stuck).Distinct().ShouldBe(["complaint.delivered"]);
        var before = Of(stuck).Count();

        hooks.Receiver.Answer = _ => 204;
        hooks.Site.Clock.Turn(TimeSpan.FromHours(1));
        await Drain();
        Of(stuck).Skip(before).ShouldBe(["complaint.delivered", "complaint.replied"]);
        var tried = hooks.Receiver.All.Where(got => got.Object == Guid.Parse(stuck)).Take(2).ToList();
        tried[0].Text.ShouldBe(tried[1].Text);

        IEnumerable<string> Of(string complaint) =>
            hooks.Receiver.All.Where(got => got.Object == Guid.Parse(complaint)).Select(got => got.Kind);

        async Task Drain()
        {
            while (await hooks.Send() > 0) { }
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task After_a_day_it_is_parked_and_shown_and_a_replay_brings_it(Db engine)
    {
        await using var hooks = await Hooks.Open(engine);
        var (id, _) = await hooks.Opened(hooks.Merchant);
        hooks.Receiver.Answer = _ => 500;
        await hooks.Delivered(isReplied: true);
        for (var hour = 0; hour < 40; hour++)
        {
            await hooks.Send();
            hooks.Site.Clock.Turn(TimeSpan.FromMinutes(61));
        }
        var shown = await Hooks.See(hooks.Merchant, id);
        shown.GetProperty("status").GetString().ShouldBe("parked");
        shown.GetProperty("parked").GetInt32().ShouldBe(1);
        shown.GetProperty("waiting").GetInt32().ShouldBe(1);
        (await hooks.Site.KindsSince(0)).Count(kind => kind == "hook.parked").ShouldBe(1);
        var tried = hooks.Receiver.All.Count;
        tried.ShouldBeInRange(20, 32);
        (await hooks.Merchant.GetAsync($"{Hooks.Door}/{id}/deliveries?state=parked", Ct).Json())
            .GetProperty("items")[0]
            .GetProperty("fault")
            .GetString()
            .ShouldBe("http 500");

        hooks.Receiver.Answer = _ => 204;
        hooks.Receiver.Forget();
        (await hooks.Send()).ShouldBe(0);
        await Hooks.Do(hooks.Merchant, id, "resume").Json();
        await Hooks.Do(hooks.Merchant, id, "replay", new { from = shown.GetProperty("parkedFrom").GetInt64() }).Json();
        while (await hooks.Send() > 0) { }
        hooks.Receiver.Kinds.ShouldBe(["complaint.delivered", "complaint.replied"]);
        (await Hooks.See(hooks.Merchant, id)).GetProperty("status").GetString().ShouldBe("active");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_replay_sends_the_same_once_more_from_its_position_on(Db engine)
    {
        await using var hooks = await Hooks.Open(engine);
        var (id, _) = await hooks.Opened(hooks.Merchant);
        await hooks.Delivered(isReplied: true);
        while (await hooks.Send() > 0) { }
        var first = hooks.Receiver.All;
        first.Select(got => got.Kind).ShouldBe(["complaint.delivered", "complaint.replied"]);
        hooks.Receiver.Forget();
        await Hooks.Do(hooks.Merchant, id, "replay", new { from = first[1].Position }).Json();
        (await Hooks.See(hooks.Merchant, id)).GetProperty("replaying").GetBoolean().ShouldBeTrue();
        while (await hooks.Send() > 0) { }
        hooks.Receiver.All.Select(got => got.Text).ShouldBe(first.Skip(1).Select(got => got.Text));
        (await Hooks.See(hooks.Merchant, id)).GetProperty("replaying").GetBoolean().ShouldBeFalse();
        (await hooks.Send()).ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Both_live_secrets_sign_until_the_older_is_retired(Db engine)
    {
        await using var hooks = await Hooks.Open(engine);
        var (id, old) = await hooks.Opened(hooks.Admin);
        await hooks.Desk.Filed();
        await hooks.Send();
        var rotated = await Hooks.Do(hooks.Admin, id, "rotate").Json();
        var fresh = rotated.GetProperty("secret").GetString()!;
        await hooks.Desk.Filed(hooks.Desk.Body("problem", "after-sales"));
        await hooks.Send();
        await Hooks.Do(hooks.Admin, id, "retire", new { key = rotated.GetProperty("keys")[0].GetString() }).Json();
        await hooks.Desk.Filed(hooks.Desk.Body("problem", "logistics"));
        await hooks.Send();
        hooks
            .Receiver.All.Select(got => (got.IsSignedBy(old), got.IsSignedBy(fresh)))
            .ShouldBe([(true, false), (true, true), (false, true)]);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_happens_in_a_pause_goes_out_afterwards(Db engine)
    {
        await using var hooks = await Hooks.Open(engine);
        var (id, _) = await hooks.Opened(hooks.Admin);
        await Hooks.Do(hooks.Admin, id, "pause").Json();
        await hooks.Desk.Filed();
        (await hooks.Send()).ShouldBe(0);
        hooks.Site.Clock.Turn(TimeSpan.FromDays(3));
        (await hooks.Send()).ShouldBe(0);
        await Hooks.Do(hooks.Admin, id, "resume").Json();
        (await hooks.Send()).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_closed_is_told_nothing_more()
    {
        await using var hooks = await Hooks.Open(Db.Sqlite);
        var (id, _) = await hooks.Opened(hooks.Admin);
        await hooks.Desk.Filed();
        await Hooks.Do(hooks.Admin, id, "close").Json();
        (await hooks.Send()).ShouldBe(0);
        hooks.Receiver.All.ShouldBeEmpty();
        await Hooks.Do(hooks.Admin, id, "test").Refused(409, "hook.closed");
    }

    [Fact]
    public async Task History_is_told_to_nobody()
    {
        await using var hooks = await Hooks.Open(Db.Sqlite);
        await hooks.Opened(hooks.Admin);
        await hooks.Desk.Filed();
        hooks.Site.Clock.Turn(TimeSpan.FromDays(2));
        (await hooks.Send()).ShouldBe(0);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var hooks = await Hooks.Open(Db.Sqlite);
        var (id, _) = await hooks.Opened(hooks.Admin, hooks.Receiver.Moved);
        var tried = await Hooks.Do(hooks.Admin, id, "test").Json();
        tried.GetProperty("taken").GetBoolean().ShouldBeFalse();
        tried.GetProperty("fault").GetString().ShouldBe("http 307");
        hooks.Receiver.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trial_says_what_came_of_it_and_is_sent_ten_times_a_minute()
    {
        await using var hooks = await Hooks.Open(Db.Sqlite);
        var (id, secret) = await hooks.Opened(hooks.Admin);
        var tried = await hooks.Site.Appends([], () => Hooks.Do(hooks.Admin, id, "test").Json());
        tried.GetProperty("taken").GetBoolean().ShouldBeTrue();
        hooks.Receiver.All.ShouldHaveSingleItem().IsSignedBy(secret).ShouldBeTrue();
        hooks.Receiver.Kinds.ShouldBe(["webhook.test"]);
        for (var more = 1; more < 10; more++)
            await Hooks.Do(hooks.Admin, id, "test").Json();
        await Hooks.Do(hooks.Admin, id, "test").Refused(429, "hook.tests");
    }

    [Fact]
    public async Task Without_the_option_nothing_is_connected_to_here()
    {
        await using var receiver = await HookReceiver.Start();
        using var outside = new HookHttp(new ConfigurationBuilder().Build());
        var port = new Uri(receiver.Url).Port;
        // A name that is taken by its letters, and leads here: what a name server may say at any time.
        var way = new HookWay(1, $"https://{Loopback}:{port}/hooks", [new HookKey("k", "s")]);
        (await outside.Send(way, "{}"u8.ToArray(), Days.Monday, Ct)).ShouldBe("private");
        receiver.All.ShouldBeEmpty();
        (await outside.Judge(receiver.Url, Ct)).No.ShouldNotBeNull();
    }

    [Fact]
    public async Task Whoever_answers_nothing_is_unreachable()
    {
        await using var hooks = await Hooks.Open(Db.Sqlite);
        var gone = await HookReceiver.Start();
        var url = gone.Url;
        await gone.DisposeAsync();
        var (id, _) = await hooks.Opened(hooks.Admin, url);
        (await Hooks.Do(hooks.Admin, id, "test").Json()).GetProperty("fault").GetString().ShouldBe("unreachable");
    }

    private const string Loopback = "127.0.0.1";
}
