using System.Text.RegularExpressions;
using Dapper;
using Hengping.App.Desk;
using Hengping.App.Platform;
using Hengping.App.Webhooks;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Hengping.Tests.RuleRegister;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>
/// Every list has an index in its order: the doors of lists are asked, what they ask the store is listened to, and each
/// engine says how it would answer. None may look through a whole table, or sort all that it found to show the first of
/// it.
/// </summary>
public sealed partial class PlansOfLists
{
    // Sorted all the same, and why they are few.
    private static readonly (string Part, string Because)[] Sorted =
    [
        ("and c.claimant = @account and c.side = 'consumer' and", "one person's own, by deadline or priority"),
        ("and c.claimant = @account and c.side = 'consumer' order by c", "all of them"),
        ("+ 0), c.id limit", "as few as one filter leaves"),
        ("c.claimant_merchant = @merchant and not coalesce((", "what one merchant filed itself"),
        ("order by case when c.delivered_at +", "what waits for one merchant's answer, by what it loses next"),
        ("c.id in @found", "a page of what a search found"),
        ("and (1 = 0 or c.id in", "what the index of words names"),
        ("where m.complaint = @complaint", "the joint complaints one case was ever in"),
        ("from desk_decisions d", "one member of staff's of the last minutes"),
        ("from accounts where cover = @me", "one merchant's people"),
        ("from merchants m where m.id in (select", "the shops and platforms one merchant has to do with"),
        ("from rating_lists where", "the periods one side has lists of"),
        ("from rating_cases where merchant", "one merchant's in one period"),
        ("from order_exclusions where merchant", "one shop's that are out now, which upheld reports named"),
    ];

    // PostgreSQL's index of words has no order; SQLite's has that of filing.
    private static readonly (string Part, string Because) Gathered = ("from held h join", "what it names in a month");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [GeneratedRegex(@"^\s*(->\s+)?(Incremental )?Sort\s+\(cost|USE TEMP B-TREE FOR", RegexOptions.Multiline)]
    private static partial Regex Sort();

    // What SQLite makes of a subquery or a list of values is no table.
    [GeneratedRegex(@"Seq Scan on|^SCAN (?!\S+ (USING|VIRTUAL))(?!\(|\d|CONSTANT|l\d|o\b)", RegexOptions.Multiline)]
    private static partial Regex Scan();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    // As PostgreSQL is asked.
    [GeneratedRegex(@"= any\((@\w+)\)")]
    private static partial Regex Among();

    /// <summary>Behind a row of an order, as the first page would have written it.</summary>
    private static string Behind(string order, params object[] place) =>
        Cursor.Write(string.Join('\u001f', place.Prepend(order)));

