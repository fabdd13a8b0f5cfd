using System.CommandLine;
using System.Globalization;
using Hengping.App.Platform;
using Spectre.Console;

namespace Hengping.App.Bench;

/// <summary>
/// <c>hengping bench NAME</c>: measures on this machine, each with its own yardstick in the same run.
/// </summary>
public static class BenchCommand
{
    /// <summary>A bench: says how it goes on stderr and returns its figures.</summary>
    /// <param name="house">The rooms whose store is measured.</param>
    /// <param name="postgres">Connection to a PostgreSQL server, or null for SQLite. Benches make and drop their own
    /// databases there and never touch the one that is named.</param>
    public delegate Task<BenchResult> Bench(House house, string? postgres, CancellationToken ct);

    private static readonly Dictionary<string, Bench> Known = new(StringComparer.Ordinal)
    {
        ["intake"] = IntakeBench.Run,
        ["read"] = ReadBench.Run,
        ["import"] = ImportBench.Run,
        ["rate"] = RateBench.Run,
        ["pages"] = PagesBench.Run,
        ["search"] = SearchBench.Run,
    };

    private const string Soak = "soak";
    private const string Lists = "lists";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        string[] names = [.. Known.Keys, Soak, Lists];
        var name = new Argument<string>("name") { Description = string.Join(" | ", names) };
        name.AcceptOnlyFromAmong(names);
        var minutes = new Option<int>("--minutes")
        {
            Description = "soak 运行多少分钟 / how long a soak runs",
            DefaultValueFactory = _ => SoakBench.MinutesDefault,
        };
        var cases = new Option<int>("--cases")
        {
            Description = "lists 的案件数 / how many cases the lists are asked of",
            DefaultValueFactory = _ => ListsBench.ManyDefault,
        };
        var keep = new Option<string?>("--keep")
        {
            Description = "lists 的测试库留在这个目录，下次再用 / where the stores of lists stay, to be asked again",
        };
        var command = new Command("bench", "在本机测量 / measure on this machine") { name, minutes, cases, keep };
        command.SetAction(
            async (parsed, ct) =>
            {
                var (which, house, postgres) = (parsed.GetValue(name)!, Cli.HouseOf(parsed), parsed.GetValue(Cli.Db));
                var result = await (
                    which == Soak ? SoakBench.Run(house, postgres, parsed.GetValue(minutes), ct)
                    : which == Lists
                        ? ListsBench.Run(house, postgres, parsed.GetValue(cases), parsed.GetValue(keep), ct)
                    : Known[which](house, postgres, ct)
                );
                if (parsed.GetValue(Cli.Json))
                    Cli.Print(result);
                else
                    Show(result);
                return 0;
            }
        );
        return command;
    }

    private static void Show(BenchResult result)
    {
        var table = new Spectre.Console.Table().AddColumns(result.Name, result.Engine).Border(TableBorder.Simple);
        void Row(string what, string figure) => table.AddRow(Markup.Escape(what), Markup.Escape(figure));
        Row("value", Figure(result.Value) + " " + result.Unit);
        Row("yardstick", Figure(result.Yardstick) + " " + result.Unit);
        Row("ratio", Figure(result.Ratio));
        if (result.P99Ms is { } p99)
            Row("p99", Figure(p99) + " ms");
        if (result.MemoryMb is { } memory)
            Row("memory", Figure(memory) + " MB");
        foreach (var (what, figure) in result.Notes)
            Row(what, figure);
        Row("machine", result.Machine);
        AnsiConsole.Write(table);
    }

    private static string Figure(double value) =>
        value.ToString(value < 10 ? "0.###" : "#,0", CultureInfo.InvariantCulture);
}
