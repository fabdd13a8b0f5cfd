using System.Diagnostics;
using System.Net;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Complaints;
using Hengping.App.Demo;
using Hengping.App.Merchants;
using Hengping.App.Operators;
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
        var asked = new List<string>();
        // Of a request, and not of what runs beside it.
        store.WasAsked = () =>
        {
            if (Activity.Current is not null)
                lock (asked)
                    asked.Add(Environment.StackTrace);
        };

        await desk.Filed();
        desk.Claimant.DefaultRequestHeaders.Add("Idempotency-Key", "filed-once");
        await desk.Filed();
        desk.Claimant.DefaultRequestHeaders.Remove("Idempotency-Key");

        // Whose a token is, and who runs the site, is asked once a second however much is filed.
        string[] bySecond = [nameof(TokenCallers), nameof(CurrentOperator)];
        asked.Where(at => !bySecond.Any(at.Contains)).ShouldBeEmpty();
        // The counter sees what a request asks.
        await desk.Claimant.GetStringAsync("/api/v1/complaints", Ct);
        store.WasAsked = null;
        asked.ShouldContain(at => at.Contains(nameof(ListComplaints), StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_merchant_that_another_node_merged_is_followed_at_once(Db db)
    {
        await using var desk = await Desk.Open(db);
        await using var other = await Store.Open(desk.Site.Place, Rooms.House, desk.Site.Clock, Ct);
        var twin = await desk.Site.Merchant("云上百货店", enrolled: false);
        await desk.Filed(desk.Body(twin));
        var seen = (await other.Load(MerchantBook.Instance, twin, Ct)).Version;
        (await MerchantUpkeep.Merge(other, twin, seen, desk.OtherShop, "同一家", "cli", Ct)).ShouldBeNull();

        var id = await desk.Site.Appends(["complaint.filed"], () => desk.Filed(desk.Body(twin)));

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
