using System.Net;
using System.Text.RegularExpressions;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>A page that is shut to somebody is shut with all it does, and everybody has one that is open.</summary>
public sealed partial class ShutPages
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private sealed record Way(string Path, string[] Posts);

    [GeneratedRegex(@"\{(\w+)[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Place();

    [Fact]
    public async Task Whoever_may_not_see_a_page_can_do_nothing_on_it()
    {
        await using var desk = await Desk.Open(Db.Sqlite);
        var site = desk.Site;
        var id = await desk.Replied();
        var number = (await desk.Mediator.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString()!;
        var (report, _) = await Reports.Reporting.Filed(site, site.Anyone, Reports.Reporting.Anonymous(desk.OtherShop));
        var rule = await RuleRegister.Ruling.Begun(site);
        var ways = await Ways(site, number, report, rule, desk.Shop);
        ways.Sum(way => way.Posts.Length).ShouldBeGreaterThan(80, "the walk knows the pages");
        var (shut, faults) = (0, new List<string>());
        foreach (var role in Enum.GetValues<Role>().Cast<Role?>().Append(null))
        {
            var who = role switch
            {
                null => site.Visitor(),
                Role.Merchant => await site.Browsing(desk.OtherMerchant),
                { } one => await site.Browsing(await site.As(one, phone: $"1390000{(int)one:D4}")),
            };
            foreach (var way in ways)
            {
                using var page = await who.GetAsync(way.Path, Ct);
                if (page.IsSuccessStatusCode)
                    continue;
                var token = Forms.TokenOf(await who.GetStringAsync("/signin", Ct));
                foreach (var handler in way.Posts)
                {
                    shut++;
                    var before = await site.Head();
                    using var answer = await who.PostAsync(way.Path + handler, Form(token), Ct);
                    var elsewhere = answer.StatusCode == HttpStatusCode.Redirect && !IsBack(answer, way.Path);
                    var isShut = (int)answer.StatusCode is 401 or 403 or 404 || elsewhere;
                    var happened = await site.KindsSince(before);
                    if (!isShut || happened.Count > 0)
                        faults.Add(
                            $"{role} {way.Path}{handler}: {(int)answer.StatusCode} {string.Join(' ', happened)}"
                        );
                }
            }
        }
        faults.ShouldBeEmpty();
        shut.ShouldBeGreaterThan(500);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Everybody_has_a_page_to_come_home_to(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shop = await site.Merchant("云上百货");
        var homes = new Dictionary<Role, string>
        {
            [Role.Claimant] = "/me",
            [Role.Merchant] = "/merchant",
            [Role.Mediator] = "/desk",
            [Role.Reviewer] = "/desk",
            [Role.Admin] = "/desk",
            [Role.Regulator] = "/desk/reports",
        };
        foreach (var role in Enum.GetValues<Role>())
        {
            var home = homes.GetValueOrDefault(role, "/me/security");
            var who = await site.Browsing(await site.As(role, role == Role.Merchant ? shop : null));
            (await who.GetAsync(home, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK, role.ToString());
            if (role == Role.Claimant)
                continue;
            (await who.GetAsync("/me", Ct)).Headers.Location!.ToString().ShouldBe(home, role.ToString());
            (await who.GetAsync("/me?handler=Download", Ct)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            foreach (var does in new[] { "Close", "Correct", "MailCode", "MailConfirm", "Consents", "Withdraw" })
                (
                    await site.Appends(
                        [],
                        () => who.Send("/me", does, ("name", "甲市市场监管局"), ("email", "a@b.example"))
                    )
                ).Status.ShouldBeOneOf([302, 403], $"{role} {does}");
            (await who.GetAsync(home, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK, "still there");
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task One_mail_address_is_one_that_can_be_written_to(Db engine)
    {
        await using var site = await Site.Start(engine);
        var me = await site.Browsing(await site.As(Role.Claimant, phone: "13900000001", name: "王小明"));
        foreach (
            var odd in new[]
            {
                "not a mail",
                "x@y.example\r\nBcc: v@e.org",
                "x@y.example, z@e.org",
                "x@y.example,z",
                "<x@y.example>",
                new string('a', 250) + "@y.example",
            }
        )
        {
            var answer = await site.Appends([], () => me.Send("/me", "Correct", ("name", "王小明"), ("email", odd)));
            answer.Status.ShouldBe(400, odd);
            answer.Body.ShouldContain("邮箱");
        }
        await site.Appends(
            ["account.corrected"],
            () => me.Send("/me", "Correct", ("name", "王小明"), ("email", " x@y.example "))
        );
    }

    private static FormUrlEncodedContent Form(string token) =>
        new(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["__RequestVerificationToken"] = token,
                ["name"] = "某人",
                ["act"] = "accept",
                ["password"] = "x",
            }
        );

    // After a form is done its page comes back to itself.
    private static bool IsBack(HttpResponseMessage answer, string path) =>
        answer.Headers.Location!.ToString().Split('?', '#')[0] == path;

    private static async Task<List<Way>> Ways(Site site, string number, string report, string rule, Guid shop)
    {
        var ways = new List<Way>();
        var loader = site.Of<PageLoader>();
        foreach (
            var page in site.Of<IActionDescriptorCollectionProvider>()
                .ActionDescriptors.Items.OfType<PageActionDescriptor>()
        )
        {
            var template = "/" + page.AttributeRouteInfo!.Template!.TrimStart('/');
            var path = Place()
                .Replace(
                    template,
                    found =>
                        found.Groups[1].Value == "number" ? number
                        : template.Contains("reports", StringComparison.Ordinal) ? report
                        : template.Contains("rules", StringComparison.Ordinal) ? rule
                        : found.Groups[1].Value == "id" ? shop.ToString()
                        : "privacy"
                );
            var compiled = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
            string[] posts =
            [
                .. compiled
                    .HandlerMethods.Where(one => HttpMethods.IsPost(one.HttpMethod))
                    .Select(one => one.Name is { } name ? "?handler=" + name : ""),
            ];
            if (posts.Length > 0)
                ways.Add(new Way(path, posts));
        }
        return ways;
    }
}
