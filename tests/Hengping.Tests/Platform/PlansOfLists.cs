using System.Text.RegularExpressions;
using Dapper;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>
/// Every list has an index in its order: the doors of lists are asked, what they ask the store is listened to, and each
/// engine says how it would answer. None may sort all that it found to show the first of it.
/// </summary>
public sealed partial class PlansOfLists
{
    // In an order that no index has, over few: by the time of day, of what is open, of one person or one merchant.
    static readonly string[] Sorted =
    [
        "order by case",
        "where c.status in ('delivered', 'unreached')",
        "c.claimant = @account",
        "c.claimant_merchant = @merchant",
        "from accounts where merchant = @merchant",
        "from rating_lists",
    ];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [GeneratedRegex(@"^\s*(->\s+)?(Incremental )?Sort\s+\(cost", RegexOptions.Multiline)]
    private static partial Regex WholeSort();

    [Theory, ClassData(typeof(BothEngines))]
    public async Task No_list_sorts_all_to_show_the_first(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var id = await desk.Delivered();
        await desk.Stranger.PostJson("/api/v1/complaints", desk.Body()).Json(201);
        var number = (await desk.Mediator.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString();
        var regulator = await site.As(Role.Regulator, name: "某市监局");
        var (admin, mediator) = (await site.Browsing(await site.As(Role.Admin)), await site.Browsing(desk.Mediator));
        var (claimant, merchant) = (await site.Browsing(desk.Claimant), await site.Browsing(desk.Merchant));
        var asked = new Dictionary<string, object?>(StringComparer.Ordinal);
        site.Store.Watched = (sql, args) =>
        {
            lock (asked)
                asked[sql] = args;
        };
        foreach (var sort in new[] { "filed", "-filed", "due", "priority" })
        foreach (var who in new[] { desk.Mediator, desk.Claimant })
        {
            var page = await who.GetAsync($"/api/v1/complaints?sort={sort}&size=1", Ct).Json();
            if (page.TryGetProperty("cursor", out var next) && next.GetString() is { } cursor)
                await who.GetAsync($"/api/v1/complaints?sort={sort}&size=1&cursor={cursor}", Ct).Json();
        }
        await desk.Merchant.GetAsync("/api/v1/complaints", Ct).Json();
        await desk.Mediator.GetAsync(Desk.At(id, "joint"), Ct);
        await desk.Mediator.GetAsync("/api/v1/reports", Ct).Json();
        await regulator.GetAsync("/api/v1/reports", Ct).Json();
        await site.Anyone.GetAsync("/api/v1/merchants?q=百货", Ct).Json();
        foreach (var path in new[] { "/desk?view=all", "/desk", "/desk/reports", "/desk/claims", $"/cases/{number}" })
            await mediator.GetStringAsync(path, Ct);
        foreach (var path in new[] { "", "/staff", "/merchants", "/outbox", "/jobs" })
            await admin.GetStringAsync("/admin" + path, Ct);
        foreach (var path in new[] { "/me", "/me/security", $"/cases/{number}" })
            await claimant.GetStringAsync(path, Ct);
        foreach (var path in new[] { "/merchant", "/merchant/numbers", "/merchant/team", $"/cases/{number}" })
            await merchant.GetStringAsync(path, Ct);
        await site.Anyone.GetStringAsync("/ratings", Ct);
        site.Store.Watched = null;

        var lists = asked.Where(one =>
            one.Key.Contains("order by", StringComparison.Ordinal)
            && one.Key.Contains("limit", StringComparison.Ordinal)
            && !Sorted.Any(known => one.Key.Contains(known, StringComparison.Ordinal))
        );
        var (plans, faults) = (0, new List<string>());
        foreach (var (sql, args) in lists)
        {
            var plan = await Plan(site.Store, engine, sql, args);
            plans++;
            var sorts =
                engine == Db.Sqlite
                    ? plan.Contains("USE TEMP B-TREE FOR", StringComparison.Ordinal)
                    : WholeSort().IsMatch(plan);
            if (sorts)
                faults.Add($"{sql}\n{plan}");
        }
        faults.ShouldBeEmpty();
        plans.ShouldBeGreaterThan(15);
        lists.ShouldContain(one => one.Key.Contains("c.filed_at between", StringComparison.Ordinal), "the look-alikes");
    }

    static Task<string> Plan(Store store, Db engine, string sql, object? args) =>
        store.Write(
            async (db, tx) =>
            {
                if (engine == Db.Sqlite)
                {
                    var steps = await db.QueryAsync<(long, long, long, string)>("explain query plan " + sql, args, tx);
                    return string.Join('\n', steps.Select(step => step.Item4));
                }
                // With so few rows to sort is cheap: only where nothing else is possible does it stay.
                const string Without = "set local enable_sort = off; set local enable_seqscan = off;";
                await db.ExecuteAsync(Without + "set local enable_bitmapscan = off", transaction: tx);
                return string.Join('\n', await db.QueryAsync<string>("explain " + sql, args, tx));
            },
            Ct
        );
}
