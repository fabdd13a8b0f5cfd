using System.CommandLine;
using System.Globalization;
using Hengping.App.Clocks;
using Hengping.App.Operators;
using Hengping.App.Platform;

namespace Hengping.App.Calc;

/// <summary>
/// <c>calc WHAT</c>: the law book as a calculator. One result from values, <c>name=value</c> or <c>--name value</c>;
/// with <c>--batch</c> CSV with a header on stdin → the same rows and the result columns on stdout
/// (<see cref="CalcBatch"/>).
/// </summary>
public static class CalcCommand
{
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
                var cells = new string?[kind.In.Length];
                for (var i = 0; i < cells.Length; i++)
                    cells[i] = parsed.GetValue(options[i]);
                if (parsed.GetValue(Batch))
                    return CalcBatch.Run(
                        fresh,
                        cells,
                        Console.OpenStandardInput(),
                        Console.OpenStandardOutput(),
                        Cli.Say
                    );
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
            if (next == cells.Length && kind.TakesMany)
            {
                cells[^1] += " " + value;
                continue;
            }
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
}
