using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>What narrows a search, as the index has it.</summary>
/// <param name="Terms">Terms that every case of the list has: <see cref="CaseTerms"/>.</param>
/// <param name="Few">SQL of the ids <c>c.id</c> of few cases, of which they are; null where they are many.</param>
public sealed record Narrowed(IReadOnlyList<string> Terms, string? Few = null)
{
    /// <summary>Nothing does.</summary>
    public static readonly Narrowed None = new([]);
}

/// <summary>
/// Finds cases by number, by merchant or by what was said in them; a merchant finds its own by number and by what it
/// was told when they were filed, of which nothing is kept from it. What the index names
/// is asked in the order of the list and with its filters, and opened until a page is full: a case that is there is
/// found, however many others hold the same pairs of characters. In the order of filing the index itself is walked
/// through, and no farther than the page reaches.
/// </summary>
public static class CaseSearch
{
    private sealed record Candidate(Guid Id, long Named, long FiledAt);

    /// <summary>The places of a list where a walk through the index goes on.</summary>
    private sealed record Way(string Where, IReadOnlyDictionary<string, object?> Args, bool IsNewestFirst)
    {
        /// <summary>Behind this row, in the order of the list.</summary>
        public Way After(Candidate last) =>
            new(
                $"{Where} and (c.filed_at, c.id) {(IsNewestFirst ? "<" : ">")} (@lastAt, @lastId)",
                new Dictionary<string, object?>(Args, StringComparer.Ordinal)
                {
                    ["lastAt"] = last.FiledAt,
                    ["lastId"] = last.Id,
                },
                IsNewestFirst
            );
    }

    private const string Tables = "complaints c left join merchants m on m.id = c.respondent";

    // Months of the newest that are asked one by one; what lies before them is asked at once.
    private const int Months = 3;

