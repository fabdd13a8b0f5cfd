using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Hengping.App.Ratings;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
using Hengping.Rules.Ratings;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests;

/// <summary>
/// The program on the days of <see cref="Days"/>, over HTTP: nothing has happened yet, then one case goes its whole way
/// and is counted in the month of its delivery. One engine: what a day changes is not in the store.
/// </summary>
public sealed partial class OnSuchDays
{
    private static readonly (Role? As, string[] Paths)[] Walks =
    [
        (null, ["/", "/ratings", "/ratings?period=ytd", "/ratings?period=all", "/ratings/compare", "/ratings/method"]),
        (null, ["/file", "/progress", "/search?q=数码", "/report", "/report/follow", "/signin", "/api"]),
        (Role.Claimant, ["/", "/me", "/me/security", "/file"]),
        (Role.Merchant, ["/", "/merchant", "/merchant/numbers", "/merchant/templates", "/merchant/replies"]),
        (Role.Merchant, ["/merchant/metrics"]),
        (Role.Mediator, ["/", "/desk", "/desk?view=all", "/desk/claims", "/desk/reports"]),
        (Role.Admin, ["/admin", "/admin/jobs", "/admin/outbox", "/admin/merchants", "/admin/staff"]),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnDays]
    public async Task An_empty_house_shows_no_broken_page(string day)
    {
        await using var site = await Site.Start(Db.Sqlite, Days.At(day));
        var shop = await site.Merchant("云上百货");
        foreach (var (role, paths) in Walks)
        {
            var caller = role is { } known
                ? await site.As(known, known == Role.Merchant ? shop : null, phone: "13800000009")
                : null;
            var who = caller is null ? site.Visitor() : await site.Browsing(caller);
            foreach (var path in paths)
            {
                using var answer = await who.GetAsync(path, Ct);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{role} {path}");
                var page = await answer.Content.ReadAsStringAsync(Ct);
                Odd().Matches(page).Select(odd => odd.Value).ShouldBeEmpty($"{role} {path}");
            }
        }
        site.Log.Errors.ShouldBeEmpty();
    }

    [Theory, OnDays]
    public async Task A_case_goes_its_way_and_counts_in_the_month_of_its_delivery(string day)
    {
        await using var desk = await Desk.Open(Db.Sqlite, Days.At(day));
        var clock = desk.Site.Clock;
        var id = await desk.Filed();
        await desk.Mediator.PostJson(Desk.At(id, "deliver")).Json();
        var delivered = clock.GetUtcNow();
        var waiting = await desk.Merchant.GetAsync(Desk.At(id)).Json();
        waiting.GetProperty("deliveredAt").GetDateTimeOffset().ShouldBe(delivered);
        waiting
            .GetProperty("deadlines")
            .EnumerateArray()
            .ShouldAllBe(d => d.GetProperty("due").GetDateTimeOffset() > delivered);
        clock.Turn(TimeSpan.FromHours(71));
        await desk.Merchant.PostJson(Desk.At(id, "reply"), new { text = "已为您办理全额退款,3日内原路到账。" }).Json();
        await desk.Merchant.PostJson(Desk.At(id, "offers"), desk.Offer()).Json();
        await desk.Claimant.PostJson(Desk.At(id, "offers/1/accept")).Json();
        clock.Turn(TimeSpan.FromDays(11));
        await desk.Claimant.PostJson(Desk.At(id, "performed")).Json();
        await desk.Claimant.PostJson(Desk.At(id, "score"), new { satisfaction = 8, resolved = "yes" }).Json();

        var month = Shanghai.DayOf(delivered).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        await Eventually.Holds(async () => await BaseOf(desk, month) == 1, $"it counts in {month}");
        var before = Shanghai.DayOf(delivered).AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        (await BaseOf(desk, before)).ShouldBe(0);
        // One case alone is in no list that anybody may look at.
        var shown = await desk.Site.Anyone.GetAsync($"/api/v1/ratings/{month}", Ct).Json();
        shown.GetProperty("cases").GetProperty("base").GetInt64().ShouldBe(0);
        var numbers = await (await desk.Site.Browsing(desk.Merchant)).GetStringAsync("/merchant/numbers", Ct);
        numbers.ShouldContain(waiting.GetProperty("number").GetString()!);
        desk.Site.Log.Errors.ShouldBeEmpty();
    }

    private static async Task<long> BaseOf(Desk desk, string month)
    {
        var store = desk.Site.Store;
        var asked = ListRequest.Parse(month, null, null, null, Unscored.Zero, store.Now).Event!;
        return (await ExactLists.Now(store, asked, Ct)).Basis.Base;
    }

    // Numbers that came from nothing, blanks nobody filled, years nobody lived in.
    [GeneratedRegex(@">[^<]*(NaN|undefined|Infinity|\{\d\}|000[01]年|1970年)[^<]*<")]
    private static partial Regex Odd();
}
