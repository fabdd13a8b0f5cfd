using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>The last days there are, and the first: a date that cannot be reckoned with is refused, nowhere a fault.
/// </summary>
public sealed class FarDates(Sites sites) : IClassFixture<Sites>
{
    private static readonly string[] Days =
    [
        "9999-12-31",
        "0001-01-01",
        "9999-12-31T23:59:59-12:00",
        "9999-12-31T23:59:59.999Z",
        "0001-01-01T00:00:00+14:00",
    ];

    public static MatrixTheoryData<Db, string> Each() => new(Enum.GetValues<Db>(), Days);

    [Theory, MemberData(nameof(Each))]
    public async Task Doors_refuse_days_at_the_ends_of_the_calendar(Db db, string day)
    {
        var desk = await sites.DeskOn(db);
        var id = await desk.Delivered();
        foreach (var field in new[] { "dueBy", "expiresAt" })
        {
            var offer = new Dictionary<string, object?>
            {
                ["terms"] = "全额退款并承担运费",
                ["amount"] = "129.90",
                ["dueBy"] = desk.Site.Clock.GetUtcNow().AddDays(10),
                ["expiresAt"] = desk.Site.Clock.GetUtcNow().AddDays(5),
                [field] = day,
            };
            await desk.Merchant.PostJson(Desk.At(id, "offers"), offer).Refused(400, "request.invalid");
        }
        var body = desk.Body("orderedAt", day);
        await desk.Claimant.PostJson("/api/v1/complaints", body).Refused(400, "request.invalid");

        var profile = new Profile("某客服", Phone: null, Email: null, Login: null);
        AccountEvent[] agent = [new AccountEvent.TeamRoleSet(TeamRole.Agent)];
        var colleague = await AccountDesk.Open(
            desk.Site.Store,
            Role.Merchant,
            profile,
            desk.Shop,
            "cli",
            agent,
            TestContext.Current.CancellationToken
        );
        var cover = ("cover", $"{colleague.Event!.Id}");
        var merchant = await desk.Site.Browsing(desk.Merchant);
        var away = await desk.Site.Appends(
            [],
            () => merchant.Send("/merchant/team", "Away", ("from", "2026-10-13"), ("to", day), cover)
        );
        away.Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31T23:59:59-12:00")]
    public void Commands_refuse_them_too(string day) => Should.Throw<Refused>(() => RatingsCommands.InstantOf(day));
}
