using System.Text;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Complaints;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Accounts;
using Hengping.Rules.Ratings;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Hengping.Tests.Ratings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>What is kept and what goes: published lists outlive persons, age erases, a legal hold waits.</summary>
public sealed class KeepingTests
{
    private const string Story = "独角鲸牌电饭煲第三次冒烟了,客服说与他们无关,我很害怕";
    private static readonly string[] Words = ["独角鲸", "冒烟", "欧阳霓裳", "13911112222", "ORDER-4455"];
    private static readonly object Hold = new { ground = "litigation", reason = "法院函调取独角鲸案材料" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Every_published_list_still_verifies_when_a_person_in_it_was_erased(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        for (var i = 0; i < 6; i++)
        {
            var phone = i == 0 ? "13911112222" : $"1391111333{i}";
            var claimant = await site.As(Role.Claimant, phone: phone, name: "欧阳霓裳");
            await Scored(desk, claimant, i);
        }
        site.Clock.TurnTo(new DateTimeOffset(2026, 11, 21, 4, 0, 0, TimeSpan.Zero));
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        var lists = new List<ListEvent.Published>();
        foreach (var period in new[] { "2026-10", "2026-1111" })
        {
            var asked = ListRequest.Parse(period, null, null, null, Unscored.Zero, site.Store.Now).Event!;
            lists.Add((await PublishList.Run(site.Store, asked, null, "cli", Ct)).Event!);
        }
        lists[0].Json.ShouldContain(desk.Shop.ToString("D"));

        var person = await AccountDesk.FindByPhone(site.Store, Role.Claimant, "13911112222", Ct);
        (await Erasure.Erase(site.Store, person!.Value, "request", "cli", Ct)).Refusal.ShouldBeNull();
        // The others told the same story, so they go too: then the words may be nowhere.
        for (var i = 1; i < 6; i++)
        {
            person = await AccountDesk.FindByPhone(site.Store, Role.Claimant, $"1391111333{i}", Ct);
            (await Erasure.Erase(site.Store, person!.Value, "request", "cli", Ct)).Refusal.ShouldBeNull();
        }

        foreach (var list in lists)
            Verifies(site, list);
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        await Rebuilding.Run(site.Store, Rooms.House.Listeners(site.Store, ""), null, Ct);
        (await LogDigest.Of(site.Store, null, Ct)).Break.ShouldBeNull();
        foreach (var list in lists)
            Verifies(site, list);
        await AtRest.NothingSays(site, Words);
        var mediator = await site.Browsing(desk.Mediator);
        foreach (var page in new[] { "/", "/ratings?period=2026-10", $"/merchants/{desk.Shop}", "/desk?view=all" })
            (await mediator.GetStringAsync(page, Ct)).ShouldNotContainAny(Words, page);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Three_years_after_its_end_a_case_is_erased_and_one_under_a_hold_waits(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var (old, paper) = await Ended(desk, "ORDER-1");
        var (held, _) = await Ended(desk, "ORDER-2");
        var open = await desk.Filed(desk.Body("story", Story));
        await desk.Reviewer.PostJson(Desk.At(held, "hold"), Hold).Json();
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        var retention = new Retention(site.Store, new ConfigurationBuilder().Build(), NullLogger<Retention>.Instance);

        site.Clock.TurnTo(Days.Monday.AddYears(3).AddMinutes(-1));
        (await site.Appends([], () => retention.EraseSome(Ct))).ShouldBe(0);
        site.Clock.TurnTo(Days.Monday.AddYears(3).AddMinutes(1));
        (await site.Appends(["complaint.erased"], () => retention.EraseSome(Ct))).ShouldBe(1);
        (await site.Appends([], () => retention.EraseSome(Ct))).ShouldBe(0);
        await Reads(desk, old, null);
        await Reads(desk, held, Story);
        await Reads(desk, open, Story);
        Evidence(site, paper).ShouldBeNull();
        var found = await desk.Mediator.GetAsync($"/api/v1/complaints?q={Uri.EscapeDataString("独角鲸")}", Ct).Json();
        found.GetProperty("items").GetArrayLength().ShouldBe(2);

        await desk.Reviewer.PostJson(Desk.At(held, "hold/lift"), new { reason = "已结案" }).Json();
        (await site.Appends(["complaint.erased"], () => retention.EraseSome(Ct))).ShouldBe(1);
        await Reads(desk, held, null);
        await desk.Reviewer.PostJson(Desk.At(held, "hold"), Hold).Refused(409, "complaint.nothing-to-hold");
        (await LogDigest.Of(site.Store, null, Ct)).Break.ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_erasure_that_died_after_its_record_is_finished(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var (id, paper) = await Ended(desk, "ORDER-9");
        var (store, stream) = (desk.Site.Store, Guid.Parse(id));
        var loaded = await store.Load(ComplaintBook.Instance, stream, Ct);
        var erased = loaded.State!.Erase("age").Event!;
        var change = store.Change(ComplaintBook.Instance, loaded, store.Now, "clock", [erased]);
        (await store.Append(new Commit([change]), Ct)).ShouldBeOfType<Outcome.Done>();
        await Reads(desk, id, Story);
        await Listening.CatchUp(store, Rooms.House.Listeners(store, ""), Ct);
        var retention = new Retention(store, new ConfigurationBuilder().Build(), NullLogger<Retention>.Instance);
        await desk.Site.Appends(
            [],
            async () =>
            {
                await retention.FinishErased(Ct);
                return 0;
            }
        );
        await Reads(desk, id, null);
        Evidence(desk.Site, paper).ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_held_case_keeps_its_claimant_from_being_erased_and_says_so(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var (held, _) = await Ended(desk, "ORDER-3");
        var number = (await desk.Claimant.GetAsync(Desk.At(held)).Json()).GetProperty("number").GetString()!;
        await desk.Reviewer.PostJson(Desk.At(held, "hold"), Hold).Json();
        var person = (await AccountDesk.FindByPhone(site.Store, Role.Claimant, "13800000001", Ct))!.Value;

        var refused = await site.Appends([], () => Erasure.Erase(site.Store, person, "request", "cli", Ct));
        refused.Refusal!.Code.ShouldBe("complaint.on-hold");
        refused.Refusal.Zh.ShouldContain(number);
        refused.Refusal.En.ShouldContain("legal hold");
        await Reads(desk, held, Story);

        var story = (await desk.Claimant.GetAsync(Desk.At(held, "events")).Json()).GetRawText();
        story.ShouldContain("litigation");
        story.ShouldNotContain("法院函");
        (await desk.Merchant.GetAsync(Desk.At(held, "events")).Json()).GetRawText().ShouldNotContain("hold");
        var staff = (await desk.Mediator.GetAsync(Desk.At(held, "events")).Json()).GetRawText();
        staff.ShouldContain("法院函");

        await desk.Reviewer.PostJson(Desk.At(held, "hold/lift"), new { reason = "已结案" }).Json();
        var erased = await site.Appends(
            ["account.erased", "complaint.erased"],
            () => Erasure.Erase(site.Store, person, "request", "cli", Ct)
        );
        erased.Refusal.ShouldBeNull();
        var after = (await desk.Mediator.GetAsync(Desk.At(held)).Json()).GetRawText();
        after.ShouldNotContainAny(["独角鲸", "王小明", "13800000001"]);
    }

    private static async Task Scored(Desk desk, HttpClient claimant, int n)
    {
        var body = desk.Body("story", Story);
        body["orderNo"] = "ORDER-4455";
        body["contact"] = new { name = "欧阳霓裳", phone = "13911112222" };
        var receipt = await claimant.PostJson("/api/v1/complaints", body).Json(201);
        var id = receipt.GetProperty("id").GetString()!;
        await desk.Mediator.PostJson(Desk.At(id, "deliver")).Json();
        if (n % 2 == 0)
            await desk
                .Merchant.PostJson(Desk.At(id, "reply"), new { text = $"已为您办理全额退款,第{n}笔3日内原路到账。" })
                .Json();
        await claimant
            .PostJson(
                Desk.At(id, "score"),
                new
                {
                    satisfaction = n,
                    resolved = "no",
                    comment = Story,
                }
            )
            .Json();
    }

    private static async Task<(string Id, Guid Paper)> Ended(Desk desk, string order)
    {
        byte[] bytes = [.. "%PDF-1.7 "u8, .. Encoding.UTF8.GetBytes(Story + order)];
        var paper = await desk.Claimant.Upload(bytes, "a.pdf", "application/pdf").Json(201);
        var evidence = paper.GetProperty("id").GetGuid();
        var body = desk.Body("story", Story);
        (body["orderNo"], body["evidence"]) = (order, new[] { evidence });
        var id = await Desk.Then(desk.Filed(body), desk.Mediator, "deliver");
        await desk.Mediator.PostJson(Desk.At(id, "close")).Json();
        return (id, evidence);
    }

    private static async Task Reads(Desk desk, string id, string? story)
    {
        var shown = await desk.Mediator.GetAsync(Desk.At(id)).Json();
        var said = shown.TryGetProperty("story", out var text) ? text.GetString() : null;
        said.ShouldBe(story);
        // The claimant's account lives on; who they were in this case goes with the case, and so do its messages.
        shown.TryGetProperty("claimant", out _).ShouldBe(story is not null);
        if (story is not null)
            return;
        var staff = await desk.Site.Browsing(desk.Mediator);
        var room = await staff.GetStringAsync($"/cases/{shown.GetProperty("number").GetString()}", Ct);
        room.ShouldNotContainAny(["王小明", "13800000001"]);
        const string Letters = "select count(*) from outbox where complaint = @id";
        (await desk.Site.Store.First<long>(Letters, new { id = Guid.Parse(id) }, Ct)).ShouldBe(0);
    }

    private static Stream? Evidence(Site site, Guid id)
    {
        var row = site.Store.Query<(string File, long Bytes)>(
            "select file, bytes from evidence where id = @id",
            new { id },
            Ct
        );
        var (file, bytes) = row.GetAwaiter().GetResult()[0];
        return SealedFile.Read(
            site.Store.Keys,
            id,
            SealedFile.PathOf(UploadEvidence.Directory(site.Place), file),
            bytes
        );
    }

    private static void Verifies(Site site, ListEvent.Published list) =>
        OpenData.Verify(site.Place.Data, list).ShouldBeNull();
}
