using System.Globalization;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>The orders a reader can have a list in: by a column, the other way round with a minus before it.</summary>
internal static class RowOrder
{
    private const string ByRank = "rank";
    private const string ByName = "merchant";

    /// <summary>The words, the order of the list itself first.</summary>
    public static readonly IReadOnlyList<string> Words =
    [
        ByRank,
        ByName,
        "replyRate",
        "timeliness",
        "satisfaction",
        "valid",
    ];

    /// <summary>The rows so, alike ones as the list has them; an order that is none is that of the list.</summary>
    public static IReadOnlyList<RatingRow> Sorted(IReadOnlyList<RatingRow> rows, string? asked)
    {
        var isReversed = asked is ['-', ..];
        var word = isReversed ? asked![1..] : asked;
        if (word is null or ByRank || !Words.Contains(word))
            return isReversed && word is ByRank ? [.. rows.Reverse()] : rows;
        if (word is ByName)
        {
            var names = StringComparer.Create(CultureInfo.CurrentUICulture, CompareOptions.IgnoreCase);
            return isReversed
                ? [.. rows.OrderByDescending(row => row.Merchant, names)]
                : [.. rows.OrderBy(row => row.Merchant, names)];
        }
        decimal Of(RatingRow row) =>
            word switch
            {
                "replyRate" => row.ReplyRate,
                "timeliness" => row.Timeliness,
                "satisfaction" => row.Satisfaction,
                _ => row.Valid,
            };
        return isReversed ? [.. rows.OrderBy(Of)] : [.. rows.OrderByDescending(Of)];
    }

    /// <summary>What the head of a column asks for: its order, or the other way round where it has it.</summary>
    public static string Next(string word, string? now) => (now ?? ByRank) == word ? "-" + word : word;

    /// <summary>What <c>aria-sort</c> says of a column; null where the list is in another order.</summary>
    public static string? Aria(string word, string? now)
    {
        var isReversed = (now ?? ByRank) == "-" + word;
        if (!isReversed && (now ?? ByRank) != word)
            return null;
        // Names and ranks begin with the first, numbers with the greatest.
        return word is ByRank or ByName != isReversed ? "ascending" : "descending";
    }
}
