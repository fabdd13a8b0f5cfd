using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;

namespace Hengping.App.Merchants;

/// <summary>An entry as an admin's list shows it.</summary>
/// <param name="Open">Complaints about it that have not ended.</param>
/// <param name="Team">People of it who may sign in.</param>
/// <param name="Claimed">A claim of it waits to be decided.</param>
public sealed record ListedMerchant(
    Guid Id,
    string Name,
    string Sector,
    string? Uscc,
    bool Platform,
    bool Enrolled,
    long? EnrolledAt,
    bool HasContact,
    Guid? MergedInto,
    long Open,
    long Team,
    bool Claimed
)
{
    /// <summary>Cases that have not ended, counted no farther than people count.</summary>
    public Capped OpenCases => new(Math.Min(Open, Capped.Max), Open > Capped.Max);
}

/// <summary>商家名录 for admins: by name, credit code or id; those who take part, those nobody can reach.</summary>
public static class MerchantList
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 25;

    private const int QueryLengthMax = 200;

    // Delivered to it and not ended, as an index holds it.
    private const string OpenWithIt =
        "c.status in ('delivered', 'unreached', 'contested', 'inMediation', 'replied', 'settled')";

    private const string IsClaimed =
        "exists (select 1 from merchant_claims k where k.merchant = m.id and k.state = 'proven')";

    /// <summary>What a list can be narrowed to, and the condition that does it.</summary>
    private static readonly (string Show, string Where)[] Kinds =
    [
        ("all", "1 = 1"),
        ("enrolled", "m.enrolled"),
        ("not-enrolled", "not m.enrolled"),
        ("platforms", "m.platform"),
        ("unreachable", "not m.has_contact"),
        ("claimed", IsClaimed),
    ];

    /// <summary>The words of <see cref="Page"/>'s <c>show</c>; the first is everything.</summary>
    public static IReadOnlyList<string> Shows { get; } = [.. Kinds.Select(kind => kind.Show)];

    /// <summary>By name; entries from before may share one.</summary>
    private static readonly ListOrder<ListedMerchant> Order = new(
        "name",
        ListOrder<ListedMerchant>.By("m.name", row => row.Name),
        ListOrder<ListedMerchant>.By("m.id", row => row.Id)
    );

    /// <summary>Entries in order of name.</summary>
    /// <param name="q">Part of a name, a credit code, an id; empty for all.</param>
    /// <param name="cursor">Of the page before, or null.</param>
    public static async Task<ListPage<ListedMerchant>> Page(
        Store store,
        string? q,
        string show,
        string? cursor,
        CancellationToken ct
    )
    {
        var (found, args) = Search(q);
        var where = new Conditions().And(found).And(Kinds.First(kind => kind.Show == show).Where);
        foreach (var (name, value) in args)
            where.Args[name] = value;
        Order.GoOn(where, cursor);
        var page = await Order.Read(
            store,
            $"""
            select m.id as Id, m.name as Name, m.sector as Sector, m.uscc as Uscc, m.platform as Platform,
                   m.enrolled as Enrolled, m.enrolled_at as EnrolledAt, m.has_contact as HasContact,
                   m.merged_into as MergedInto,
                   (select count(*) from (select 1 as one from complaints c
                    where c.respondent = m.id and {OpenWithIt} limit {Capped.Max + 1}) o) as Open,
                   (select count(*) from accounts a
                    where a.merchant = m.id and a.role = 'merchant' and a.live) as Team,
                   {IsClaimed} as Claimed
            from merchants m
            """,
            where,
            PageSize,
            ct
        );
        var coming = await Coming(store, [.. page.Rows.Select(row => row.Id)], ct);
        return page with
        {
            Rows = [.. page.Rows.Select(row => row with { Open = row.Open + coming.GetValueOrDefault(row.Id) })],
        };
    }

    // What was not delivered yet: all of it is looked through, which is what the desk has still to screen.
    private static async Task<Dictionary<Guid, long>> Coming(Store store, Guid[] merchants, CancellationToken ct) =>
        (
            await store.Query<(Guid Merchant, long Cases)>(
                $"""
                select c.respondent as Merchant, count(*) as Cases from complaints c
                where c.status in ('filed', 'returned') and c.closed_at is null
                  and {Conditions.Unled("c.respondent in @merchants")}
                group by c.respondent
                """,
                new { merchants },
                ct
            )
        ).ToDictionary(row => row.Merchant, row => row.Cases);

    /// <summary>How many entries there are of each kind that the search finds.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Counts(Store store, string? q, CancellationToken ct)
    {
        var (where, args) = Search(q);
        var sums = Kinds.Select(kind =>
            $"select '{kind.Show}' as Show, count(*) as Entries from merchants m where {where} and {kind.Where}"
        );
        var rows = await store.Query<Counted>(string.Join(" union all ", sums), args, ct);
        return rows.ToDictionary(row => row.Show, row => row.Entries, StringComparer.Ordinal);
    }

    /// <summary>One entry with its figures, or null.</summary>
    public static async Task<ListedMerchant?> One(Store store, Guid id, CancellationToken ct) =>
        (await Page(store, id.ToString("D"), Shows[0], cursor: null, ct)).Rows is [var row] ? row : null;

    /// <summary>
    /// Entries that may be the same merchant: an equal credit code, or a name that differs only in what people write
    /// in different ways. It looks at every name: for what a person adds by hand.
    /// </summary>
    public static async Task<(IReadOnlyList<MerchantRow> ByCode, IReadOnlyList<MerchantRow> ByName)> Alike(
        Store store,
        string name,
        string? uscc,
        Guid? but,
        CancellationToken ct
    )
    {
        var gist = Merchant.Gist(name);
        var names = await store.Query<Named>(
            "select id as Id, name as Name, uscc as Uscc from merchants where merged_into is null",
            null,
            ct
        );
        async Task<List<MerchantRow>> Rows(Func<Named, bool> wanted)
        {
            var rows = new List<MerchantRow>();
            foreach (var one in names.Where(one => one.Id != but && wanted(one)).Take(AlikeMax))
                if (await MerchantDirectory.Find(store, one.Id, ct) is { } row)
                    rows.Add(row);
            return rows;
        }
        return (
            uscc is null ? [] : await Rows(one => one.Uscc == uscc),
            gist.Length == 0 ? [] : await Rows(one => Merchant.Gist(one.Name) == gist)
        );
    }

    /// <summary>The entries that count for this one since they were merged into it.</summary>
    public static Task<IReadOnlyList<MerchantRow>> MergedInto(Store store, Guid id, CancellationToken ct) =>
        store.Query<MerchantRow>(
            $"select {MerchantDirectory.Columns} from merchants where merged_into = @id order by name, id",
            new { id },
            ct
        );

    private const int AlikeMax = 5;

    private static (string Where, Dictionary<string, object?> Args) Search(string? q)
    {
        var typed = PlainText.Plain(q) ?? "";
        if (typed.Length > QueryLengthMax)
            typed = typed[..QueryLengthMax];
        var args = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (Guid.TryParse(typed, out var id))
        {
            args["id"] = id;
            return ("m.id = @id", args);
        }
        if (typed.Length == 0)
            return ("m.merged_into is null", args);
        args["like"] = Like.Holding(FoldedName.Of(typed));
        args["code"] = typed.ToUpperInvariant();
        return (@"m.merged_into is null and (m.folded like @like escape '\' or m.uscc = @code)", args);
    }

    private sealed record Counted(string Show, long Entries);

    private sealed record Named(Guid Id, string Name, string? Uscc);
}
