using System.CommandLine;
using Hengping.App.Platform;

namespace Hengping.App.Importing;

/// <summary><c>hengping import complaints FILE --map …</c>.</summary>
public static class ImportCommand
{
    private static readonly Argument<string> File = new("FILE")
    {
        Description = "CSV、NDJSON 或 XLSX，可为 .gz / the file",
    };

    private static readonly Option<string> Map = new("--map")
    {
        Required = true,
        Description = "cfpb nyc ccdb heimao tipdm reclameaqui，或 MAP.json（见 docs/import.md）/ the mapping",
    };

    private static readonly Option<string?> RejectsPath = new("--rejects")
    {
        Description = "未导入的行及原因写入此 CSV / where rows that are not loaded go, with their reasons",
    };

    private static readonly Option<string?> AtOption = new("--at")
    {
        Description = "没有日期的文件：提交与递交的日期 / the date of rows that have none",
    };

    private static readonly Option<string?> Respondent = new("--respondent")
    {
        Description = "没有被投诉人列的文件：被投诉人名称 / the respondent of rows that name none",
    };

    private static readonly Option<bool> Enrolled = new("--enrolled")
    {
        Description = "导入的商家视为已入驻 / imported merchants take part in ratings",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var complaints = new Command("complaints", "导入历史投诉，可重复运行 / load past complaints; safe to run again")
        {
            File,
            Map,
            RejectsPath,
            AtOption,
            Respondent,
            Enrolled,
        };
        complaints.SetAction(Run);
        return new Command("import", "导入 / load history") { complaints, ImportOrders.Create() };
    }

    private static async Task<int> Run(System.CommandLine.ParseResult parsed, CancellationToken ct)
    {
        var mapping = MappingFile.Find(parsed.GetValue(Map)!);
        if (Missing(parsed, mapping) is { } missing)
        {
            Cli.Say(missing);
            return 2;
        }
        var path = parsed.GetValue(File)!;
        if (parsed.GetValue(RejectsPath) is { } rejected && Path.GetFullPath(rejected) == Path.GetFullPath(path))
            throw new Refused(
                "import.rejects",
                "--rejects 不能是要导入的文件本身",
                "--rejects must not be the file that is imported"
            );
        using var table = SourceFile.Open(path, mapping.Header, mapping.Names);
        return await Cli.WithStore(parsed, ct, store => Load(parsed, store, mapping, table, ct));
    }

    private static async Task<int> Load(
        System.CommandLine.ParseResult parsed,
        Store store,
        Mapping mapping,
        SourceTable table,
        CancellationToken ct
    )
    {
        var ask = new ImportAsk(At(parsed, store.Now), parsed.GetValue(Respondent), store.Now);
        using var rejects = new RejectsFile(parsed.GetValue(RejectsPath), table);
        var run = new ImportRun(store, mapping, rejects, parsed.GetValue(Enrolled));
        var result = await ImportProgress.Show(table, run, run.Load(table, ask, ct));
        foreach (var line in rejects.Summary())
            Cli.Say(line);
        if (parsed.GetValue(Cli.Json))
            Cli.Print(result);
        else
            Console.Out.WriteLine(
                $"读取 {result.Read}  导入 {result.Imported}  已有 {result.Skipped}  拒绝 {result.Rejected}  "
                    + $"新商家 {result.Merchants}  {result.Seconds:0.0} 秒 / read, imported, skipped, rejected, "
                    + "new merchants, seconds"
            );
        return 0;
    }

    private static string? Missing(System.CommandLine.ParseResult parsed, Mapping mapping) =>
        mapping.NeedsAt && parsed.GetValue(AtOption) is null
            ? $"映射 {mapping.Source} 没有日期，请给出 --at / mapping {mapping.Source} has no dates: give --at"
        : mapping.NeedsRespondent && string.IsNullOrWhiteSpace(parsed.GetValue(Respondent))
            ? $"映射 {mapping.Source} 没有被投诉人，请给出 --respondent / mapping {mapping.Source} has no respondent: "
                + "give --respondent"
        : parsed.GetValue(AtOption) is { } text && !SourceDates.TryRead(text, DateOrder.Ymd, 9998, out _)
            ? $"--at 不是日期：{text} / --at is no date: {text}"
        : null;

    private static DateTimeOffset? At(System.CommandLine.ParseResult parsed, DateTimeOffset now)
    {
        if (parsed.GetValue(AtOption) is not { } text)
            return null;
        SourceDates.TryRead(text, DateOrder.Ymd, 9998, out var instant);
        return instant <= now
            ? instant
            : throw new Refused("import.at", "--at 不能晚于现在", "--at must not lie in the future");
    }
}