    /// <summary>Ids of cases that a query finds, the first ones of a list.</summary>
    /// <param name="store">The store.</param>
    /// <param name="query">What is looked for.</param>
    /// <param name="where">The list's own conditions, of <c>complaints c</c> and <c>merchants m</c>.</param>
    /// <param name="args">Their parameters.</param>
    /// <param name="order">The order of the list.</param>
    /// <param name="limit">How many are wanted.</param>
    /// <param name="reader">Who looks.</param>
    /// <param name="narrowed">What narrows it, as the index has it.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<IReadOnlyList<Guid>> Find(
        Store store,
        string query,
        string where,
        IReadOnlyDictionary<string, object?> args,
        string order,
        int limit,
        Party reader,
        Narrowed narrowed,
        CancellationToken ct
    )
    {
        // An address is held to it before it comes here; a form may say more.
        if (query.Length > QueryLimits.Words)
            return [];
        var named = ListQuery.Searching(query, out var name);
        var isStaff = reader == Party.Mediator;
        // Names of merchants lead to lists of their own: CaseSought.
        if (CaseNumber.Parse(query) is null)
            named = "1 = 0";
        var parameters = new Dictionary<string, object?>(args, StringComparer.Ordinal) { ["q"] = name };
        var said = "1 = 0";
        var blind = new BlindCodes(store.Keys);
        var codes = blind.Of(query);
        var parts = BlindCodes.Normal(query).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (codes.Length > 0 && CaseNumber.Parse(query) is null && CaseOrders.IsByFiling(order, out var isNewestFirst))
        {
            var way = new Way(where, args, isNewestFirst);
            return await Walked(store, blind, codes, narrowed, way, limit, parts, isStaff, ct);
        }
        codes = [.. codes, .. codes.Length > 0 ? narrowed.Terms.Select(blind.OfTerm) : []];
        if (codes.Length > 0)
        {
            (var holding, parameters["held"]) = TextIndex.For(store).Holding(codes);
            said = $"c.id in ({holding})";
        }
        var candidates = await store.Query<Candidate>(
            $"""
            select c.id as Id, cast(case when {named} then 1 else 0 end as bigint) as Named, c.filed_at as FiledAt
            from {Tables}
            where {where} and ({named} or {said}) order by {order}
            """,
            parameters,
            ct
        );
        var found = new List<Guid>();
        foreach (var candidate in candidates)
        {
            if (found.Count == limit)
                break;
            if (candidate.Named == 1 || await Says(store, candidate.Id, parts, isStaff, ct))
                found.Add(candidate.Id);
        }
        return found;
    }

    private static async Task<IReadOnlyList<Guid>> Walked(
        Store store,
        BlindCodes blind,
        int[] words,
        Narrowed narrowed,
        Way way,
        int limit,
        string[] parts,
        bool isStaff,
        CancellationToken ct
    )
    {
        int[] codes = [.. words, .. narrowed.Terms.Select(blind.OfTerm)];
        var few = narrowed.Few is { } ids ? $" and c.id in ({ids})" : "";
        var found = new List<Guid>();
        await foreach (var (from, until, month) in Spans(store, way, narrowed.Few is not null, ct))
        {
            int[] held = month is { } of ? [.. codes, blind.OfTerm(CaseTerms.OfMonth(of))] : codes;
            var rest = way;
            for (var most = limit + 1; ; most *= 2)
            {
                var (some, isAll) = await Next(store, held, few, rest, from, until, most, ct);
                foreach (var candidate in some)
                {
                    if (await Says(store, candidate.Id, parts, isStaff, ct))
                        found.Add(candidate.Id);
                    if (found.Count == limit)
                        return found;
                }
                if (isAll)
                    break;
                rest = way.After(some[^1]);
            }
        }
        return found;
    }

    // From where to where the index is asked, one span after the other, and the month it is, where it is one. SQLite
    // walks through its index as it lies. PostgreSQL gathers what holds the codes before the first is seen.
    private static async IAsyncEnumerable<(long? From, long? Until, long? Month)> Spans(
        Store store,
        Way way,
        bool areFew,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var isBehind = way.Where.Contains("@place0", StringComparison.Ordinal);
        var place = isBehind ? Convert.ToInt64(way.Args["place0"], CultureInfo.InvariantCulture) : (long?)null;
        if (!way.IsNewestFirst)
        {
            yield return (place, null, null);
            yield break;
        }
        var until = place;
        if (store.EngineName == "postgres" && !areFew)
        {
            until ??= await store.First<long>("select coalesce(max(filed_at), 0) from complaints", null, ct);
            for (var i = 0; i < Months; i++)
            {
                var at = DateTimeOffset.FromUnixTimeMilliseconds(until.Value);
                var from = new DateTimeOffset(at.Year, at.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
                yield return (from, until, from);
                until = from - 1;
            }
        }
        yield return (null, until, null);
    }

    // The next candidates in the order of the list, and whether there are no more. Those of one millisecond lie in the
    // index in no order: of the last one all are read.
    private static async Task<(IReadOnlyList<Candidate> Some, bool IsAll)> Next(
        Store store,
        int[] codes,
        string few,
        Way way,
        long? from,
        long? until,
        int most,
        CancellationToken ct
    )
    {
        var walk = TextIndex.For(store).Walk(codes, way.IsNewestFirst);
        async Task<IReadOnlyList<Candidate>> Ask(long? from, long? until, string limit)
        {
            var args = new Dictionary<string, object?>(way.Args, StringComparer.Ordinal);
            foreach (var (name, value) in walk.Args(from, until))
                args[name] = value;
            return await store.Query<Candidate>(
                $"""
                {walk.With} select c.id as Id, cast(0 as bigint) as Named, c.filed_at as FiledAt
                from {walk.Tables.Replace("{0}", "complaints", StringComparison.Ordinal)}
                left join merchants m on m.id = c.respondent
                where {walk.Where} and {way.Where}{few} order by {walk.Order} {limit}
                """,
                args,
                ct
            );
        }
        if (way.Args.TryGetValue("lastAt", out var last))
            (from, until) = way.IsNewestFirst ? (from, (long?)last) : ((long?)last, until);
        var some = await Ask(from, until, string.Create(CultureInfo.InvariantCulture, $"limit {most}"));
        if (some.Count < most)
            return (Sorted(some, way.IsNewestFirst), true);
        var end = some[^1].FiledAt;
        var tied = await Ask(end, end, "");
        return (Sorted([.. some.Where(one => one.FiledAt != end), .. tied], way.IsNewestFirst), false);
    }

    // As both databases sort ids.
    private static List<Candidate> Sorted(IEnumerable<Candidate> some, bool isNewestFirst)
    {
        var sorted = some.OrderBy(one => one.FiledAt)
            .ThenBy(one => one.Id.ToString("D", CultureInfo.InvariantCulture), StringComparer.Ordinal)
            .ToList();
        if (isNewestFirst)
            sorted.Reverse();
        return sorted;
    }

    private static async Task<bool> Says(Store store, Guid id, string[] parts, bool isStaff, CancellationToken ct)
    {
        var text = new StringBuilder();
        foreach (var one in await store.ReadStory(ComplaintBook.Instance, id, ct))
            if (
                isStaff
                || one.Event is ComplaintEvent.Filed or ComplaintEvent.Resubmitted or ComplaintEvent.Supplemented
            )
                CaseText.AppendTo(text, one.Event);
        var normal = BlindCodes.Normal(text.ToString());
        return parts.All(part => normal.Contains(part, StringComparison.Ordinal));
    }
}
