using System.CommandLine;
using System.Globalization;
using System.Text;
using Hengping.App.Clocks;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;

namespace Hengping.App.Calc;

/// <summary>
/// <c>calc WHAT</c>: the law book as a calculator. One result from values, <c>name=value</c> or <c>--name value</c>;
/// with <c>--batch</c> CSV with a header on stdin → the same rows and the result columns on stdout. Rows that cannot
/// be computed keep their place with empty results, and their reason goes to stderr.
/// </summary>
public static class CalcCommand
{
    /// <summary>Faults told one by one; the others are only counted.</summary>
    private const int ToldMax = 20;

    private static readonly Option<bool> Batch = new("--batch")
    {
        Description = "标准输入 CSV → 标准输出 CSV / CSV with a header on stdin, the same rows with results on stdout",
    };

    private static readonly Option<bool> Explain = new("--explain")
    {
        Description = "附上算法与依据（zh、en 两列）/ say how it was counted and by what, in columns zh and en",
    };

    /// <summary>The command with one sub-command for each kind.</summary>
    public static Command Create()
    {
        var calc = new Command("calc", "规则计算器 / the law book as a calculator");
        foreach (var kind in LawBook.All(Law.Shipped))
            calc.Add(KindCommand(kind));
        calc.Add(CasesIndex.Create());
        calc.Add(LintCommand.Create());
        return calc;
    }

