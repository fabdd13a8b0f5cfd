using System.Text.RegularExpressions;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// The product on the days of <see cref="Days"/>: a market that ends there, walked through on a phone by everybody. No
/// page breaks, shows an empty number or a bare text key, or sticks out; and its list recomputes.
/// </summary>
public sealed partial class OnSuchDays
{
    // Small, and yet most months have a list.
    private const int Complaints = 1800;
    private const int People = 1200;
    private const int Width = 390;

    private static readonly (Role? As, string[] Paths)[] Walks =
    [
        (
            null,
            [
                "/",
                "/ratings",
                "/ratings?period=ytd",
                "/ratings?period=all",
                "/ratings?period=ytd&side=merchant",
                "/ratings/compare{chosen}",
                "{merchant}",
                "/demo",
                "/file",
                "/progress",
                "/search?q=数码",
                "/report",
                "{answer link}",
            ]
        ),
        (Role.Claimant, ["/me"]),
        (
            Role.Merchant,
            ["/merchant", "/merchant?view=all", "/merchant/numbers", "/merchant/numbers?period=ytd", "/merchant/team"]
        ),
        (Role.Mediator, ["/desk", "/desk?view=all", "/desk/reports", "{unanswered case}"]),
    ];

    [Theory, OnDays]
    public async Task Every_page_is_whole_and_the_list_recomputes(string day)
    {
        Chromium.SkipUnlessPresent();
        await using var market = await Market.On(day, Complaints, People);
        var faults = new List<string>();
        foreach (var (role, paths) in Walks)
        {
            await using var person = await market.Visitor(role, "zh", Width);
            foreach (var path in paths)
            {
                var answer = await person.Page.GotoAsync(market.Place(path));
                if (answer!.Status != 200)
                    faults.Add($"{path} answers {answer.Status}");
                var text = await person.Page.Locator("main").InnerTextAsync();
                faults.AddRange(Odd().Matches(text).Select(odd => $"{path} says {odd.Value}"));
                if (await person.Page.Wide() is > Width and var wide)
                    faults.Add($"{path} is {wide} px wide");
                await person.Picture($"day-{day.Replace(':', '-')}-{role}{Unnamed().Replace(path, "-")}");
            }
        }
        faults.AddRange(market.Site.Log.Errors.Select(line => "logged: " + line));
        Assert.True(faults.Count == 0, string.Join('\n', faults));

        await using var reader = await market.Visitor(null, "zh", 1280);
        await RecomputingList.AllTicks(reader.Page, "/ratings", "zh");
        await reader.Page.GotoAsync("/ratings");
        await RecomputingList.OneTurnsRed(reader.Page, market.Site, "zh");
    }

    // Numbers that came from nothing, blanks nobody filled, years nobody lived in.
    [GeneratedRegex(
        @"NaN|undefined|Infinity|null|\{\d\}|000[01]年|1970年|[a-z]+(\.[a-z]+){2}(?<!\.example\.org|\.tar\.gz)\b"
    )]
    private static partial Regex Odd();

    [GeneratedRegex(@"[^\w一-鿿]+")]
    private static partial Regex Unnamed();
}
