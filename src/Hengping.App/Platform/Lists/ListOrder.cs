using System.Globalization;

namespace Hengping.App.Platform;

/// <summary>
/// An order in which a list is read page by page: by keys and never by counting, so that the hundredth page costs what
/// the first does. An index has it.
/// </summary>
/// <param name="name">A cursor of another order is none of this.</param>
/// <param name="parts">The last one tells any two rows apart.</param>
internal sealed partial class ListOrder<TRow>(string name, params ListOrder<TRow>.Part[] parts)
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

    /// <summary>
    /// Conditions that part the list, one stretch after the other, where no index holds the whole of its order: each is
    /// read in the order of the parts, and no more of them than fill a page.
    /// </summary>
    public IReadOnlyList<string> Stretches { get; init; } = ["1 = 1"];

    /// <summary>What else holds in each stretch, which no index leads to; none where nothing does.</summary>
    public IReadOnlyList<string> Passed { get; init; } = [];

    /// <summary>What comes behind all of it, in an order of its own; null where nothing does.</summary>
    public ListOrder<TRow>? Then { get; init; }

    /// <summary>Where an order behind another one is several lists, each in the order of an index of its own.</summary>
    public IReadOnlyList<ListPart> Lists { get; init; } = [];

    /// <summary>
    /// The table with its short name, as <c>complaints c</c>, where what a filter passes over is bounded:
    /// <see cref="ListOrder.LookedAtMax"/>. Its parts go one way.
    /// </summary>
    public string? Bounded { get; init; }

    /// <summary>Whether a cursor is none, or one of this order.</summary>
    public bool Knows(string? cursor) =>
        string.IsNullOrEmpty(cursor) || PlaceOf(cursor) is not null || Then?.Knows(cursor) == true;

    /// <summary>Goes on behind a cursor; from the beginning where it is none of this order.</summary>
    /// <returns>Whether it goes on.</returns>
    public bool GoOn(Conditions where, string? cursor)
    {
        if (PlaceOf(cursor) is not var (stretch, place))
            return Then?.GoOn(where, cursor) == true;
        for (var i = 0; i < place.Length; i++)
            where.Args[$"place{i}"] = place[i];
        where.From = (this, stretch, Behind());
        return true;
    }

    private string CursorAfter(TRow row, int stretch) => CursorAt(parts.Select(part => part.Of(row)), stretch);

    private string CursorAt(IEnumerable<object> place, int stretch) =>
        Cursor.Write(
            string.Join(
                Between,
                place.Prepend(stretch).Prepend(name).Select(one => Convert.ToString(one, CultureInfo.InvariantCulture))
            )
        );

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
            return Compared(down ? "<" : ">", "place");
        var behind = $"{parts[^1].Sql} {(parts[^1].IsDescending ? "<" : ">")} @place{parts.Length - 1}";
        for (var i = parts.Length - 2; i >= 0; i--)
            behind =
                $"({parts[i].Sql} {(parts[i].IsDescending ? "<" : ">")} @place{i}"
                + $" or ({parts[i].Sql} = @place{i} and {behind}))";
        return $"{parts[0].Sql} {(down ? "<=" : ">=")} @place0 and {behind}";
    }

    private string Compared(string sign, string place) =>
        $"({string.Join(", ", parts.Select(part => part.Sql))}) {sign} "
        + $"({string.Join(", ", parts.Select((_, i) => $"@{place}{i}"))})";

    private IEnumerable<TRow> Sorted(IEnumerable<TRow> rows)
    {
        IOrderedEnumerable<TRow>? sorted = null;
        foreach (var by in parts)
            sorted =
                sorted is null ? (by.IsDescending ? rows.OrderByDescending(by.Of, Order) : rows.OrderBy(by.Of, Order))
                : by.IsDescending ? sorted.ThenByDescending(by.Of, Order)
                : sorted.ThenBy(by.Of, Order);
        return sorted!;
    }

    // As the databases compare: texts by their signs.
    private static readonly Comparer<object> Order = Comparer<object>.Create(
        (one, other) =>
            one is string text
                ? string.CompareOrdinal(text, (string)other)
                : Comparer<object>.Default.Compare(one, other)
    );
}