    private static Command KindCommand(Calculation kind)
    {
        var columns = string.Join(" ", kind.In.Select(c => c.TrimEnd('?')));
        var command = new Command(kind.Name, $"{columns} → {string.Join(" ", kind.Out)}");
        var values = new Argument<string[]>("values")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = $"按次序的值或 名=值 / values in order, or name=value: {columns}",
        };
        command.Add(values);
        command.Add(Batch);
        if (kind.Explain is not null)
            command.Add(Explain);
        var options = new List<Option<string?>>();
        for (var i = 0; i < kind.In.Length; i++)
        {
            var option = new Option<string?>("--" + kind.Column(i)) { Hidden = false };
            if (kind.Column(i).Contains('_', StringComparison.Ordinal))
                option.Aliases.Add("--" + kind.Column(i).Replace('_', '-'));
            options.Add(option);
            command.Add(option);
        }
        command.SetAction(
            async (parsed, ct) =>
            {
                var law = kind.Name == DeadlineCalculation.Name ? await LawOf(parsed, ct) : Law.Shipped;
                var fresh = LawBook.All(law).First(k => k.Name == kind.Name);
                if (kind.Explain is not null && parsed.GetValue(Explain))
                    fresh = fresh.Explained;
                if (parsed.GetValue(Batch))
                    return Stream(fresh, Console.OpenStandardInput(), Console.OpenStandardOutput(), Cli.Say);
                var cells = new string?[kind.In.Length];
                for (var i = 0; i < cells.Length; i++)
                    cells[i] = parsed.GetValue(options[i]);
                if (Place(fresh, parsed.GetValue(values) ?? [], cells) is { } fault)
                    return Usage(fault);
                return One(fresh, cells, parsed.GetValue(Cli.Json));
            }
        );
        return command;
    }

    /// <summary>As the store of this call has it, where there is one: an admin may have loaded a year. None is made.
    /// </summary>
    internal static async Task<Law> LawOf(ParseResult parsed, CancellationToken ct)
    {
        var place = Cli.Place(parsed);
        var law = Law.Load(place.Data);
        if (place.IsMade)
            await Cli.WithStore(
                parsed,
                ct,
                async store =>
                {
                    law = law.With((await CurrentOperator.Load(store, ct))?.Calendars.Values ?? []);
                    return 0;
                }
            );
        return law;
    }

    /// <summary>Puts loose values into their columns; null, or what is wrong with them.</summary>
    private static string? Place(Calculation kind, string[] values, string?[] cells)
    {
        var next = 0;
        foreach (var value in values)
        {
            var named = Enumerable
                .Range(0, cells.Length)
                .FirstOrDefault(i => value.StartsWith(kind.Column(i) + "=", StringComparison.Ordinal), -1);
            if (named >= 0)
            {
                cells[named] = value[(kind.Column(named).Length + 1)..];
                continue;
            }
            while (next < cells.Length && cells[next] is not null)
                next++;
            if (next == cells.Length)
                return $"{kind.Name} takes {string.Join(", ", kind.In)}; '{value}' is one too many";
            cells[next] = value;
        }
        if (kind.Missing(i => !string.IsNullOrEmpty(cells[i])) is { } missing)
            return $"{kind.Name} needs {missing}";
        for (var i = 0; i < cells.Length; i++)
            cells[i] ??= "";
        return null;
    }

    private static int Usage(string fault)
    {
        Cli.Say(fault);
        return 2;
    }

    private static int One(Calculation kind, string?[] cells, bool asJson)
    {
        string[] results;
        try
        {
            var decided = kind.Compute(cells!);
            results = decided.Event ?? throw new Refused(decided.Refusal!);
        }
        catch (BadCell bad)
        {
            throw new Refused(bad.AsRefusal);
        }
        Print(kind.Out, results, asJson);
        return 0;
    }

    /// <summary>One value alone; several as <c>name=value</c>; JSON with numbers as numbers.</summary>
    internal static void Print(string[] names, string[] results, bool asJson)
    {
        if (!asJson)
        {
            Console.Out.WriteLine(
                names.Length == 1 ? results[0] : string.Join(' ', names.Zip(results, (n, r) => $"{n}={r}"))
            );
            return;
        }
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, result) in names.Zip(results))
        {
            members[name] = result switch
            {
                "true" => true,
                "false" => false,
                _ when decimal.TryParse(result, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) => n,
                _ => result,
            };
        }
        Cli.Print(members);
    }

    /// <summary>
    /// Streams a batch; memory stays that of one row. What of it is not computed with comes out byte for byte, in
    /// whatever encoding it is; what is has to be UTF-8, or its row has a fault.
    /// </summary>
    internal static int Stream(Calculation kind, Stream from, Stream to, Action<string> say)
    {
        // One character a byte.
        using var reader = new StreamReader(from, Encoding.Latin1, detectEncodingFromByteOrderMarks: false, 1 << 16);
        using var writer = new StreamWriter(to, Encoding.Latin1, 1 << 16);
        writer.NewLine = "\n";
        int[]? columns = null;
        var line = new StringBuilder(256);
        var cells = new string[kind.In.Length];
        long row = 0,
            faults = 0;
        try
        {
            foreach (var given in Csv.Read(reader))
            {
                row++;
                if (columns is null)
                {
                    given[0] = WithoutMark(given[0]);
                    columns = Columns(kind, given, out var missing);
                    if (columns is null)
                    {
                        say($"the header has no column {missing}; {kind.Name} needs {string.Join(", ", kind.In)}");
                        return 2;
                    }
                    WriteRow(writer, line, given, kind.Out);
                    continue;
                }
                if (given is [""])
                    continue;
                for (var i = 0; i < cells.Length; i++)
                    cells[i] = columns[i] >= 0 && columns[i] < given.Length ? Text(given[columns[i]]).Trim() : "";
                var results = Row(kind, cells, out var fault);
                if (fault is not null && ++faults <= ToldMax)
                    say($"row {row}: {fault}");
                WriteRow(writer, line, given, results);
            }
        }
        catch (FormatException bad)
        {
            writer.Flush();
            throw new Refused("calc.csv", $"第 {row + 1} 行不是有效的 CSV", $"row {row + 1}: {bad.Message}");
        }
        if (columns is null)
        {
            say("no header on stdin");
            return 2;
        }
        if (faults > ToldMax)
            say($"{faults} rows could not be computed; the first {ToldMax} are named above");
        return 0;
    }

    private static string[] Row(Calculation kind, string[] cells, out string? fault)
    {
        var empty = Enumerable.Repeat("", kind.Out.Length).ToArray();
        if (Array.Exists(cells, cell => cell.Contains('\uFFFD', StringComparison.Ordinal)))
        {
            fault = "a value holds bytes that are no UTF-8";
            return empty;
        }
        try
        {
            var decided = kind.Compute(cells);
            fault = decided.Refusal?.En;
            if (decided.Refusal?.Code == "calendar.unknown")
                empty[0] = "calendar unknown";
            return decided.Event ?? empty;
        }
        catch (BadCell bad)
        {
            fault = bad.Message;
            return empty;
        }
    }

    private static int[]? Columns(Calculation kind, string[] header, out string? missing)
    {
        var columns = new int[kind.In.Length];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = Array.FindIndex(
                header,
                h => h.Trim().Equals(kind.Column(i), StringComparison.OrdinalIgnoreCase)
            );
        missing = kind.Missing(i => columns[i] >= 0);
        return missing is null ? columns : null;
    }

    /// <summary>The UTF-8 mark is no part of the first name; UTF-16 is not read.</summary>
    private static string WithoutMark(string first)
    {
        if (
            first.StartsWith("\u00FF\u00FE", StringComparison.Ordinal)
            || first.StartsWith("\u00FE\u00FF", StringComparison.Ordinal)
        )
            throw new Refused("calc.encoding", "请以 UTF-8 提供（这是 UTF-16）", "give it in UTF-8: this is UTF-16");
        return first.StartsWith(Utf8Mark, StringComparison.Ordinal) ? first[Utf8Mark.Length..] : first;
    }

    private const string Utf8Mark = "\u00EF\u00BB\u00BF";

    /// <summary>Bytes that are no UTF-8 are U+FFFD here, which no value is.</summary>
    private static string Text(string bytes) =>
        Ascii.IsValid(bytes) ? bytes : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));

    private static void WriteRow(StreamWriter writer, StringBuilder line, string[] given, string[] results)
    {
        line.Clear();
        foreach (var cell in given)
            line.Cell(cell).Append(',');
        foreach (var result in results)
            line.Cell(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(result))).Append(',');
        line.Length--;
        writer.WriteLine(line);
    }
}
