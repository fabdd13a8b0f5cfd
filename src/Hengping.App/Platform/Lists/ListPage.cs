namespace Hengping.App.Platform;

/// <summary>A page of a list.</summary>
/// <param name="Next">Where the next one goes on; null where this is the last.</param>
public sealed record ListPage<TRow>(IReadOnlyList<TRow> Rows, string? Next)
{
    /// <summary>
    /// So much was passed over that it ends before it is full: it goes on at <see cref="Next"/>, and may hold nothing
    /// at all.
    /// </summary>
    public bool IsCut { get; init; }
}

/// <summary>One of several lists, each in the order of an index of its own.</summary>
/// <param name="Lead">What its index leads to.</param>
/// <param name="Rest">What is passed over in it.</param>
public sealed record ListPart(string Lead, string Rest = "1 = 1")
{
    /// <summary>The one stretch of the order it has rows in; null where it may have some in any.</summary>
    public int? Stretch { get; init; }

    /// <summary>As SQL.</summary>
    public string Sql => Rest == "1 = 1" ? Lead : $"{Lead} and {Rest}";

    /// <summary>Rows of it are passed over.</summary>
    public bool PassesOver => Rest != "1 = 1";

    /// <summary>One that its index leads to.</summary>
    public static implicit operator ListPart(string lead) => new(lead);
}

/// <summary>What orders of lists share.</summary>
public static class ListOrder
{
    /// <summary>The end of the year 9999: what has no time comes last, and indexes hold it there.</summary>
    public const long Never = 253_402_300_799_000;

    /// <summary>Rows looked at for one page where a filter passes some over; then the page ends early.</summary>
    public const int LookedAtMax = 5_000;

    /// <summary>SQL: no row; what holds it is not asked.</summary>
    public const string None = "1 = 0";

    /// <summary>A time as a list is sorted by it.</summary>
    public static string Timed(string column) => $"coalesce({column}, {Never})";
}
