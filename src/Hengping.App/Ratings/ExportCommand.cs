using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary><c>export complaints PERIOD</c> and <c>export list PERIOD</c>: open data.</summary>
public static class ExportCommand
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "文件，默认标准输出 / file, stdout by default",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "ndjson");
        var live = new Option<bool>("--live") { Description = "当前数据，未冻结 / as it stands now, not frozen" };
        var complaints = Kind("complaints", "已发布榜单的案件文件 / the frozen case file", format);
        complaints.Add(live);
        complaints.SetAction(
            (parsed, ct) =>
                Cli.WithStore(
                    parsed,
                    ct,
                    store => Complaints(parsed, store, parsed.GetValue(format)!, parsed.GetValue(live), ct)
                )
        );
        var listFormat = new Option<string>("--format") { DefaultValueFactory = _ => "json" };
        listFormat.AcceptOnlyFromAmong("json", "csv");
        var list = Kind("list", "已发布的榜单 / the published list", listFormat);
        list.SetAction(
            (parsed, ct) => Cli.WithStore(parsed, ct, store => List(parsed, store, parsed.GetValue(listFormat)!, ct))
        );
        return new Command("export", "导出开放数据 / export open data") { complaints, list };
    }

    private static Command Kind(string name, string description, Option<string> format) =>
        new(name, description)
        {
            RatingsCommands.PeriodArgument,
            format,
            Out,
            RatingsCommands.Sector,
            RatingsCommands.Side,
            RatingsCommands.PolicyOption,
        };

    private static async Task<int> List(ParseResult parsed, Store store, string format, CancellationToken ct)
    {
        var published = await Published(parsed, store, ct);
        using var to = Open(parsed);
        to.Write(format == "json" ? published.Json + "\n" : ListText.ListCsv(published.Json));
        return 0;
    }

    private static async Task<int> Complaints(
        ParseResult parsed,
        Store store,
        string format,
        bool live,
        CancellationToken ct
    )
    {
        TextReader from;
        if (live)
        {
            await Listening.CatchUp(store, [RatingsListener.Instance], ct);
            var (_, cases) = await Standing.Frozen(store, RatingsCommands.Asked(parsed, store.Now), store.Now, ct);
            var lines = cases.Select(c => CaseFile.Line(c.Case, c.Words)).Prepend(CaseFile.Header);
            from = new StringReader(string.Join('\n', lines) + "\n");
        }
        else
        {
            var file = OpenFiles.PathOf(store.Place.Data, (await Published(parsed, store, ct)).CaseFile);
            if (!File.Exists(file))
                throw new Refused("file.missing", $"缺少文件 {file}", $"the case file {file} is missing");
            from = new StreamReader(file, new UTF8Encoding(false));
        }
        using (from)
        using (var to = Open(parsed))
        {
            if (format == "csv")
                await Copy(from, to);
            else
                Ndjson(from, to);
        }
        return 0;
    }

    private static async Task<ListEvent.Published> Published(ParseResult parsed, Store store, CancellationToken ct) =>
        await PublishList.Find(store, RatingsCommands.Asked(parsed, store.Now), ct)
        ?? throw new Refused(ListHistory.NotPublished);

    private static StreamWriter Open(ParseResult parsed)
    {
        var plain = new UTF8Encoding(false);
        return parsed.GetValue(Out) is { } path
            ? new StreamWriter(path, append: false, plain)
            : new StreamWriter(Console.OpenStandardOutput(), plain);
    }

    private static async Task Copy(TextReader from, StreamWriter to)
    {
        var buffer = new char[1 << 15];
        for (int read; (read = await from.ReadAsync(buffer)) > 0; )
            await to.WriteAsync(buffer.AsMemory(0, read));
    }

    /// <summary>One object a line; absent values are left out, scores are numbers, flags are true and false.</summary>
    private static void Ndjson(TextReader from, StreamWriter to)
    {
        to.Flush();
        string[]? header = null;
        foreach (var cells in Csv.Read(from))
        {
            if (header is null)
            {
                header = cells;
                continue;
            }
            using (var json = new Utf8JsonWriter(to.BaseStream, Compact))
            {
                json.WriteStartObject();
                for (var i = 0; i < header.Length; i++)
                    WriteCell(json, header[i], cells[i]);
                json.WriteEndObject();
            }
            to.BaseStream.WriteByte((byte)'\n');
        }
    }

    private static void WriteCell(Utf8JsonWriter json, string name, string cell)
    {
        if (cell.Length == 0)
            return;
        json.WritePropertyName(name);
        if (name == "score" || (name is "replyTimely" or "validReply"))
            json.WriteRawValue(cell);
        else
            json.WriteStringValue(cell);
    }
}