    [Theory, ClassData(typeof(BothEngines))]
    public async Task No_list_looks_through_all_or_sorts_it(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var id = await desk.Delivered();
        await desk.Stranger.PostJson("/api/v1/complaints", desk.Body()).Json(201);
        var number = (await desk.Mediator.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString();
        var (report, _) = await Reporting.Filed(site, site.Anyone, Reporting.Named(desk.Shop));
        var regulator = await site.As(Role.Regulator, name: "某市监局");
        var (admin, mediator) = (await site.Browsing(await site.As(Role.Admin)), await site.Browsing(desk.Mediator));
        var (claimant, merchant) = (await site.Browsing(desk.Claimant), await site.Browsing(desk.Merchant));
        var asked = new Dictionary<string, object?>(StringComparer.Ordinal);
        site.Store.Watched = (sql, args) =>
        {
            lock (asked)
                asked[sql] = args;
        };
        // So little is looked at that nothing is few, and pages end early.
        site.Store.LookedAtMax = 2;
        string[] filters =
        [
            "",
            "&status=filed,delivered",
            "&priority=p0",
            "&priority=p3",
            "&sector=general-retail",
            "&problem=refund",
            "&sector=general-retail&problem=refund&status=delivered&priority=p3",
            $"&respondent={desk.Shop}",
            $"&respondent={desk.Shop}&status=delivered",
            "&from=2020-01-01&to=2040-01-01",
            "&q=水壶",
            "&q=百货&status=delivered",
        ];
        foreach (var sort in new[] { "filed", "-filed", "due", "priority" })
        foreach (var filter in filters)
        foreach (var who in new[] { desk.Mediator, desk.Claimant, desk.Merchant })
        {
            var path = $"/api/v1/complaints?sort={sort}&size=1{filter}";
            var page = await who.GetAsync(path, Ct).Json();
            if (page.TryGetProperty("cursor", out var next) && next.GetString() is { } cursor)
                await who.GetAsync($"{path}&cursor={cursor}", Ct).Json();
        }
        site.Store.LookedAtMax = ListOrder.LookedAtMax;
        await desk.Mediator.GetAsync(Desk.At(id, "joint"), Ct);
        await desk.Mediator.GetAsync("/api/v1/reports", Ct).Json();
        await desk.Mediator.GetAsync(Reporting.At(report), Ct).Json();
        await regulator.GetAsync("/api/v1/reports", Ct).Json();
        await site.Anyone.GetAsync("/api/v1/merchants?q=百货", Ct).Json();
        foreach (var typed in new[] { "百货", "baihuo", "百祸商城" })
            await site.Anyone.GetAsync("/api/v1/merchants/suggest?q=" + typed, Ct).Json();
        var (row, name) = (Guid.NewGuid(), Behind("name", 0, "百货", Guid.NewGuid()));
        var (newest, due) = (Behind("newest", 0, 1L, row), Behind("due", 0, 1L, 1L, row));
        var views = DeskPage.Views.SelectMany(view => new[] { $"/desk?view={view}", $"/desk?view={view}&mine=1" });
        var urgent = Enumerable.Range(0, 16).Select(stretch => $"/desk?cursor={Behind("risk", stretch, 1L, row)}");
        foreach (var path in views.Concat(urgent))
            await mediator.GetStringAsync(path, Ct);
        foreach (
            var path in new[]
            {
                $"/desk?view=all&cursor={newest}",
                "/desk?q=百货",
                "/desk?late=1",
                "/desk/reports",
                $"/desk/reports?cursor={due}",
                "/desk/measures",
                $"/desk/measures?cursor={Behind("queue", 0, 1L, 1L, row)}",
                "/measures",
                "/measures?late=appeal",
                $"/measures?cursor={Behind("public", 0, 1L, row)}",
                "/desk/claims",
                $"/cases/{number}",
            }
        )
            await mediator.GetStringAsync(path, Ct);
        foreach (
            var path in new[]
            {
                "",
                "/staff",
                "/merchants",
                $"/merchants?cursor={name}",
                "/merchants?q=百货",
                "/merchants?show=claimed",
                $"/merchants/{desk.Shop}",
                "/outbox",
                "/jobs",
                "/words",
            }
        )
            await admin.GetStringAsync("/admin" + path, Ct);
        await admin.GetStringAsync("/desk?owner=none", Ct);
        foreach (
            var path in new[] { "/me", $"/me?cursor={newest}", "/me/measures", "/me/security", $"/cases/{number}" }
        )
            await claimant.GetStringAsync(path, Ct);
        foreach (
            var path in new[]
            {
                "/merchant",
                "/merchant?view=all",
                $"/merchant?view=all&cursor={newest}",
                "/merchant?view=filed",
                "/merchant?view=replied",
                "/merchant?view=mediation",
                "/merchant?view=contested",
                $"/merchant?view=replied&cursor={Behind("turn", 0, 1L, 1L, row)}",
                $"/merchant?view=replied&sort=due&cursor={Behind("soon", 1, 1L, row)}",
                "/merchant?q=水壶",
                "/merchant?sort=newest",
                $"/merchant?sort=newest&cursor={Behind("waiting-newest", 0, 1L, row)}",
                "/merchant?sort=sum",
                $"/merchant?sort=sum&cursor={Behind("waiting-sum", 0, 1L, row)}",
                "/merchant?view=replied&sort=newest",
                "/merchant?view=replied&sort=sum",
                $"/merchant?view=replied&sort=sum&cursor={Behind("sum", 0, 1L, row)}",
                "/merchant/numbers",
                "/merchant/metrics",
                "/merchant/team",
                "/merchant/measures",
                $"/merchant/measures?cursor={Behind("own", 0, 1L, row)}",
                $"/cases/{number}",
            }
        )
            await merchant.GetStringAsync(path, Ct);
        await site.Anyone.GetAsync($"/api/v1/merchants?cursor={name}", Ct).Json();
        await desk.Mediator.GetAsync($"/api/v1/reports?cursor={due}", Ct).Json();
        await regulator.GetAsync($"/api/v1/reports?cursor={due}", Ct).Json();
        var rule = await Ruling.Begun(site);
        var title = Behind("title", 0, "returns", "退", row);
        foreach (var path in new[] { "", "?q=退货", "?q=退货&old=true", $"?cursor={title}", $"/{rule}" })
            await site.Anyone.GetAsync(Ruling.Where + path, Ct).Json();
        foreach (var path in new[] { "", $"?q=退货&cursor={title}", "/feed.xml", $"/{rule}", $"/{rule}?on=2026-01-01" })
            await site.Anyone.GetStringAsync("/rules" + path, Ct);
        var opinion = Behind("opinions", 0, 1L, row);
        foreach (var path in new[] { "", $"/{rule}", $"/{rule}?cursor={opinion}" })
            await admin.GetStringAsync("/admin/rules" + path, Ct);
        foreach (var path in new[] { "", $"?cursor={opinion}" })
            await desk.Merchant.GetAsync(Ruling.At(rule, "opinions") + path, Ct).Json();
        foreach (var path in new[] { "/ratings", $"/merchants/{desk.Shop}", "/search?q=百货" })
            await site.Anyone.GetAsync(path, Ct);
        await site.Store.LastEnded(["complaint.erased", "complaint.locked"], 5, Ct);
        await WebhookLists(site, desk.Merchant, merchant);
        site.Store.Watched = null;

        var lists = asked.Where(one => one.Key.Contains("order by", StringComparison.Ordinal)).ToList();
        var faults = new List<string>();
        (string Part, string Because)[] sorted = engine == Db.Postgres ? [.. Sorted, Gathered] : Sorted;
        foreach (var (sql, args) in lists)
        {
            var (sorting, scanning) = await Plans(site.Store, engine, sql, args);
            if (Sort().IsMatch(sorting) && !IsNamed(sorted, sql))
                faults.Add($"sorts: {sql}\n{sorting}");
            if (Scan().IsMatch(scanning))
                faults.Add($"looks through all: {sql}\n{scanning}");
        }
        faults.ShouldBeEmpty();
        lists.Count.ShouldBeGreaterThan(60);
        lists.ShouldContain(one => one.Key.Contains("c.filed_at between", StringComparison.Ordinal), "the look-alikes");
        foreach (var (part, because) in sorted)
            lists.Any(one => IsNamed([(part, because)], one.Key)).ShouldBeTrue($"{part}: {because}");
    }

    private static async Task WebhookLists(Site site, HttpClient merchant, HttpClient browser)
    {
        var opened = await merchant.PostJson("/api/v1/webhooks", new { address = "https://8.8.8.8/hooks" }).Json(201);
        var id = opened.GetProperty("id").GetGuid();
        var behind = Behind("hook-deliveries", 0, 9L);
        await merchant.GetAsync("/api/v1/webhooks", Ct).Json();
        foreach (var path in new[] { "", "?state=parked", $"?cursor={behind}", $"?state=waiting&cursor={behind}" })
            await merchant.GetAsync($"/api/v1/webhooks/{id}/deliveries{path}", Ct).Json();
        await browser.GetStringAsync("/merchant/webhooks", Ct);
        await HookQueue.Take(site.Store, id, 8, Ct);
    }

    private static bool IsNamed((string Part, string Because)[] known, string sql) =>
        known.Any(one =>
            Among().Replace(Spaces().Replace(sql, " "), "in $1").Contains(one.Part, StringComparison.Ordinal)
        );

    // With so few rows to sort or to look through is cheap: only where nothing else is possible does it stay.
    private static Task<(string Sorting, string Scanning)> Plans(Store store, Db engine, string sql, object? args) =>
        store.Write(
            async (db, tx) =>
            {
                if (engine == Db.Sqlite)
                {
                    var steps = await db.QueryAsync<(long, long, long, string)>("explain query plan " + sql, args, tx);
                    var plan = string.Join('\n', steps.Select(step => step.Item4));
                    return (plan, plan);
                }
                await db.ExecuteAsync("set local enable_seqscan = off", transaction: tx);
                var scanning = await db.QueryAsync<string>("explain " + sql, args, tx);
                const string NorSort = "set local enable_sort = off; set local enable_bitmapscan = off";
                await db.ExecuteAsync(NorSort, transaction: tx);
                var sorting = await db.QueryAsync<string>("explain " + sql, args, tx);
                return (string.Join('\n', sorting), string.Join('\n', scanning));
            },
            Ct
        );
}
