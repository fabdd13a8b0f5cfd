using System.Globalization;
using System.Text.Json;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// The table of scores of the list on a page with one score changed, chosen by what that does to the list: on one
/// market a digit moves nobody, on another it moves two more rows, so a test has to say which it wants.
/// </summary>
/// <param name="File">The whole file.</param>
/// <param name="Merchant">Whose score was changed.</param>
/// <param name="Passed">Whose place or rank moves by it.</param>
internal sealed record ScoreChanged(string File, string Merchant, IReadOnlyList<string> Passed)
{
    // A score weighs 0.2 of the index, on a scale of ten.
    private const double IndexPerPoint = 0.02;

    // What rounding to thousandths can hide or invent.
    private const double Margin = 0.002;

    private sealed record Row(string Merchant, double Index, bool Rated, int Scored);

    /// <summary>A change that shows in the merchant's own row and leaves everybody's place as it was.</summary>
    public static async Task<(string File, string Merchant)> Apart(IPage page, Site site)
    {
        var found = await First(page, site, passed => passed.Count == 0);
        return (found.File, found.Merchant);
    }

    /// <summary>A change by which the merchant passes others, or others it.</summary>
    public static Task<ScoreChanged> Passing(IPage page, Site site) => First(page, site, passed => passed.Count > 0);

    private static async Task<ScoreChanged> First(IPage page, Site site, Func<IReadOnlyList<string>, bool> wanted)
    {
        var address = await page.Locator("[data-recompute]").GetAttributeAsync("data-list");
        var list = await site.Anyone.GetAsync(address, TestContext.Current.CancellationToken).Json();
        var name = list.GetProperty("cases").GetProperty("file").GetString();
        var rows = list.GetProperty("rows").EnumerateArray().Select(RowOf).ToList();
        var file = await site.Anyone.GetStringAsync(
            $"/api/v1/open/cases/{name}/scores.csv",
            TestContext.Current.CancellationToken
        );
        var lines = file.TrimEnd('\n').Split('\n');
        for (var i = 1; i < lines.Length; i++)
        {
            var cells = lines[i].Split(',');
            // A whole number.
            if (cells[1].Length > 2)
                continue;
            var at = rows.FindIndex(row => row.Merchant == cells[0] && row.Rated);
            for (var score = 0; at >= 0 && score <= 10; score++)
            {
                var passed = Moved(rows, at, score - int.Parse(cells[1], CultureInfo.InvariantCulture));
                if (passed is null || !wanted(passed))
                    continue;
                lines[i] = cells[0] + "," + score.ToString(CultureInfo.InvariantCulture);
                Array.Sort(lines, 1, lines.Length - 1, StringComparer.Ordinal);
                return new ScoreChanged(string.Join('\n', lines) + "\n", cells[0], passed);
            }
        }
        throw new InvalidOperationException("no score of this list does that");
    }

    private static Row RowOf(JsonElement row) =>
        new(
            row.GetProperty("merchantId").GetString()!,
            row.GetProperty("index").GetDouble(),
            row.GetProperty("grade").GetString() != "unrated",
            row.GetProperty("scored").GetInt32()
        );

    /// <summary>Who else moves when a score changes by so many points; null where rounding decides it.</summary>
    private static List<string>? Moved(List<Row> rows, int at, int points)
    {
        var change = IndexPerPoint * points / rows[at].Scored;
        var after = rows[at] with { Index = rows[at].Index + change };
        if (
            Math.Abs(change) < Margin
            || rows.Where((_, i) => i != at).Any(r => IsNear(r, rows[at]) || IsNear(r, after))
        )
            return null;
        var rated = rows.Where(row => row.Rated).ToList();
        var then = rated.Select((row, i) => i == at ? after : row).OrderByDescending(row => row.Index).ToList();
        return
        [
            .. rated
                .Where((row, i) => i != at && then.FindIndex(t => t.Merchant == row.Merchant) != i)
                .Select(r => r.Merchant),
        ];

        static bool IsNear(Row one, Row other) => one.Rated && Math.Abs(one.Index - other.Index) < Margin;
    }
}
