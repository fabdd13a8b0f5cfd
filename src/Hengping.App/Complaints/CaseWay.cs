using System.Globalization;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Rows = Hengping.App.Platform.ListOrder<Hengping.App.Complaints.ListComplaints.Row>;
using Wanted = Hengping.App.Complaints.ListComplaints.Wanted;

namespace Hengping.App.Complaints;

/// <summary>
/// How what is asked of <c>GET /complaints</c> is read: an order, and which of the filters leads into an index. That is
/// the one that fewest cases have; what the others do not let through is passed over.
/// </summary>
internal sealed record CaseWay(Rows Order, Conditions Where, IReadOnlyList<ListPart> Lists, string Due)
{
    // As few as a fifth of what one page may look at are sorted, in whatever order.
    private const int FewPart = 5;

    /// <summary>One filter: the lists that it leads to, and how it is said where another one leads.</summary>
    private sealed record Side(IReadOnlyList<string> Lists, Action<Conditions> Pass, bool IsStatus = false);

    private sealed record Reach(long List, long? At);

    /// <summary>The plan of a caller.</summary>
    public static Task<CaseWay> Of(Store store, Caller caller, Wanted wanted, int size, CancellationToken ct) =>
        caller switch
        {
            { IsStaff: true } => OfStaff(store, caller, wanted, size, ct),
            { Role: Role.Merchant } => OfMerchant(store, caller, wanted, ct),
            _ => Task.FromResult(OfFew(caller, wanted)),
        };

    private static CaseWay OfFew(Caller caller, Wanted wanted)
    {
        var where = new Conditions().And(WhoseCase.Sql(caller), "account", caller.Account);
        foreach (var side in Sides(caller, wanted, where))
            side.Pass(where);
        Rest(caller, wanted, where);
        var order = CaseOrders.OfFew(wanted.Sort, ListComplaints.PriorityOf(caller));
        order.GoOn(where, wanted.Cursor);
        return new CaseWay(order, where, [], "c.due_at");
    }

    /// <summary>The order that a caller gets, as its cursors are known.</summary>
    public static Rows OrderOf(Caller caller, string sort) =>
        caller switch
        {
            { IsStaff: true } => CaseOrders.Of(sort),
            { Role: Role.Merchant } => CaseOrders.OfMerchant(sort, ListComplaints.PriorityOf(caller), []),
            _ => CaseOrders.OfFew(sort, ListComplaints.PriorityOf(caller)),
        };

    private static async Task<CaseWay> OfMerchant(Store store, Caller caller, Wanted wanted, CancellationToken ct)
    {
        var where = new Conditions().With("account", caller.Account).With("merchant", caller.Merchant ?? Guid.Empty);
        if (ShopLimits.Sql(caller) is { Length: > 0 } limits)
            where.But(limits[" and ".Length..]);
        Rest(caller, wanted, where);
        var sides = Sides(caller, wanted, where);
        var whose = new Side([.. WhoseCase.MerchantsLists], to => to.But(WhoseCase.Sql(caller with { Shops = null })));
        var (lead, _) = await Rarest(store, [whose, .. sides], where, ct);
        var isOpen = wanted.Sort is "due" or "priority";
        // What is open with a merchant has an index in the order of deadlines.
        foreach (var side in sides.Append(whose).Where(side => isOpen ? side != whose : side != lead))
            side.Pass(where);
        var order = CaseOrders.OfMerchant(wanted.Sort, ListComplaints.PriorityOf(caller), NotOpen);
        order.GoOn(where, wanted.Cursor);
        return new CaseWay(
            order,
            where,
            isOpen ? OpenWith(wanted.Status) : [.. lead!.Lists.Select(list => new ListPart(list))],
            isOpen ? Deadlines.ShownDueSql : "c.due_at"
        );
    }

    private static async Task<CaseWay> OfStaff(
        Store store,
        Caller caller,
        Wanted wanted,
        int size,
        CancellationToken ct
    )
    {
        var where = new Conditions();
        Rest(caller, wanted, where);
        var sides = Sides(caller, wanted, where);
        var sought = wanted.Q is { } q ? await CaseSought.Read(store, q, where, ct) : null;
        var named = new Side(sought?.Lists ?? [], _ => { });
        var (lead, isFew) = await Rarest(store, [.. sides, named], where, ct);
        var isWalked = wanted.Sort is "due" or "priority" && !isFew;
        // The lists that are walked through are of those statuses already; what was said in a case has no list of its
        // own.
        foreach (var side in sides.Where(side => sought is not null || (isWalked ? !side.IsStatus : side != lead)))
            side.Pass(where);
        IReadOnlyList<ListPart> Found(IReadOnlyList<ListPart> lists, bool areNamed) =>
            sought is null ? lists : sought.Among(lists, areNamed);
        IReadOnlyList<ListPart> lists = [.. (lead?.Lists ?? []).Select(list => new ListPart(list))];
        var ended =
            isWalked && (lead is null || wanted.Status.Count > 0)
                ? Found(CaseOrders.EndedOf(wanted.Status), areNamed: false)
                : Found(lists, lead == named);
        var order = CaseOrders.Of(wanted.Sort, ended, isFew);
        order.GoOn(where, wanted.Cursor);
        lists = isWalked
            ? Found(CaseOrders.OpenOf(wanted.Sort, wanted.Status, wanted.Priority), areNamed: false)
            : Found(lists, lead == named);
        if (sought is not null)
        {
            var few =
                isFew && lead is not null && lead != named
                    ? string.Join(
                        " union all ",
                        lead.Lists.Select(list => $"select c.id from complaints c where {list}")
                    )
                    : null;
            await sought.Find(store, order.Steps(where), where, size + 1, new Narrowed(Terms(wanted), few), ct);
        }
        return new CaseWay(order, where, lists, "c.due_at");
    }

