using System.Text;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>
/// After an erasure a person's words are nowhere: no table, file, index, door or backup, old ones included.
/// </summary>
public sealed class ErasureTests
{
    private const string Story = "独角鲸牌电饭煲第三次爆炸了,客服说与他们无关,我很害怕";
    private const string Phone = "13911112222";

    private static readonly string[] Words =
    [
        "独角鲸",
        "爆炸",
        "欧阳霓裳",
        Phone,
        "ORDER-7788",
        "非常抱歉给您带来困扰",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Nothing_of_an_erased_person_can_be_read_again(Db engine)
    {
        await using var site = await Site.Start(engine);
        var (claimant, mediator, id) = await DeliveredCase(site);
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        (await Found(mediator)).ShouldBe(1);
        // Also before the erasure: what people said and who they are never lies open at rest.
        await AtRest.NothingSays(site, Words);
        var early = Path.Combine(site.Place.Data, "early.backup");
        await Backup.Write(site.Store, early, null, Ct);

        var person = await AccountDesk.FindByPhone(site.Store, Role.Claimant, Phone, Ct);
        var erased = await Erasure.Erase(site.Store, person!.Value, "request", "cli", Ct);
        erased.Refusal.ShouldBeNull();
        erased.Event!.Cases.ShouldBe(1);
        erased.Event.Evidence.ShouldBe(1);

        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        (await Found(mediator)).ShouldBe(0);
        (await mediator.GetStringAsync($"/api/v1/complaints/{id}", Ct)).ShouldNotContainAny(Words);
        (await mediator.GetStringAsync($"/api/v1/complaints/{id}/events", Ct)).ShouldNotContainAny(Words);
        // A token is remembered for a second.
        await Task.Delay(TimeSpan.FromSeconds(1.1), Ct);
        await claimant.GetAsync($"/api/v1/complaints/{id}", Ct).Refused(401, "unauthorized");
        (await LogDigest.Of(site.Store, null, Ct)).Break.ShouldBeNull();
        await Rebuilding.Run(site.Store, Rooms.House.Listeners(site.Store, ""), null, Ct);
        (await Found(mediator)).ShouldBe(0);
        await AtRest.NothingSays(site, Words);
        await RestoredItStaysErased(site, early);
    }

    /// <summary>One phone may open an account of each role; which of them asked, a number does not say.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_phone_of_two_accounts_erases_neither_and_what_is_no_number_is_nobodys(Db engine)
    {
        await using var site = await Site.Start(engine);
        await site.As(Role.Claimant, phone: Phone);
        await site.As(Role.Merchant, merchant: await site.Merchant("云上百货"), phone: Phone);
        await site.As(Role.Claimant, phone: "abc");
        Task<int> Asked(string person)
        {
            string[] call = ["erase", "--person", person, "--data", site.Place.Data, "--keys", site.Place.Keys];
            string[] database = site.Place.Postgres is { } db ? ["--db", db] : [];
            return Cli.Run(Rooms.House.Commands(), [.. call, .. database]);
        }
        (await site.Appends([], () => Asked(Phone))).ShouldBe(1);
        (await site.Appends([], () => Asked("xyz"))).ShouldBe(1);
        var person = await AccountDesk.FindByPhone(site.Store, Role.Claimant, Phone, Ct);
        (await site.Appends(["account.erased"], () => Asked(person!.Value.ToString()))).ShouldBe(0);
        (await AccountDesk.FindByPhone(site.Store, Role.Merchant, Phone, Ct)).ShouldNotBeNull();
    }

    /// <summary>Whoever writes the address of somebody else into their profile takes nothing of theirs along.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_address_of_somebody_else_in_a_profile_erases_nothing_of_theirs(Db engine)
    {
        await using var site = await Site.Start(engine);
        var store = site.Store;
        var hers = await site.Browsing(await site.As(Role.Claimant, phone: "13800000001", name: "王小明"));
        var his = await site.Browsing(await site.As(Role.Claimant, phone: "13800000002", name: "李大力"));
        (string, string?)[] mail = [("name", "王小明"), ("email", "wang@example.org")];
        (await hers.Send("/me", "Correct", mail)).Status.ShouldBe(302);
        (await hers.Send("/me", "MailCode")).Status.ShouldBe(302);
        (await his.Send("/me", "Correct", mail)).Status.ShouldBe(302);
        (await his.Send("/me", "Close")).Status.ShouldBe(302);

        var gone = await AccountDesk.FindByPhone(store, Role.Claimant, "13800000002", Ct);
        gone.ShouldBeNull();
        var her = await AccountDesk.FindByPhone(store, Role.Claimant, "13800000001", Ct);
        (await AccountDesk.ProfileOf(store, her!.Value, Ct))!.Name.ShouldBe("王小明");
        (await store.Query<int>("select 1 from outbox where account = @her", new { her }, Ct)).ShouldNotBeEmpty();
    }

    /// <summary>A shop names the same paper in many answers: it goes with the last case that has it.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_is_evidence_in_somebody_elses_case_stays_until_that_one_goes(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var store = desk.Site.Store;
        byte[] paper = [.. "%PDF-1.7 "u8, .. Encoding.UTF8.GetBytes("营业执照")];
        var file = (await desk.Merchant.Upload(paper, "执照.pdf", "application/pdf").Json(201)).GetProperty("id");
        var cases = new List<string>();
        foreach (var who in new[] { desk.Claimant, desk.Stranger })
        {
            var body = Filing.To(desk.Shop, $"E{cases.Count}", "买的水壶第三天就不加热了，联系店里没有结果。");
            cases.Add((await who.PostJson("/api/v1/complaints", body).Json(201)).GetProperty("id").GetString()!);
            await desk.Mediator.PostJson(Desk.At(cases[^1], "deliver")).Json();
            var reply = new { text = "已为您办理全额退款，三日内原路到账，证照附后。", evidence = new[] { file } };
            await desk.Merchant.PostJson(Desk.At(cases[^1], "reply"), reply).Json();
        }
        var at = $"/api/v1/evidence/{file.GetGuid()}";
        foreach (var (phone, still) in new[] { ("13800000001", true), ("13800000002", false) })
        {
            var person = await AccountDesk.FindByPhone(store, Role.Claimant, phone, Ct);
            (await Erasure.Erase(store, person!.Value, "request", "cli", Ct)).Event!.Evidence.ShouldBe(still ? 0 : 1);
            if (still)
                (await desk.Mediator.GetByteArrayAsync(at, Ct)).ShouldBe(paper);
            else
                await desk.Mediator.GetAsync(at, Ct).Refused(404, "not-found");
        }
    }

