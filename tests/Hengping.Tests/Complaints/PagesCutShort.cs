using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// Where a filter passes many over, a page ends before it is full: it says so and goes on, and nothing is lost. Counts
/// end, too, and say that there may be more.
/// </summary>
public sealed partial class PagesCutShort
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [GeneratedRegex("href=\"([^\"]*cursor=[^\"]*)\"[^>]*rel=\"next\"")]
    private static partial Regex NextLink();

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_page_may_be_short_or_empty_and_goes_on_to_the_last_case(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var first = await desk.Delivered();
        for (var i = 0; i < 4; i++)
            await desk.Filed(desk.Body("orderNo", $"C{i}"));
        var number = (await desk.Mediator.GetAsync(Desk.At(first), Ct).Json()).GetProperty("number").GetString()!;
        desk.Site.Store.LookedAtMax = 1;

        var found = new List<string>();
        for (string? cursor = ""; cursor is not null; )
        {
            var page = await desk
                .Mediator.GetAsync(
                    $"/api/v1/complaints?sort=filed&sector=general-retail&status=delivered&cursor={cursor}",
                    Ct
                )
                .Json();
            found.AddRange(
                page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("number").GetString()!)
            );
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        }
        found.ShouldBe([number]);

        var mediator = await desk.Site.Browsing(desk.Mediator);
        var (cut, seen, pages) = (0, 0, 0);
        for (var path = "/desk?view=all&mine=1"; path is not null; pages++)
        {
            pages.ShouldBeLessThan(10);
            var page = await mediator.GetStringAsync(path, Ct);
            seen += page.Contains(number, StringComparison.Ordinal) ? 1 : 0;
            cut += page.Contains("后面可能还有", StringComparison.Ordinal) ? 1 : 0;
            path = NextLink().Match(page) is { Success: true } link
                ? WebUtility.HtmlDecode(link.Groups[1].Value)
                : null;
        }
        (seen, cut > 1).ShouldBe((1, true), $"{pages} pages");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Counts_are_exact_up_to_a_thousand_and_say_that_there_may_be_more(Db engine)
    {
        await using var site = await Site.Start(engine);
        await site.Store.Write(
            (db, tx) =>
                db.ExecuteAsync(
                    "insert into backups (at, events, files) values (@at, @at, 0)",
                    Enumerable.Range(1, 5_001).Select(at => new { at }),
                    tx
                ),
            Ct
        );
        async Task<Capped> Count(string lead, string? rest = null) =>
            (
                await Capped.Read(
                    site.Store,
                    "backups b",
                    "b.at, b.events",
                    [("all", [new ListPart(lead), new ListPart("b.at < 0")])],
                    rest,
                    new Dictionary<string, object?>(StringComparer.Ordinal),
                    Ct
                )
            )["all"];
        (await Count("b.at <= 1000")).ShouldBe(new Capped(1_000, false));
        (await Count("b.at <= 1001")).ShouldBe(new Capped(1_000, true));
        (await Count("b.at <= 2000", "b.events <= 7")).ShouldBe(new Capped(7, false));
        (await Count("b.at > 0", "b.events <= 7")).More.ShouldBeTrue();
    }
}
