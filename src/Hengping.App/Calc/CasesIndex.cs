using System.CommandLine;
using System.Globalization;
using System.Text;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Ratings;

namespace Hengping.App.Calc;

/// <summary>
/// <c>calc cases-index [FILE]</c>: the index of a file of cases with the columns delivered_at, replied_at, score. All
/// delivered cases count; nothing is pending, because the file says no as-of.
/// </summary>
internal static class CasesIndex
{
    private static readonly string[] In = ["delivered_at", "replied_at", "score"];
    private static readonly string[] Out = ["reply_rate", "timeliness", "satisfaction", "index", "grade"];

    public static Command Create()
    {
        var file = new Argument<string?>("file")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "CSV 文件，默认标准输入 / CSV file, stdin by default",
        };
        var batch = new Option<bool>("--batch") { Description = "结果为 CSV / print the result as CSV" };
        var unscored = new Option<Unscored>("--unscored")
        {
            Description = "无人评分时 zero 或 rescale / where nobody scored",
        };
        var policy = new Option<string>("--policy") { DefaultValueFactory = _ => Policy.Current.Version };
        policy.AcceptOnlyFromAmong([.. ReplyHours.Policies]);
        var command = new Command("cases-index", "delivered_at replied_at score → " + string.Join(" ", Out))
        {
            file,
            batch,
            unscored,
            policy,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file);
            if (path is not (null or "-") && !File.Exists(path))
                throw new Refused("file.missing", $"没有文件 {path}", $"there is no file {path}");
            using var input = path is null or "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            using var reader = new StreamReader(input, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 16);
            var rules = Policy.Parse(parsed.GetValue(policy)!, parsed.GetValue(unscored)).Event!;
            var results = Compute(reader, rules, out var missing);
            if (results is null)
            {
                Cli.Say(missing!);
                return 2;
            }
            if (parsed.GetValue(batch))
                Console.Out.Write($"{string.Join(',', Out)}\n{string.Join(',', results)}\n");
            else
                CalcCommand.Print(Out, results, parsed.GetValue(Cli.Json));
            return 0;
        });
        return command;
    }

    /// <summary>The five results, or null and what the header lacks.</summary>
    /// <exception cref="Refused">A row cannot be read.</exception>
    internal static string[]? Compute(TextReader reader, Policy policy, out string? missing)
    {
        missing = "no header: delivered_at, replied_at, score are needed";
        Tally tally = default;
        int[]? at = null;
        var row = 0;
        try
        {
            foreach (var cells in Csv.Read(reader))
            {
                row++;
                if (at is null)
                {
                    at = Header(cells, out missing);
                    if (at is null)
                        return null;
                    continue;
                }
                if (cells is not [""])
                    Add(ref tally, policy.Hours, i => at[i] < cells.Length ? cells[at[i]].Trim() : "");
            }
        }
        catch (Exception bad) when (bad is BadCell or FormatException)
        {
            throw new Refused("calc.invalid", $"第 {row} 行无效：{bad.Message}", $"row {row}: {bad.Message}");
        }
        return at is null ? null : Results(tally, policy);
    }

    private static int[]? Header(string[] header, out string? missing)
    {
        missing = null;
        var at = new int[3];
        foreach (var (i, name) in In.Index())
        {
            at[i] = Array.FindIndex(header, h => h.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));
            if (at[i] >= 0)
                continue;
            missing = $"the header has no column {name}";
            return null;
        }
        return at;
    }

    private static void Add(ref Tally tally, ReplyHours hours, Func<int, string> cell)
    {
        if (cell(0).Length == 0)
            return; // Never delivered: outside the base.
        var delivered = InstantOf("delivered_at", cell(0));
        var answered = Answered.Never;
        if (cell(1).Length > 0)
        {
            var elapsed = InstantOf("replied_at", cell(1)) - delivered;
            if (elapsed < TimeSpan.Zero)
                throw new BadCell("replied_at", cell(1), "is before the delivery");
            answered = RatingIndex.ClassOf(elapsed.Ticks / TimeSpan.TicksPerMillisecond, hours);
        }
        var score = cell(2).Length == 0 ? -1 : (int)(Cells.Decimal("score", cell(2), 0, 10) * 1000);
        tally.Add(answered, score, anonymous: true);
    }

    private static DateTimeOffset InstantOf(string column, string text)
    {
        if (
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year > 1
        )
            return Shanghai.StartOf(day);
        try
        {
            return DeadlineCalculation.InstantOf(text);
        }
        catch (BadCell)
        {
            throw new BadCell(column, text, "is neither a date nor an instant");
        }
    }

    private static string[] Results(in Tally tally, Policy policy)
    {
        var row = RatingList.RowOf(
            tally,
            new RatedMerchant(Guid.Empty, "", "", Enrolled: true, HasContact: true),
            policy
        );
        return
        [
            Cells.Write(row.ReplyRate),
            Cells.Write(row.Timeliness),
            Cells.Write(row.Satisfaction),
            Cells.Write(row.Index),
            PublishedList.Word(row.Grade),
        ];
    }
}
