using System.Globalization;
using System.Text;
using System.Text.Json;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>A list for people's eyes and for spreadsheets.</summary>
public static class ListText
{
    private static readonly string[] Columns =
    [
        "rank",
        "merchantId",
        "merchant",
        "sector",
        "enrolled",
        "valid",
        "pending",
        "replied",
        "scored",
        "replyRate",
        "timeliness",
        "satisfaction",
        "index",
        "grade",
    ];

    /// <summary>Plain columns for a terminal.</summary>
    public static string Table(RatingList list)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{list.Period} {CaseRow.SideWord(list.Side)} ");
        text.Append(CultureInfo.InvariantCulture, $"{list.Policy.Version} as of {CaseFile.Write(list.AsOf)}\n");
        text.Append("名次   有效  回复率   及时   满意   指数  区间           评级  商家\n");
        foreach (var row in list.Rows)
        {
            var rank = row.Rank?.ToString(CultureInfo.InvariantCulture) ?? "-";
            text.Append(
                CultureInfo.InvariantCulture,
                $"{rank, 4} {row.Valid, 6} {row.ReplyRate * 100, 6:0.00}% {row.Timeliness:0.000}"
            );
            text.Append(
                CultureInfo.InvariantCulture,
                $" {row.Satisfaction, 6:0.000} {row.Index:0.000} {row.Interval[0]:0.000}–{row.Interval[1]:0.000}"
            );
            text.Append(CultureInfo.InvariantCulture, $" {Zh(row.Grade)}  {row.Merchant}\n");
        }
        var basis = list.Basis;
        text.Append(
            CultureInfo.InvariantCulture,
            $"{list.Rows.Count} 家 / merchants; {basis.Base} 件 / cases, {basis.Pending} pending, {basis.Excluded} out\n"
        );
        return text.ToString();
    }

    /// <summary>A list's rows as CSV, from its JSON: UTF-8 with a byte order mark, so that Excel reads it.</summary>
    public static byte[] ListCsv(string json)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder("\uFEFF" + string.Join(',', Columns)).Append(",intervalLo,intervalHi,notes\n");
        foreach (var row in document.RootElement.GetProperty("rows").EnumerateArray())
        {
            foreach (var column in Columns)
            {
                var value = row.GetProperty(column).ToString();
                text.Cell(column is "merchant" or "sector" ? Csv.Harmless(value) : Lower(value)).Append(',');
            }
            var interval = row.GetProperty("interval");
            text.Append(interval[0].GetRawText()).Append(',').Append(interval[1].GetRawText()).Append(',');
            text.Cell(string.Join(' ', row.GetProperty("notes").EnumerateArray().Select(n => n.GetString())));
            text.Append('\n');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A grade in Chinese.</summary>
    public static string Zh(Grade grade) =>
        grade switch
        {
            Grade.Recommended => "建议下单",
            Grade.Cautious => "谨慎下单",
            Grade.NotRecommended => "不建议下单",
            _ => "不予评级",
        };

    private static string Lower(string value) =>
        value switch
        {
            "True" => "true",
            "False" => "false",
            _ => value,
        };
}
