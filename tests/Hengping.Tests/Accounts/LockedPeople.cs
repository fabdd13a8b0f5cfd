using System.Text;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>
/// 锁定: who leaves while the law keeps what is theirs is stored, and read by nobody in any room, until the term ends.
/// </summary>
public sealed class LockedPeople
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task After_a_lock_a_person_is_in_no_door_search_or_notice_and_is_erased_when_the_term_ends(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shop = await site.Merchant("某某家电");
        var her = await site.As(Role.Claimant, phone: Canary.Phone, name: Canary.Name);
        var account = (await AccountDesk.FindByPhone(site.Store, Role.Claimant, Canary.Phone, Ct))!.Value;
        var mediator = await site.As(Role.Mediator);
        var (id, report, paper) = await Spoke(site, her, shop);
        await mediator.PostJson(Desk.At(id, "deliver")).Json();
        await mediator.PostJson(Desk.At(id, "close")).Json();
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        var house = new Visits(
            site,
            [id, report, paper.ToString("D"), shop.ToString("D"), await NumberOf(mediator, id)]
        );
        var staff = new List<HttpClient>();
        foreach (var role in new[] { Role.Mediator, Role.Reviewer, Role.Admin, Role.Merchant })
            staff.Add(await site.Browsing(await site.As(role, role == Role.Merchant ? shop : null)));
        (await house.WhereItSays(staff, Canary.Words)).Count.ShouldBeGreaterThan(5, "the walk sees her before");
        (await Outbox.Newest(site.Store, 50, Ct)).ShouldContain(letter => letter.To == Canary.Phone);

        site.Clock.Turn(TimeSpan.FromDays(10));
        var browser = await site.Browsing(her);
        var erasesOn = site.Store.Now.AddYears(3);
        var day = erasesOn.ToString("yyyy-MM-dd", null);
        (await browser.GetStringAsync("/me", Ct)).ShouldContain("先锁定");
        var left = await site.Appends(
            ["account.locked", "complaint.locked", "report.locked"],
            () => browser.Send("/me", "Close")
        );
        left.Location.ShouldBe($"/left?on={day}");
        (await browser.GetStringAsync(left.Location, Ct)).ShouldContain("2029年10月22日");
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        await site.Store.Wipe(Ct);

        (await house.WhereItSays(staff, Canary.Words)).ShouldBeEmpty();
        (await Outbox.Newest(site.Store, 50, Ct)).ShouldAllBe(letter => letter.To != Canary.Phone);
        (await Canary.Dump(site)).SaysNone([.. Canary.Words, AccountDesk.PhonePrint(site.Store, Canary.Phone)]);
        await Task.Delay(TimeSpan.FromSeconds(1.1), Ct);
        await her.GetAsync(Desk.At(id), Ct).Refused(401, "unauthorized");
        await mediator.PostJson(Reporting.At(report, "accept")).Refused(409, "report.erased");
        (await Rows(site)).ShouldBe(await Rebuilt(site));
        var keys = await KeysOf(site, account, Guid.Parse(id), Guid.Parse(report), paper);
        keys.ShouldAllBe(key => site.Store.Keys.Keeps(key) && !site.Store.Keys.Holds(key));
        await Rotation.Run(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        keys.ShouldAllBe(key => site.Store.Keys.Keeps(key), "stored, also under the next master key");

        var clock = site.Of<LockedPersons>();
        site.Clock.TurnTo(erasesOn.AddMinutes(-1));
        (await site.Appends([], () => clock.EraseSome(Ct))).ShouldBe(0);
        site.Clock.TurnTo(erasesOn.AddMinutes(1));
        string[] erased = ["account.erased", "complaint.erased", "report.erased"];
        (await site.Appends(erased, () => clock.EraseSome(Ct))).ShouldBe(1);
        (await site.Appends([], () => clock.EraseSome(Ct))).ShouldBe(0);
        keys.ShouldAllBe(key => !site.Store.Keys.Keeps(key));
        (await LogDigest.Of(site.Store, null, Ct)).Break.ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_ground_erases_at_once_and_the_date_that_was_told_is_kept(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        await Desk.Then(desk.Delivered(), desk.Mediator, "close");
        var person = (await AccountDesk.FindByPhone(site.Store, Role.Claimant, "13800000001", Ct))!.Value;
        var told = site.Store.Now.AddYears(5);
        var locked = await site.Appends(
            ["account.locked", "complaint.locked"],
            () => Erasure.Leave(site.Store, person, 5, "cli", Ct)
        );
        locked.Event!.ErasesOn.ShouldBe(told);
        var again = await site.Appends([], () => Erasure.Leave(site.Store, person, 3, "cli", Ct));
        again.Event!.ErasesOn.ShouldBe(told);
        // The number is free: the same person may come back as another account.
        (await AccountDesk.FindByPhone(site.Store, Role.Claimant, "13800000001", Ct)).ShouldBeNull();
        await site.As(Role.Claimant, phone: "13800000001");
        Task<int> Asked(params string[] more)
        {
            string[] call = ["erase", "--person", $"{person}", "--data", site.Place.Data, "--keys", site.Place.Keys];
            string[] database = site.Place.Postgres is { } db ? ["--db", db] : [];
            return Cli.Run(Rooms.House.Commands(), [.. call, .. database, .. more]);
        }
        (await site.Appends([], () => Asked("--now", " "))).ShouldBe(1);
        string[] erased = ["account.erased", "complaint.erased"];
        (await site.Appends(erased, () => Asked("--now", "court-order"))).ShouldBe(0);
        (await site.Store.ReadStory(AccountBook.Instance, person, Ct))[^1]
            .Event.ShouldBe(new AccountEvent.Erased("court-order"));
    }

    private static async Task<(string Case, string Report, Guid Paper)> Spoke(Site site, HttpClient her, Guid shop)
    {
        byte[] bytes = [.. "%PDF-1.7 "u8, .. Encoding.UTF8.GetBytes(Canary.Story)];
        var paper = (await her.Upload(bytes, $"{Canary.Name}.pdf", "application/pdf").Json(201))
            .GetProperty("id")
            .GetGuid();
        var contact = new { name = Canary.Name, phone = Canary.Phone };
        var body = new
        {
            kind = "consumer",
            respondent = new { id = shop },
            orderNo = Canary.Order,
            sector = "general-retail",
            problem = "quality",
            story = Canary.Story,
            demands = new[] { "refund" },
            evidence = new[] { paper },
            contact,
            consents = new { passOn = true },
            liabilityAccepted = true,
            channel = "web",
        };
        var filed = await her.PostJson("/api/v1/complaints", body).Json(201);
        var told = Reporting.Named(shop);
        (told["text"], told["contact"]) = (Canary.Report, contact);
        var (report, _) = await Reporting.Filed(site, her, told);
        return (filed.GetProperty("id").GetString()!, report, paper);
    }

    private static async Task<string> NumberOf(HttpClient mediator, string id) =>
        (await mediator.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString()!;

    private static async Task<IReadOnlyList<long>> KeysOf(Site site, params Guid[] streams) =>
        await site.Store.Query<long>("select key from streams where stream in @streams", new { streams }, Ct);

    private static async Task<string> Rows(Site site)
    {
        var all = new StringBuilder();
        foreach (var table in new[] { "accounts", "complaints", "reports", "claims" })
        foreach (var row in await site.Store.Query<dynamic>($"select * from {table} order by 1, 2, 3", null, Ct))
            all.AppendLine(string.Join('|', ((IDictionary<string, object?>)row).Values));
        return all.ToString();
    }

    private static async Task<string> Rebuilt(Site site)
    {
        await Rebuilding.Run(site.Store, Rooms.House.Listeners(site.Store, ""), null, Ct);
        return await Rows(site);
    }

    /// <summary>Every address of the house that can be read, with each of these for what it asks.</summary>
    private sealed class Visits
    {
        private readonly List<string> paths = [];

        public Visits(Site site, string[] names)
        {
            var endpoints = site.Of<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(IsRead);
            foreach (var path in endpoints.Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct())
                paths.AddRange(path.Contains('{') ? names.Select(name => Filled(path, name)) : [path]);
            paths.AddRange([
                "/desk?view=all",
                "/desk?view=ended",
                "/desk/reports?view=ended",
                "/api/v1/complaints?q=貔貅",
            ]);
        }

        private static bool IsRead(RouteEndpoint endpoint) =>
            endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods: var methods }
            || methods.Count == 0
            || methods.Contains("GET");

        // Signing out ends the walk; what is drawn anew for each look says nothing of anybody.
        private static bool IsOfPeople(string path) =>
            !path.StartsWith("/signout", StringComparison.Ordinal)
            && !path.StartsWith("/openapi", StringComparison.Ordinal)
            && path != "/api";

        private static string Filled(string path, string name) =>
            string.Join('/', path.Split('/').Select(part => part.Contains('{') ? name : part));

        /// <summary>Which of them say one of the words to one of these callers.</summary>
        public async Task<IReadOnlyList<string>> WhereItSays(IReadOnlyList<HttpClient> callers, string[] words)
        {
            var said = new List<string>();
            foreach (var caller in callers)
            foreach (var path in paths.Where(IsOfPeople))
            {
                using var answer = await caller.GetAsync(path, Ct);
                var text = await answer.Content.ReadAsStringAsync(Ct);
                // A search says again what was looked for.
                if (words.Where(word => !Uri.UnescapeDataString(path).Contains(word)).Any(text.Contains))
                    said.Add(path);
            }
            return said;
        }
    }
}
