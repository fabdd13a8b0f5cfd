using Dapper;
using Hengping.App;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>Rows that a program of before left are brought to what this one would write.</summary>
public sealed class RowsOfBefore(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_redirected_case_has_no_shop_and_names_with_unseen_signs_are_filled_again(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var store = desk.Site.Store;
        var body = desk.Body(desk.Platform);
        body["shop"] = new { name = (await MerchantDirectory.Find(store, desk.Shop, Ct))!.Name };
        var stays = await Desk.Then(desk.Filed(body), desk.Mediator, "deliver");
        var moved = await Desk.Then(desk.Filed(body), desk.Mediator, "deliver");
        await AfterARedirect.Redirect(desk, moved, desk.PlatformDesk, desk.OtherShop);
        await Listening.CatchUp(store, Rooms.House.Listeners(store, ""), Ct);
        var odd = Sites.OwnName("甲\U000E0100商\u2800城");
        var named = await desk.Site.Merchant(odd);
        var before = new
        {
            shop = desk.Shop,
            moved = Guid.Parse(moved),
            odd,
            named,
        };
        await store.Write(
            async (change, transaction) =>
            {
                await change.ExecuteAsync("update complaints set shop = @shop where id = @moved", before, transaction);
                await change.ExecuteAsync("update merchants set folded = @odd where id = @named", before, transaction);
                await change.ExecuteAsync(Changes("120.complaints.sql"), transaction: transaction);
                var engine = db == Db.Sqlite ? "sqlite" : "postgres";
                await change.ExecuteAsync(Changes($"121.merchants.{engine}.sql"), transaction: transaction);
                return 0;
            },
            Ct
        );
        var shops = await store.Query<Guid>(
            "select id from complaints where shop is not null and id in @both",
            new { both = new[] { Guid.Parse(stays), before.moved } },
            Ct
        );
        shops.ShouldBe([Guid.Parse(stays)]);
        (await store.Query<Guid>("select id from merchants where folded is null", null, Ct)).ShouldBe([named]);
    }

    private static string Changes(string file)
    {
        using var text = new StreamReader(typeof(Store).Assembly.GetManifestResourceStream("schema/" + file)!);
        return text.ReadToEnd();
    }
}
