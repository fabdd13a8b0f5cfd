namespace Hengping.App.Platform;

/// <summary>How many there are, counted no farther than people count.</summary>
/// <param name="N">So many, or at least so many.</param>
/// <param name="More">There may be more: it was not counted to the end.</param>
public readonly record struct Capped(long N, bool More)
{
    /// <summary>Counted up to here.</summary>
    public const long Max = 1_000;

    // Where a filter passes some over, so many are looked at.
    private const long LookedAtMax = 2_000;

    private sealed record Row(long View, long Looked, long Fits);

    /// <summary>What is in both, of which nothing is in the other.</summary>
    public static Capped operator +(Capped one, Capped other) => Of(one.N + other.N, one.More || other.More);

    /// <summary>Counts several lists, each of parts that have an index of their own and share no row.</summary>
    /// <param name="from">The table with its short name, as <c>complaints c</c>.</param>
    /// <param name="columns">Of it, what any <paramref name="rest"/> asks for.</param>
    /// <param name="rest">What else has to hold; null where nothing has.</param>
    public static async Task<IReadOnlyDictionary<string, Capped>> Read(
        Store store,
        string from,
        string columns,
        IReadOnlyList<(string View, IReadOnlyList<ListPart> Parts)> views,
        string? rest,
        IReadOnlyDictionary<string, object?> args,
        CancellationToken ct
    )
    {
        var alias = from.Split(' ')[1];
        var asked = views.SelectMany((view, i) => view.Parts.Select(part => (i, part)));
        var rows = await store.Query<Row>(
            string.Join(
                " union all ",
                asked.Select(one =>
                {
                    var fits = (one.part.PassesOver, rest) switch
                    {
                        (false, null) => null,
                        (true, null) => one.part.Rest,
                        (false, _) => rest,
                        _ => $"{one.part.Rest} and {rest}",
                    };
                    return fits is null
                        ? $"""
                            select cast({one.i} as bigint) as View, count(*) as Looked, count(*) as Fits
                            from (select 1 as one from {from} where {one.part.Lead} limit {Max + 1}) {alias}
                            """
                        : $"""
                            select cast({one.i} as bigint) as View, count(*) as Looked,
                                   cast(coalesce(sum(case when {fits} then 1 else 0 end), 0) as bigint) as Fits
                            from (select {columns} from {from} where {one.part.Lead} limit {LookedAtMax + 1}) {alias}
                            """;
                })
            ),
            args,
            ct
        );
        return views
            .Select(
                (view, i) =>
                    (
                        view.View,
                        Count: rows.Where(row => row.View == i)
                            .Aggregate(default(Capped), (sum, row) => sum + Of(row.Fits, row.Looked > LookedAtMax))
                    )
            )
            .ToDictionary(one => one.View, one => one.Count, StringComparer.Ordinal);
    }

    private static Capped Of(long n, bool more) => new(Math.Min(n, Max), more || n > Max);
}
