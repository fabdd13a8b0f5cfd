using Dapper;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>A recorded erasure happens: what broke off is finished, and what came meanwhile goes too.</summary>
public sealed class BrokenErasures
{
    private const string Phone = "13800000001";
    private const string Rows = "select id, status, order_key, version from complaints order by id";
    private const string Claims = "select scope, key, stream from claims order by scope, key";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_breaks_off_after_the_record_is_answered_as_done_and_finished_by_the_round(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var (store, id) = (desk.Site.Store, await Withdrawn(desk, "ORDER-1"));
        var person = await Person(desk);
        var browser = await desk.Site.Browsing(desk.Claimant);
        var before = await desk.Site.Head();
        await Table("joint_members", "joint_members_away");
        var left = await browser.Send("/me", "Close");
        (left.Status, left.Location).ShouldBe((302, "/left?on=2029-10-12"));
        await Table("joint_members_away", "joint_members");
        (await desk.Site.KindsSince(before)).ShouldBe(["account.locked", "complaint.locked"], ignoreOrder: true);
        (await AccountDesk.ProfileOf(store, person, Ct)).ShouldNotBeNull("it broke off before the keys");

        (await desk.Site.Appends([], () => Round(store))).ShouldBe(1);
        (await AccountDesk.ProfileOf(store, person, Ct)).ShouldBeNull();
        (await desk.Mediator.GetStringAsync(Desk.At(id), Ct)).ShouldNotContainAny(["水壶", "王小明", Phone]);
        (await desk.Site.Appends([], () => Round(store))).ShouldBe(0);

        Task Table(string from, string to) =>
            store.Write((db, tx) => db.ExecuteAsync($"alter table {from} rename to {to}", transaction: tx), Ct);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_was_filed_between_the_question_and_the_record_is_recorded_too(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var store = desk.Site.Store;
        var known = await Withdrawn(desk, "ORDER-1");
        var person = await Person(desk);
        var account = await store.Load(AccountBook.Instance, person, Ct);
        var old = await store.Load(ComplaintBook.Instance, Guid.Parse(known), Ct);
        var body = desk.Body("orderNo", "ORDER-2");
        var late = await desk.Filed(body);
        var report = Reports.Reporting.Named(desk.Shop);
        await desk.Claimant.PostJson(Reports.Reporting.Where, report).Json(201);
        // As an erasure that had asked before these two came.
        Change[] record =
        [
            store.Change(AccountBook.Instance, account, store.Now, "cli", [Account.Erase("request")]),
            store.Change(ComplaintBook.Instance, old, store.Now, "cli", [old.State!.Erase("request").Event!]),
        ];
        (await store.Append(new Commit(record), Ct)).ShouldBeOfType<Outcome.Done>();

        (await desk.Site.Appends(["complaint.erased", "report.erased"], () => Round(store))).ShouldBe(1);
        (await desk.Mediator.GetStringAsync(Desk.At(late), Ct)).ShouldNotContainAny(["水壶", "王小明", Phone]);
        (await AccountDesk.ProfileOf(store, person, Ct)).ShouldBeNull();
        var live = (await Read(store, Rows), await Read(store, Claims));
        live.Item2.ShouldNotContain("complaint-order");
        await Rebuilding.Run(store, Rooms.House.Listeners(store, ""), null, Ct);
        (await Read(store, Rows), await Read(store, Claims)).ShouldBe(live);
        (await desk.Site.Appends([], () => Round(store))).ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_a_person_sends_while_they_are_erased_is_gone_or_was_never_taken(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var (store, person) = (desk.Site.Store, await Person(desk));
        using var stop = new CancellationTokenSource();
        var sending = Enumerable.Range(0, 3).Select(n => Task.Run(() => Send(n), Ct)).ToList();
        await Eventually.Holds(async () => await Count("select count(*) from complaints") > 5, "some are filed");
        (await Erasure.Erase(store, person, "request", "cli", Ct)).Event!.Fault.ShouldBeNull();
        await Task.Delay(TimeSpan.FromMilliseconds(300), Ct);
        await stop.CancelAsync();
        await Task.WhenAll(sending);

        const string Kept = """
            select count(*) from complaints c where not exists (
              select 1 from events e where e.stream = c.id and e.kind = 'complaint.erased')
            """;
        (await Count(Kept)).ShouldBe(0);
        var keys = await store.Query<long>(
            "select s.key from streams s join complaints c on c.id = s.stream "
                + "union select s.key from streams s join evidence e on e.id = s.stream",
            null,
            Ct
        );
        keys.Count.ShouldBeGreaterThan(5);
        keys.ShouldAllBe(key => !store.Keys.Holds(key));
        (await Count("select count(*) from claims where scope = 'complaint-order'")).ShouldBe(0);

        async Task Send(int n)
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var body = desk.Body("orderNo", $"ORDER-{n}-{i}");
                using var filed = await desk.Claimant.PostJson("/api/v1/complaints", body);
                using var file = await desk.Claimant.Upload("%PDF-1.7 "u8.ToArray(), "a.pdf", "application/pdf");
            }
        }

        Task<long> Count(string sql) => store.First<long>(sql, null, Ct);
    }

    /// <summary>A case that must leave the base leaves it, also when nothing of it can be sealed any more.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_erased_case_can_be_excluded_and_included(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var id = await Desk.Then(desk.Delivered(), desk.Mediator, "close");
        var person = await Person(desk);
        (await Erasure.Erase(desk.Site.Store, person, "request", "cli", Ct)).Refusal.ShouldBeNull();
        var why = new { ground = "abuse", reason = "同一人反复投诉同一单" };
        await desk.Site.Appends(
            ["complaint.excluded"],
            () => desk.Reviewer.PostJson(Desk.At(id, "exclude"), why).Json()
        );
        (await desk.Mediator.GetStringAsync(Desk.At(id, "events"), Ct)).ShouldNotContain("反复");
        await desk.Site.Appends(
            ["complaint.included"],
            () => desk.Reviewer.PostJson(Desk.At(id, "include"), new { reason = "查实应当计入" }).Json()
        );
    }

    private static async Task<string> Withdrawn(Desk desk, string order) =>
        await Desk.Then(desk.Filed(desk.Body("orderNo", order)), desk.Claimant, "withdraw");

    private static async Task<Guid> Person(Desk desk) =>
        (await AccountDesk.FindByPhone(desk.Site.Store, Role.Claimant, Phone, Ct))!.Value;

    private static async Task<long> Round(Store store) =>
        await new ErasureRound(store, NullLogger<ErasureRound>.Instance).Finish(Ct);

    private static async Task<string> Read(Store store, string sql) =>
        string.Join(
            '\n',
            (await store.Query<dynamic>(sql, null, Ct)).Select(row =>
                string.Join('|', ((IDictionary<string, object?>)row).Values)
            )
        );
}