    private static async Task<(HttpClient Claimant, HttpClient Mediator, Guid Id)> DeliveredCase(Site site)
    {
        var shop = await site.Merchant("某某家电");
        var claimant = await site.As(Role.Claimant, phone: Phone, name: "欧阳霓裳");
        var mediator = await site.As(Role.Mediator);
        var merchant = await site.As(Role.Merchant, shop);
        byte[] paper = [.. "%PDF-1.7 "u8, .. Encoding.UTF8.GetBytes(Story)];
        var evidence = await claimant.Upload(paper, "欧阳霓裳.pdf", "application/pdf").Json(201);
        var filed = await claimant
            .PostJson(
                "/api/v1/complaints",
                new
                {
                    kind = "consumer",
                    respondent = new { id = shop },
                    orderNo = "ORDER-7788",
                    sector = "general-retail",
                    problem = "quality",
                    story = Story,
                    demands = new[] { "refund" },
                    evidence = new[] { evidence.GetProperty("id").GetGuid() },
                    contact = new { name = "欧阳霓裳", phone = Phone },
                    consents = new
                    {
                        passOn = true,
                        publish = false,
                        call = false,
                    },
                    liabilityAccepted = true,
                    channel = "web",
                }
            )
            .Json(201);
        var id = filed.GetProperty("id").GetGuid();
        await mediator.PostJson($"/api/v1/complaints/{id}/deliver").Json();
        await merchant
            .PostJson($"/api/v1/complaints/{id}/reply", new { text = "非常抱歉给您带来困扰,我们今天就为您办理退款" })
            .Json();
        return (claimant, mediator, id);
    }

    private static async Task<int> Found(HttpClient mediator)
    {
        var page = await mediator.GetAsync($"/api/v1/complaints?q={Uri.EscapeDataString("独角鲸")}", Ct).Json();
        return page.GetProperty("items").GetArrayLength();
    }

    private static async Task RestoredItStaysErased(Site site, string backup)
    {
        using var other = await EmptyPlace.On(Db.Sqlite);
        var place = other.Place.WithCopiedKeys(site.Place);
        await using var store = await Store.Open(place, Rooms.House, new TurnableClock(Days.Monday), Ct);
        await Restore.Run(store, backup, Rooms.House.Listeners(store, ""), null, Ct);
        var person = (await store.Query<Guid>("select id from accounts where role = 'claimant'", null, Ct))[0];
        (await AccountDesk.ProfileOf(store, person, Ct)).ShouldBeNull();
        var paper = (
            await store.Query<(Guid Id, string File, long Bytes)>("select id, file, bytes from evidence", null, Ct)
        )[0];
        var path = SealedFile.PathOf(UploadEvidence.Directory(place), paper.File);
        File.Exists(path).ShouldBeTrue();
        SealedFile.Read(store.Keys, paper.Id, path, paper.Bytes).ShouldBeNull();
    }
}
