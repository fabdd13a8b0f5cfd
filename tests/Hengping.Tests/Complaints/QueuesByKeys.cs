using Dapper;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Bench;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.App.Workbench;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// What is read in stretches and lists, page after page, is what one sentence of SQL would sort: nothing twice, nothing
/// left out, in the same order.
/// </summary>
public sealed class QueuesByKeys
{
    private const int Cases = 2_000;
    private const long Hour = 3_600_000;
    private const string Never = "253402300799000";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Pages_are_what_one_order_gives(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        await using var store = await Store.Open(place.Place, Rooms.House, new TurnableClock(Days.Monday), Ct);
        await BulkCases.Load(store, Cases, Ct);
        var now = store.Now.ToUnixTimeMilliseconds();
        var companies = await store.Query<Guid>("select id from merchants order by id limit 3", null, Ct);
        await Scatter(store, now, companies);

        var open = "c.status in ('filed', 'delivered', 'inMediation')";
        var risk = await Sorted(
            store,
            $"""
            {open} order by
              case when c.priority = 'p0' then 0 when c.due_at is null then 5 when c.due_at <= @now then 1
                   when c.due_at <= @now + {24 * Hour} then 2 when c.due_at <= @now + {72 * Hour} then 3 else 4 end,
              c.priority, coalesce(c.due_at, {Never}), c.id
            """,
            new { now }
        );
        (await Desk(store, open, "risk")).ShouldBe(risk);
        risk.Count.ShouldBeGreaterThan(Cases / 2);

        var merchant = await store.First<Guid>("select respondent from complaints order by id limit 1", null, Ct);
        var waiting = await Sorted(
            store,
            $"""
            c.status in ('delivered', 'unreached') and {WhoseCase.ReachedIt} order by
              case when c.delivered_at + {120 * Hour} >= @now then 0 else 1 end,
              case when c.delivered_at + {72 * Hour} > @now then c.delivered_at + {72 * Hour}
                   when c.delivered_at + {120 * Hour} >= @now then c.delivered_at + {120 * Hour}
                   else c.delivered_at end, c.id
            """,
            new { now, merchant }
        );
        (await Waiting(store, merchant)).ShouldBe(waiting);
        waiting.Count.ShouldBeGreaterThan(WaitingList.Size);

        var own = await Sorted(
            store,
            $"({WhoseCase.FiledBy} or ({WhoseCase.ReachedIt})) order by c.filed_at desc, c.id desc",
            new { merchant }
        );
        var seller = new Caller(Guid.NewGuid(), Role.Merchant, merchant, "店员");
        (await Api(store, seller, new ListComplaints.Wanted())).ShouldBe(own);
        own.Count.ShouldBeGreaterThan(waiting.Count);

        var staff = new Caller(Guid.NewGuid(), Role.Mediator, null, "王调解");
        Status[] two = [Status.Filed, Status.Delivered];
        foreach (var (sort, order) in Orders)
        {
            var wanted = new ListComplaints.Wanted
            {
                Status = two,
                Sort = sort,
                Size = 100,
            };
            var all = await Sorted(store, $"c.status in ('filed', 'delivered') order by {order}", new { });
            (await Api(store, staff, wanted)).ShouldBe(all, sort);
        }
        await Filtered(store, staff, seller, companies);
    }

    // Few rows are looked at for a page: pages end early, and go on, and all is there in the end.
    private static async Task Filtered(Store store, Caller staff, Caller seller, IReadOnlyList<Guid> companies)
    {
        store.LookedAtMax = 200;
        var (problem, sector) = await store.First<(string, string)>(
            "select problem, sector from complaints group by 1, 2 order by count(*), 1, 2 limit 1",
            null,
            Ct
        );
        var closed = new ListComplaints.Wanted { Status = [Status.Closed], Size = 100 };
        var any = new ListComplaints.Wanted { Size = 100 };
        var cut = 0;
        foreach (var sort in new[] { "-filed", "due", "priority" })
        foreach (
            var (wanted, where) in new[]
            {
                (any, "1 = 1"),
                (closed, "c.status = 'closed'"),
                (any with { Priority = Priority.P0 }, "c.priority = 'p0'"),
                (any with { Sector = sector }, "c.sector = @sector"),
                (any with { Problem = problem, Sector = sector }, "c.sector = @sector and c.problem = @problem"),
                (closed with { Problem = problem }, "c.status = 'closed' and c.problem = @problem"),
                (any with { Respondent = companies[0] }, "c.respondent = @company"),
                (
                    any with
                    {
                        Respondent = companies[0],
                        Status = [Status.InMediation, Status.Filed],
                        Priority = Priority.P3,
                    },
                    "c.respondent = @company and c.status in ('inMediation', 'filed') and c.priority = 'p3'"
                ),
            }
        )
        foreach (var caller in new[] { staff, seller })
        {
            var isStaff = caller == staff;
            var due = isStaff ? "c.due_at" : Deadlines.ShownDueSql;
            var priority = isStaff ? "c.priority" : ComplaintBook.PriorityForParties;
            var reached = $"coalesce({WhoseCase.ReachedIt}, false)";
            var open = isStaff
                ? CaseLists.Live
                : $"(({reached} and {CaseLists.OpenWithMerchant}) or (not {reached} and {CaseLists.Live}))";
            var whose = isStaff ? "1 = 1" : $"({WhoseCase.FiledBy} or ({WhoseCase.ReachedIt}))";
            var said = isStaff ? where : where.Replace("c.priority", priority, StringComparison.Ordinal);
            var args = new
            {
                sector,
                problem,
                company = companies[0],
                merchant = seller.Merchant,
            };
            var all = await store.Query<(string Number, long Open, long Due, string Priority, Guid Id, long Filed)>(
                $"""
                select c.number, cast(case when {open} then 1 else 0 end as bigint), coalesce({due}, {Never}),
                       {priority}, c.id, c.filed_at
                from complaints c where {whose} and {said}
                """,
                args,
                Ct
            );
            var expected =
                sort == "-filed"
                    ? all.OrderByDescending(c => c.Filed).ThenByDescending(c => c.Id)
                    : all.OrderByDescending(c => c.Open)
                        .ThenBy(c => c.Open > 0 && sort == "priority" ? c.Priority : "", StringComparer.Ordinal)
                        .ThenBy(c => c.Open > 0 ? c.Due : -c.Filed)
                        .ThenBy(c => c.Open > 0 ? c.Id : Guid.Empty)
                        .ThenByDescending(c => c.Id);
            var (numbers, partial) = await Whole(store, caller, wanted with { Sort = sort });
            numbers.ShouldBe(expected.Select(c => c.Number), $"{sort} {where} {caller.Role}");
            cut += partial;
        }
        cut.ShouldBeGreaterThan(10);
    }

