using System.Net.Http.Headers;
using Hengping.App;
using Hengping.App.Complaints;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Operators;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Notices;

/// <summary>What people are told of their case, from filing on, in their own language.</summary>
public sealed class WhatIsSaid
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task From_filing_to_a_broken_promise_in_the_readers_language_and_the_operators_name(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        await SetUp(desk.Site);
        desk.Claimant.DefaultRequestHeaders.AcceptLanguage.Clear();
        desk.Claimant.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("en"));

        var id = await desk.Filed();
        var number = (await desk.Claimant.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString();
        await Says(
            desk,
            "claimant",
            "filed",
            $"[River Bank Mediation] Your complaint was received under number {number}; check it with your phone's "
        );
        await desk.Mediator.PostJson(Desk.At(id, "deliver")).Json();
        await desk.Mediator.PostJson(Desk.At(id, "offers"), desk.Offer()).Json();
        await desk.Merchant.PostJson(Desk.At(id, "offers/1/accept")).Json();
        await Says(
            desk,
            "claimant",
            "accepted-by-other",
            $"The other side accepted the offer in {number}; please answer by"
        );
        await desk.Claimant.PostJson(Desk.At(id, "offers/1/accept")).Json();
        var due = $"{Shanghai.DayOf(desk.Site.Clock.GetUtcNow().AddDays(10)):O}";
        await Says(desk, "claimant", "settled", $"Complaint {number} is settled, to be performed by {due}");
        await Says(desk, "respondent", "settled", $"【江岸消费调解中心】投诉 {number} 已和解，约定最晚 {due} 履行");

        desk.Site.Clock.Turn(TimeSpan.FromDays(11));
        await desk.Claimant.PostJson(Desk.At(id, "not-performed")).Json();
        await Says(desk, "respondent", "merchant-not-performed", $"投诉人反馈投诉 {number} 的和解没有履行，请在 ");
        await desk.Merchant.PostJson(Desk.At(id, "performance"), new { text = "已转账" }).Json();
        await Says(desk, "claimant", "performance-shown", "The merchant says the settlement of");
        desk.Site.Clock.Turn(TimeSpan.FromDays(3));
        await desk.Site.Of<ComplaintTicks>().RunDue(Ct);
        await Says(desk, "claimant", "not-performed", "was not found performed; it is in mediation");
        await Says(desk, "respondent", "not-performed", "没有查明已履行，进入调解");
        await desk.Mediator.PostJson(Desk.At(id, "performance/found"), new { reason = "回单已核对" }).Json();
        await Says(desk, "respondent", "found-performed", "调解员认定投诉");
    }

    /// <summary>The message says what the turn in the case says: whoever must act hears until when.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task Whoever_must_act_hears_when_their_turn_ends(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var returned = await desk.Filed();
        await desk.Mediator.PostJson(Desk.At(returned, "return"), new { missing = new[] { "order" } }).Json();
        await SaysTurn(returned, desk.Claimant, "complete", "claimant", "returned");
        var contested = await desk.Delivered();
        await desk
            .Merchant.PostJson(Desk.At(contested, "contest"), new { ground = "not-our-order", note = "查无此订单" })
            .Json();
        await SaysTurn(contested, desk.Claimant, "speakToContest", "claimant", "contested");
        var id = await desk.Offered();
        await SaysTurn(id, desk.Claimant, "answerOffer", "claimant", "offer");
        await desk.Claimant.PostJson(Desk.At(id, "offers/1/accept")).Json();
        desk.Site.Clock.Turn(TimeSpan.FromDays(11));
        await desk.Site.Of<ComplaintTicks>().RunDue(Ct);
        await SaysTurn(id, desk.Claimant, "confirmPerformance", "claimant", "performed");
        await desk.Claimant.PostJson(Desk.At(id, "not-performed")).Json();
        await SaysTurn(id, desk.Merchant, "prove", "respondent", "merchant-not-performed");

        async Task SaysTurn(string of, HttpClient who, string kind, string reader, string template)
        {
            var turn = (await who.GetAsync(Desk.At(of), Ct).Json()).GetProperty("turn");
            turn.GetProperty("kind").GetString().ShouldBe(kind);
            turn.GetProperty("yours").GetBoolean().ShouldBeTrue();
            var by = turn.GetProperty("by").GetDateTimeOffset().ToOffset(Shanghai.Offset);
            await Says(desk, reader, template, $"{by:yyyy-MM-dd HH:mm}");
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_offer_turned_down_is_told_to_who_made_it(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var id = await desk.Offered();
        await desk.Claimant.PostJson(Desk.At(id, "offers/1/reject")).Json();
        await Says(desk, "respondent", "turned-down", "的和解方案未被接受");
        (await Told(desk, "turned-down")).ShouldBe(["respondent"]);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task New_messages_are_gathered_to_one_an_hour_and_none_is_forgotten(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var id = await desk.Delivered();
        var other = await desk.Delivered();
        await Write(id, "第一条");
        (await Told(desk, "message")).ShouldBe(["respondent"]);
        desk.Site.Clock.Turn(TimeSpan.FromMinutes(20));
        await Write(id, "第二条");
        await Write(id, "第三条");
        await Write(other, "另一件");

        (await Told(desk, "message")).Count.ShouldBe(3);
        // The second of the case goes out an hour after the first, and tells of both that came meanwhile.
        (await Due(desk)).ShouldBe([TimeSpan.FromMinutes(-20), TimeSpan.Zero, TimeSpan.FromMinutes(40)]);
        desk.Site.Clock.Turn(TimeSpan.FromMinutes(101));
        await Write(id, "第四条");
        (await Told(desk, "message")).Count.ShouldBe(4);

        async Task Write(string complaint, string text)
        {
            await desk.Claimant.PostJson(Desk.At(complaint, "messages"), new { text }).Json();
            await Heard(desk);
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_reply_that_does_not_count_is_told_as_a_message(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var id = await Desk.Then(desk.Delivered(), desk.Merchant, "reply", new { text = "收到" });
        await Heard(desk);
        (await Told(desk, "message")).ShouldBe(["claimant"]);
        (await Told(desk, "reply")).ShouldBeEmpty();
        await desk
            .Mediator.PostJson(
                Desk.At(id, "validity"),
                new
                {
                    reply = 3,
                    valid = true,
                    reason = "附有凭证",
                }
            )
            .Json();
        await Heard(desk);
        (await Told(desk, "judged")).Order().ShouldBe(["claimant", "respondent"]);
    }

    private static async Task Says(Desk desk, string to, string template, string said)
    {
        await Heard(desk);
        var letters = await Outbox.Newest(desk.Site.Store, 50, Ct);
        var texts = letters.Where(l => l.Template == template).Select(desk.Site.TextOf).ToList();
        texts.ShouldContain(text => text.Contains(said), $"{template} to {to}: {string.Join(" | ", texts)}");
    }

    /// <summary>To whom messages with these words are queued, oldest first.</summary>
    private static async Task<IReadOnlyList<string>> Told(Desk desk, string template)
    {
        await Heard(desk);
        var once = await desk.Site.Store.Query<string>(
            "select once from outbox where template = @template order by made_at, id",
            new { template },
            Ct
        );
        return [.. once.Select(one => one.Split(':')[1])];
    }

    private static async Task<IEnumerable<TimeSpan>> Due(Desk desk)
    {
        var now = desk.Site.Store.Now.ToUnixTimeMilliseconds();
        var next = await desk.Site.Store.Query<long>(
            "select next_at from outbox where template = 'message' order by next_at",
            null,
            Ct
        );
        return next.Select(at => TimeSpan.FromMilliseconds(at - now));
    }

    private static Task Heard(Desk desk) =>
        Listening.CatchUp(desk.Site.Store, Rooms.House.Listeners(desk.Site.Store, ""), Ct);

    internal static async Task SetUp(Site site)
    {
        var house = site.Of<CurrentOperator>();
        var loaded = await site.Store.Load(OperatorBook.Instance, OperatorBook.Stream, Ct);
        var sign = new OperatorEvent.Described(
            OperatorKind.ThirdParty,
            "江岸消费调解中心",
            "River Bank Mediation",
            "",
            null,
            null
        );
        (await house.Append(loaded, [sign], "staff:1", Ct)).ShouldBeTrue();
    }
}
