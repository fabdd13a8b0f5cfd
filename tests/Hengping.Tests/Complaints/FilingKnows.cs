using System.Diagnostics;
using System.Net;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Demo;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// What filing knows without asking: who files, whom it is against, how much they filed today. It asks the database
/// nothing but its append, and what another node has changed meanwhile is never an old yes.
/// </summary>
public sealed class FilingKnows
{
    private static readonly Dictionary<string, string?> Limited = new(StringComparer.Ordinal)
    {
        ["Complaints:FilingsPerDay"] = "1000",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_filing_asks_the_database_nothing_but_its_append(Db db)
    {
        await using var desk = await Desk.On(await Site.Start(db, settings: Limited));
        var store = desk.Site.Store;
        await DemoHouse.Open(store, Ct);
        await desk.Filed();
        var asked = 0;
        store.WasAsked = () => asked += Activity.Current is null ? 0 : 1;

        await desk.Site.Appends(
            ["complaint.filed", "complaint.filed"],
            async () => (await desk.Filed(), await desk.Filed())
        );

        store.WasAsked = null;
        asked.ShouldBe(0);
        // The counter sees what a request asks.
        store.WasAsked = () => asked += Activity.Current is null ? 0 : 1;
        await desk.Claimant.GetStringAsync("/api/v1/complaints", Ct);
        store.WasAsked = null;
        asked.ShouldBeGreaterThan(0);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_merchant_that_another_node_merged_is_followed_at_once(Db db)
    {
        await using var desk = await Desk.Open(db);
        await using var other = await Store.Open(desk.Site.Place, Rooms.House, desk.Site.Clock, Ct);
        await desk.Filed();
        var seen = (await other.Load(MerchantBook.Instance, desk.Shop, Ct)).Version;
        (await MerchantUpkeep.Merge(other, desk.Shop, seen, desk.OtherShop, "同一家", "cli", Ct)).ShouldBeNull();

        var id = await desk.Site.Appends(["complaint.filed"], () => desk.Filed());

        var respondent = "select respondent from complaints where id = @id";
        (await other.First<Guid>(respondent, new { id = Guid.Parse(id) }, Ct)).ShouldBe(desk.OtherShop);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Whom_another_node_has_closed_files_nothing_more(Db db)
    {
        await using var desk = await Desk.Open(db);
        await using var other = await Store.Open(desk.Site.Place, Rooms.House, desk.Site.Clock, Ct);
        await desk.Filed();
        var account = await other.First<Guid>("select claimant from complaints", null, Ct);
        var loaded = await other.Load(AccountBook.Instance, account, Ct);
        var closed = other.Change(AccountBook.Instance, loaded, other.Now, "cli", [new AccountEvent.Closed()]);
        (await other.Append(new Commit([closed]), Ct)).ShouldBeOfType<Outcome.Done>();

        // The token was looked up within this second: the commit itself is judged.
        using var answer = await desk.Site.Appends([], () => desk.Claimant.PostJson("/api/v1/complaints", desk.Body()));

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