    private static readonly (string Sort, string Order)[] Orders =
    [
        ("-filed", "c.filed_at desc, c.id desc"),
        ("filed", "c.filed_at, c.id"),
        ("due", $"coalesce(c.due_at, {Never}), c.id"),
        ("priority", $"c.priority, coalesce(c.due_at, {Never}), c.id"),
    ];

    // Every status, priority and distance of the deadline, and many at the same instant.
    private static Task Scatter(Store store, long now, IReadOnlyList<Guid> companies) =>
        store.Write(
            async (db, tx) =>
            {
                var ids = (await db.QueryAsync<Guid>("select id from complaints order by id", null, tx)).ToList();
                var chance = new Random(Cases);
                string[] statuses = ["filed", "delivered", "inMediation", "closed"];
                var rows = ids.Select(id =>
                {
                    var status = statuses[chance.Next(statuses.Length)];
                    long? due = chance.Next(4) == 0 ? null : now + ((chance.Next(200) - 50) * Hour);
                    Guid? One() => chance.Next(5) is var one && one < companies.Count ? companies[one] : null;
                    return new
                    {
                        id,
                        respondent = companies[chance.Next(companies.Count)],
                        shop = One(),
                        filer = One(),
                        status,
                        priority = $"p{chance.Next(4)}",
                        due = status == "closed" ? null : due,
                        closed = status == "closed" ? now - Hour : (long?)null,
                        delivered = status == "filed" ? (long?)null : now - (chance.Next(200) * Hour),
                    };
                });
                return await db.ExecuteAsync(
                    """
                    update complaints set status = @status, priority = @priority, due_at = @due, closed_at = @closed,
                      delivered_at = @delivered, marked_at = null, respondent = @respondent, shop = @shop,
                      claimant_merchant = @filer
                    where id = @id
                    """,
                    rows,
                    tx
                );
            },
            Ct
        );

    private static async Task<List<string>> Sorted(Store store, string where, object args) =>
        [.. await store.Query<string>($"select c.number from complaints c where {where}", args, Ct)];

    private static async Task<List<string>> Desk(Store store, string where, string order)
    {
        var (numbers, cursor) = (new List<string>(), default(string));
        do
        {
            var args = new Dictionary<string, object?>(StringComparer.Ordinal);
            var page = await CaseLists.Read(store, where, args, order, cursor, Party.Mediator, ("", ""), Ct);
            page.Paged.ShouldBe(cursor is not null);
            numbers.AddRange(page.Rows.Select(row => row.Number));
            cursor = page.Next;
        } while (cursor is not null);
        return numbers;
    }

    private static async Task<List<string>> Waiting(Store store, Guid merchant)
    {
        var (numbers, cursor) = (new List<string>(), default(string));
        do
        {
            (var page, cursor, _) = await WaitingList.Read(store, merchant, "due", cursor, WaitingList.Unlimited, Ct);
            numbers.AddRange(page.Select(one => one.Number));
        } while (cursor is not null);
        return numbers;
    }

    private static async Task<List<string>> Api(Store store, Caller caller, ListComplaints.Wanted wanted) =>
        (await Whole(store, caller, wanted)).Numbers;

    private static async Task<(List<string> Numbers, int Partial)> Whole(
        Store store,
        Caller caller,
        ListComplaints.Wanted wanted
    )
    {
        var (numbers, partial) = (new List<string>(), 0);
        while (true)
        {
            var page = await ListComplaints.Of(store, caller, wanted, Ct);
            numbers.AddRange(page.Items.Select(item => item.Number));
            partial += page.Partial == true ? 1 : 0;
            if (page.Cursor is null)
                return (numbers, partial);
            wanted = wanted with { Cursor = page.Cursor };
        }
    }
}
