using System.Globalization;
using System.Text;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;

namespace Hengping.App.Measures;

/// <summary>The register as a sheet.</summary>
public static class MeasureFiles
{
    private const string Head =
        "number,kind,status,reason,merchant,target,targetTitle,rule,clause,factsOn,source,detectedByMachine,automation,"
        + "urgent,signedAt,startsAt,endsOn,endedAt,amount,overdue,appealed\n";

    /// <summary>CSV with a header, UTF-8 with a mark so that Excel reads it.</summary>
    public static byte[] Csv(IReadOnlyList<MeasureRows.Item> items)
    {
        var text = new StringBuilder("\uFEFF" + Head);
        foreach (var one in items)
        {
            string?[] cells =
            [
                one.Number,
                Words.Of(one.Kind),
                Words.Of(one.Status),
                Words.Of(one.Reason),
                one.MerchantName,
                Words.Of(one.TargetKind),
                one.TargetTitle,
                one.ClauseTitleZh,
                one.Clause.Clause,
                MeasureBook.Day(one.FactsOn),
                Words.Of(one.Source),
                Said(one.DetectedByMachine),
                Words.Of(one.Automation),
                Said(one.Urgent),
                Said(one.SignedAt),
                Said(one.StartsAt),
                one.EndsOn is { } day ? MeasureBook.Day(day) : null,
                Said(one.EndedAt),
                one.Amount?.ToString("0.00", CultureInfo.InvariantCulture),
                Said(one.Overdue),
                Said(one.Appealed),
            ];
            for (var i = 0; i < cells.Length; i++)
                (i == 0 ? text : text.Append(',')).Cell(Rules.Ratings.Csv.Harmless(cells[i]));
            text.Append('\n');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Said(bool yes) => yes ? "true" : "false";

    private static string? Said(DateTimeOffset? at) =>
        at?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
