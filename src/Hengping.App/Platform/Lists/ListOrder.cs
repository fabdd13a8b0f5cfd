using System.Globalization;

namespace Hengping.App.Platform;

/// <summary>A page of a list.</summary>
/// <param name="Next">Where the next one goes on; null where this is the last.</param>
public sealed record ListPage<TRow>(IReadOnlyList<TRow> Rows, string? Next);

/// <summary>What orders of lists share.</summary>
public static class ListOrder
{
    /// <summary>The end of the year 9999: what has no time comes last, and indexes hold it there.</summary>
    public const long Never = 253_402_300_799_000;

    /// <summary>A time as a list is sorted by it.</summary>
    public static string Timed(string column) => $"coalesce({column}, {Never})";
}

/// <summary>
/// An order in which a list is read page by page: by keys and never by counting, so that the hundredth page costs what
/// the first does. An index has it.
/// </summary>
/// <param name="name">A cursor of another order is none of this.</param>
/// <param name="parts">The last one tells any two rows apart.</param>
internal sealed class ListOrder<TRow>(string name, params ListOrder<TRow>.Part[] parts)
{
    // No text that is sorted by holds it: names are cleaned.
    private const char Between = '\u001f';

    /// <summary>One thing a list is sorted by; it is never null.</summary>
    /// <param name="Of">What a row holds of it.</param>
    /// <param name="Read">As a cursor holds it.</param>
    public sealed record Part(string Sql, Func<TRow, object> Of, Func<string, object?> Read, bool IsDescending = false)
    {
        /// <summary>The other way round.</summary>
        public Part Down => this with { IsDescending = true };
    }

    /// <summary>By a whole number.</summary>
    public static Part By(string sql, Func<TRow, long> of) =>
        new(
            sql,
            row => of(row),
            text =>
                long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null
        );

    /// <summary>By time; what has none comes last.</summary>
    public static Part ByTime(string sql, Func<TRow, long?> of) =>
        By(ListOrder.Timed(sql), row => of(row) ?? ListOrder.Never);

    /// <summary>By text, as the database sorts it.</summary>
    public static Part By(string sql, Func<TRow, string> of) => new(sql, of, text => text);

    /// <summary>By id.</summary>
    public static Part By(string sql, Func<TRow, Guid> of) =>
        new(sql, row => of(row), text => Guid.TryParse(text, out var id) ? id : null);

    /// <summary>As SQL.</summary>
    public string Sql { get; } = string.Join(", ", parts.Select(part => part.Sql + (part.IsDescending ? " desc" : "")));

    /// <summary>Whether a cursor is none, or one of this order.</summary>
    public bool Knows(string? cursor) => string.IsNullOrEmpty(cursor) || PlaceOf(cursor) is not null;

    /// <summary>
    /// Conditions that part the list, one stretch after the other, where no index holds the whole of its order: each is
    /// read in the order of the parts, and no more of them than fill a page.
    /// </summary>
    public IReadOnlyList<string> Stretches { get; init; } = ["1 = 1"];

    /// <summary>Goes on behind a cursor; from the beginning where it is none of this order.</summary>
    /// <returns>Whether it goes on.</returns>
    public bool GoOn(Conditions where, string? cursor)
    {
        if (PlaceOf(cursor) is not var (stretch, place))
            return false;
        for (var i = 0; i < place.Length; i++)
            where.Args[$"place{i}"] = place[i];
        if (Stretches.Count == 1)
            where.And(Behind());
        else
            where.From = (stretch, Behind());
        return true;
    }

    /// <summary>Reads a page.</summary>
    /// <param name="select">The columns and the tables.</param>
    /// <param name="either">Where the list is several, each in the order of an index of its own: what narrows them.
    /// </param>
    public async Task<ListPage<TRow>> Read(
        Store store,
        string select,
        Conditions where,
        int size,
        CancellationToken ct,
        params string[] either
    )
    {
        var args = new Dictionary<string, object?>(where.Args, StringComparer.Ordinal);
        var rows = new List<(TRow Row, int Stretch)>();
        for (var at = where.From.Stretch; at < Stretches.Count && rows.Count <= size; at++)
        {
            args["size"] = size + 1 - rows.Count;
            var of =
                at == where.From.Stretch && where.From.Behind is { } behind
                    ? $"{Stretches[at]} and {behind}"
                    : Stretches[at];
            var found = new List<TRow>();
            foreach (var one in either.DefaultIfEmpty("1 = 1"))
                found.AddRange(
                    await store.Query<TRow>(
                        $"{select} where {of} and {one} and {where.Sql} order by {Sql} limit @size",
                        args,
                        ct
                    )
                );
            rows.AddRange((either.Length > 1 ? Sorted(found) : found).Select(row => (row, at)));
        }
        List<TRow> shown = [.. rows.Take(size).Select(one => one.Row)];
        return new ListPage<TRow>(shown, rows.Count > size ? CursorAfter(rows[size - 1]) : null);
    }

    private string CursorAfter((TRow Row, int Stretch) last)
    {
        var place = parts.Select(part => part.Of(last.Row)).Prepend(last.Stretch).Prepend(name);
        return Cursor.Write(
            string.Join(Between, place.Select(one => Convert.ToString(one, CultureInfo.InvariantCulture)))
        );
    }

    private (int Stretch, object[] Place)? PlaceOf(string? cursor)
    {
        var texts = (Cursor.Read(cursor) ?? "").Split(Between);
        if (texts.Length != parts.Length + 2 || texts[0] != name)
            return null;
        var place = parts.Select((part, i) => part.Read(texts[i + 2])).OfType<object>().ToArray();
        return
            place.Length == parts.Length
            && int.TryParse(texts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var stretch)
            && stretch < Stretches.Count
            ? (stretch, place)
            : null;
    }

    // Rows compare one way. An order that goes both ways says it by parts; its first part alone leads into the index.
    private string Behind()
    {
        var down = parts[0].IsDescending;
        if (parts.All(part => part.IsDescending == down))
            return $"({string.Join(", ", parts.Select(part => part.Sql))}) {(down ? "<" : ">")} "
                + $"({string.Join(", ", parts.Select((_, i) => $"@place{i}"))})";
        var behind = $"{parts[^1].Sql} {(parts[^1].IsDescending ? "<" : ">")} @place{parts.Length - 1}";
        for (var i = parts.Length - 2; i >= 0; i--)
            behind =
                $"({parts[i].Sql} {(parts[i].IsDescending ? "<" : ">")} @place{i}"
                + $" or ({parts[i].Sql} = @place{i} and {behind}))";
        return $"{parts[0].Sql} {(down ? "<=" : ">=")} @place0 and {behind}";
    }

    private IEnumerable<TRow> Sorted(IEnumerable<TRow> rows) =>
        parts
            .Reverse()
            .Aggregate(rows, (all, by) => by.IsDescending ? all.OrderByDescending(by.Of) : all.OrderBy(by.Of));
}
