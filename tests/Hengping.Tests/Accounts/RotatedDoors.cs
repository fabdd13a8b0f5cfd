using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>After <c>keys rotate</c> beside the running site everybody gets in as before, and old prints are noise.
/// </summary>
public sealed class RotatedDoors
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Phones_orders_links_and_codes_work_after_it_and_after_a_rebuild(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var store = site.Store;
        var caller = await Canary.Enter(store, site.Clock);
        var body = desk.Body("orderNo", Canary.Order);
        var id = (await desk.Claimant.PostJson("/api/v1/complaints", body).Json(201)).GetProperty("id").GetString()!;
        var link = ScoreComplaint.TokenOf(store, Guid.Parse(id), 0);
        var (_, pair) = await Reporting.Filed(site, desk.Claimant, Reporting.Named(desk.Shop));
        var codes = RecoveryCodes.Draw();
        var staff = await Hired(store, codes);
        await Listening.CatchUp(store, Rooms.House.Listeners(store, ""), Ct);
        var before = await Canary.Rows(store);
        var (sets, digest) = (store.Keys.Prints, (await LogDigest.Of(store, null, Ct)).Digest);

        await Rotate(site);

        (await LogDigest.Of(store, null, Ct)).Digest.ShouldBe(digest, "the log is what it was");
        var rows = await Canary.Rows(store);
        rows.Count.ShouldBe(before.Count);
        rows.Intersect(before).Where(row => row.Contains("print") || row.StartsWith("phone")).ShouldBeEmpty();
        store.Keys.Prints.From.ShouldBeGreaterThan(sets.From, "the running site prints with the new set");
        await Rebuilding.Run(store, Rooms.House.Listeners(store, ""), null, Ct);
        (await Canary.Rows(store)).ShouldBe(rows);

        (await Canary.Enter(store, site.Clock)).Account.ShouldBe(caller.Account, "no second account for a phone");
        await desk.Claimant.PostJson("/api/v1/complaints", body).Refused(409, "complaint.duplicate");
        ScoreComplaint.TokenOf(store, Guid.Parse(id), 0).ShouldBe(link);
        await site.Anyone.PostJson($"{Reporting.Where}/follow", pair).Json();
        var print = RecoveryCodes.Print(store, staff, codes[3]);
        (await SignIn.In(store, staff, account => account.EnterByCode(print), Ct)).Caller.ShouldNotBeNull();
        var word = await desk.Mediator.GetAsync($"/api/v1/complaints?q={Uri.EscapeDataString("水壶")}", Ct).Json();
        word.GetProperty("items").GetArrayLength().ShouldBe(1, "the index was made again");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Prints_in_old_logs_and_backups_are_noise_after_it(Db engine)
    {
        await using var site = await Site.Start(engine);
        var account = await Canary.OpenedBefore(site.Store);
        var old = Canary.PrintsOf(site.Store.Keys.Prints, account, Guid.Empty);
        var backup = Path.Combine(site.Place.Data, "old.backup");
        await Backup.Write(site.Store, backup, null, Ct);
        (await Canary.Dump(site)).Says(AccountDesk.PhonePrint(site.Store, Canary.Phone));

        await Rotate(site);

        (await AccountDesk.FindByPhone(site.Store, Role.Claimant, Canary.Phone, Ct)).ShouldBe(account);
        var live = Canary.PrintsOf(site.Store.Keys.Prints, account, Guid.Empty);
        live.Except(old).ShouldNotBeEmpty();
        var dump = await Canary.Dump(site);
        dump.Where(one => one.Where == backup).ToList().SaysNone(live);
        dump.Where(one => one.Where.StartsWith("events.")).ToList().SaysNone(live);
        (await Erasure.Erase(site.Store, account, "request", "cli", Ct)).Refusal.ShouldBeNull();
        await site.Store.Wipe(Ct);
        (await Canary.Dump(site)).SaysNone(live);

        using var other = await EmptyPlace.On(Db.Sqlite);
        var place = other.Place.WithCopiedKeys(site.Place);
        await using var store = await Store.Open(place, Rooms.House, new TurnableClock(Days.Monday), Ct);
        await Restore.Run(store, backup, Rooms.House.Listeners(store, ""), null, Ct);
        (await Canary.Rows(store)).SelectMany(row => row.Split(' ')).Intersect(old).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Stopped_once_the_rows_are_printed_the_next_start_finds_people_and_words(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var (site, store) = (desk.Site, desk.Site.Store);
        var caller = await Canary.Enter(store, site.Clock);
        await desk.Claimant.PostJson("/api/v1/complaints", desk.Body("orderNo", Canary.Order)).Json(201);
        await Listening.CatchUp(store, Rooms.House.Listeners(store, ""), Ct);
        await using (var killed = await Store.Open(site.Place, Rooms.House, site.Clock, Ct))
        {
            killed.Keys.BeginMaster();
            var prints = killed.Keys.NextPrints();
            var progress = new List<(long Done, long Total)>();
            var printed = await killed.Alone(
                session =>
                    Reprinting
                        .Rows(killed, session, prints, (done, total) => progress.Add((done, total)))
                        .GetAwaiter()
                        .GetResult(),
                Ct
            );
            progress.ShouldAllBe(one => one.Done <= one.Total && one.Total == printed);
            progress[^1].Done.ShouldBe(printed);
        }

        await using (var next = await Store.Open(site.Place, Rooms.House, site.Clock, Ct))
            await Listening.CatchUp(next, Rooms.House.Listeners(next, ""), Ct);
        await Task.Delay(TimeSpan.FromSeconds(0.6), Ct);

        (await Canary.Enter(store, site.Clock)).Account.ShouldBe(caller.Account);
        var word = await desk.Mediator.GetAsync($"/api/v1/complaints?q={Uri.EscapeDataString("水壶")}", Ct).Json();
        word.GetProperty("items").GetArrayLength().ShouldBe(1, "the index is heard again by whoever hears");
    }

    [Fact]
    public async Task A_database_put_back_as_files_is_printed_again_at_the_next_start()
    {
        using var empty = await EmptyPlace.On(Db.Sqlite);
        var profile = new Profile(Canary.Name, Canary.Phone, null, null);
        var file = Path.Combine(empty.Place.Data, "hengping.db");
        Guid account;
        await using (var store = await Open(empty.Place))
            account = (await AccountDesk.Open(store, Role.Claimant, profile, null, "cli", [], Ct)).Event!.Id;
        File.Copy(file, file + ".before");
        await using (var store = await Open(empty.Place))
            await Rotation.Run(store, Rooms.House.Listeners(store, ""), Ct);
        foreach (var beside in new[] { "-wal", "-shm" })
            File.Delete(file + beside);
        File.Move(file + ".before", file, overwrite: true);

        await using var again = await Open(empty.Place);
        (await AccountDesk.FindByPhone(again, Role.Claimant, Canary.Phone, Ct)).ShouldBe(account);
        (await AccountDesk.Open(again, Role.Claimant, profile, null, "cli", [], Ct)).Refusal.ShouldBe(
            AccountDesk.PhoneTaken
        );
    }

    private static Task<Store> Open(StorePlace place) =>
        Store.Open(place, Rooms.House, new TurnableClock(Days.Monday), Ct);

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_was_decided_under_the_old_keys_is_a_lost_race(Db engine)
    {
        await using var site = await Site.Start(engine);
        var profile = new Profile(Canary.Name, Canary.Phone, null, null);
        var late = AccountDesk.Opening(site.Store, Role.Claimant, profile, null, "cli", []);
        await using (var beside = await Store.Open(site.Place, Rooms.House, site.Clock, Ct))
        {
            await AccountDesk.Open(beside, Role.Claimant, profile, null, "cli", [], Ct);
            await Rotation.Run(beside, Rooms.House.Listeners(beside, ""), Ct);
        }
        var outcome = await site.Appends([], () => site.Store.Append(new Commit([late]), Ct));
        outcome.ShouldBeOfType<Outcome.Raced>("else one phone had two accounts");
        (await AccountDesk.Open(site.Store, Role.Claimant, profile, null, "cli", [], Ct)).Refusal.ShouldBe(
            AccountDesk.PhoneTaken
        );
    }

    private static async Task<Guid> Hired(Store store, IReadOnlyList<string> codes)
    {
        var profile = new Profile("王调解", null, null, Canary.Login);
        var opened = await AccountDesk.Open(store, Role.Mediator, profile, null, "cli", [], Ct);
        var id = opened.Event!.Id;
        var prints = RecoveryCodes.Prints(store, id, codes);
        AccountEvent[] also = [new AccountEvent.RecoveryCodesMade(prints)];
        (await AccountDesk.Append(store, id, a => a.SetAuthenticator("ABC", 1), also, "cli", Ct)).ShouldBeNull();
        return id;
    }

    /// <summary>As the command does, in a process of its own beside the site.</summary>
    private static async Task Rotate(Site site)
    {
        await using (var beside = await Store.Open(site.Place, Rooms.House, site.Clock, Ct))
            (await Rotation.Run(beside, Rooms.House.Listeners(beside, ""), Ct)).Printed.ShouldBeGreaterThan(0);
        await Task.Delay(TimeSpan.FromSeconds(0.6), Ct);
    }
}