    // The filters that stand in the index of words, too.
    private static List<string> Terms(Wanted wanted)
    {
        var terms = new List<string>();
        if (wanted.Respondent is { } respondent)
            terms.Add(CaseTerms.OfRespondent(respondent));
        if (wanted.Sector is { } sector)
            terms.Add(CaseTerms.OfSector(sector));
        if (wanted.Problem is { } problem)
            terms.Add(CaseTerms.OfProblem(problem));
        return terms;
    }

    // What is open with a merchant, status by status, as respondent and as the platform of a shop; then what it filed.
    private static IReadOnlyList<ListPart> OpenWith(IReadOnlyList<Status> asked)
    {
        Status[] open =
        [
            Status.Delivered,
            Status.Unreached,
            Status.Contested,
            Status.Replied,
            Status.InMediation,
            Status.Settled,
        ];
        return
        [
            .. open.Where(status => asked.Count == 0 || asked.Contains(status))
                .SelectMany(_ => WhoseCase.OpenLists, (status, whose) => (status, whose))
                .Select(one => new ListPart(
                    $"{CaseLists.OpenWithMerchant} and {one.whose} and c.status = '{Words.Of(one.status)}'"
                )),
            $"{WhoseCase.MerchantsLists[^1]} and {CaseLists.Live}",
        ];
    }

    // And the rest of it.
    private static readonly ListPart[] NotOpen =
    [
        .. WhoseCase.ReachedLists.Select(whose => new ListPart($"{whose} and not ({CaseLists.OpenWithMerchant})")),
        $"{WhoseCase.MerchantsLists[^1]} and not {CaseLists.Live}",
    ];

    private static void Rest(Caller caller, Wanted wanted, Conditions where)
    {
        // Days lead into the order of filing alone.
        Func<string, string, object?, Conditions> days = wanted.Sort is "due" or "priority" ? where.But : where.And;
        if (wanted.From is { } from)
            days("c.filed_at >= @from", "from", from.ToUnixTimeMilliseconds());
        if (wanted.To is { } to)
            days("c.filed_at < @to", "to", to.ToUnixTimeMilliseconds());
        // Staff find a case by what was said in it, too.
        if (wanted.Q is { } q && !caller.IsStaff)
            where.But(ListQuery.Searching(q, out var value), "q", value);
    }

    private static List<Side> Sides(Caller caller, Wanted wanted, Conditions where)
    {
        var sides = new List<Side>();
        void Said(string column, string name, IReadOnlyList<string> said)
        {
            if (said.Count == 0)
                return;
            for (var i = 0; i < said.Count; i++)
                where.With($"{name}{i}", said[i]);
            var lists = said.Select((_, i) => $"{column} = @{name}{i}");
            sides.Add(new Side([.. lists], to => to.Holds(column, name, said), name == "status"));
        }
        Said("c.status", "status", [.. wanted.Status.Distinct().Select(Words.Of)]);
        Said("c.sector", "sector", wanted.Sector is { } sector ? [sector] : []);
        Said("c.problem", "problem", wanted.Problem is { } problem ? [problem] : []);
        if (wanted.Priority is { } priority)
        {
            var isUrgent = caller.IsStaff && priority is Priority.P0 or Priority.P1;
            var column = ListComplaints.PriorityOf(caller);
            string[] urgent = [$"c.priority in ('p0', 'p1') and c.priority = '{Words.Of(priority)}'"];
            sides.Add(new Side(isUrgent ? urgent : [], to => to.Holds(column, "priority", Words.Of(priority))));
        }
        if (wanted.Respondent is { } respondent)
        {
            where.With("respondent", respondent);
            sides.Add(new Side(["c.respondent = @respondent"], to => to.But("c.respondent = @respondent")));
        }
        return sides;
    }

    // The one whose latest cases reach back farthest; whether all of it is few.
    private static async Task<(Side? Lead, bool IsFew)> Rarest(
        Store store,
        IReadOnlyList<Side> sides,
        Conditions where,
        CancellationToken ct
    )
    {
        var leading = sides.Where(side => side.Lists.Count > 0).ToList();
        if (leading.Count == 0)
            return (null, false);
        var asked = leading.SelectMany(side => side.Lists, (side, list) => (side, list)).ToList();
        var args = new Dictionary<string, object?>(where.Args, StringComparer.Ordinal)
        {
            ["few"] = store.LookedAtMax / FewPart,
        };
        var reaches = await store.Query<Reach>(
            string.Join(
                " union all ",
                asked.Select(
                    (one, i) =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"""
                            select cast({i} as bigint) as List, (select c.filed_at from complaints c where {one.list}
                              order by c.filed_at desc, c.id desc limit 1 offset @few) as At
                            """
                        )
                )
            ),
            args,
            ct
        );
        var of = reaches.ToLookup(reach => asked[(int)reach.List].side, reach => reach.At);
        var lead = leading.MinBy(side => of[side].Max() ?? long.MinValue)!;
        return (lead, of[lead].All(at => at is null));
    }
}
