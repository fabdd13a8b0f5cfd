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
        Description =
            "文件（公开数据也可为目录），默认标准输出 / file, or for open data a directory; stdout by default",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "ndjson");
        var complaints = Kind("complaints", "已发布榜单的公开数据 / the open data of the published list", format);
        complaints.OnStore((store, parsed, ct) => Complaints(parsed, store, parsed.GetValue(format)!, ct));
        var listFormat = new Option<string>("--format") { DefaultValueFactory = _ => "json" };
        listFormat.AcceptOnlyFromAmong("json", "csv");
        var list = Kind("list", "已发布的榜单 / the published list", listFormat);
        list.OnStore((store, parsed, ct) => List(parsed, store, parsed.GetValue(listFormat)!, ct));
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
        var bytes = format == "json" ? Encoding.UTF8.GetBytes(published.Json + "\n") : ListText.ListCsv(published.Json);
        await using Stream to = parsed.GetValue(Out) is { } path ? File.Create(path) : Console.OpenStandardOutput();
        await to.WriteAsync(bytes, ct);
        return 0;
    }

    private static async Task<int> Complaints(ParseResult parsed, Store store, string format, CancellationToken ct)
    {
        var list = await Published(parsed, store, ct);
        var isOld = PublishedFormat.Of(list.Json) == 1;
        var data = store.Place.Data;
        var file = isOld ? OpenFiles.CasesOf(data, list.CaseFile) : OpenFiles.PackOf(data, list.CaseFile);
        if (!File.Exists(file))
            throw new Refused("file.missing", $"缺少文件 {file}", $"the file {file} is missing");
        if (isOld)
            await CaseFileOf(parsed, file, format);
        else
            await Tables(parsed, file, format, ct);
        return 0;
    }

    /// <summary>A list of format 1: one file, which is not for everybody.</summary>
    private static async Task CaseFileOf(ParseResult parsed, string file, string format)
    {
        using var from = new StreamReader(file, new UTF8Encoding(false));
        using var to = Open(parsed);
        if (format == "csv")
            await Copy(from, to);
        else
            Ndjson(from, to);
    }

    /// <summary>Into one file where its name ends in .zip, or on stdout; else into a directory.</summary>
    private static async Task Tables(ParseResult parsed, string pack, string format, CancellationToken ct)
    {
        var path = parsed.GetValue(Out);
        var isPacked = path is null || path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
        if (isPacked)
        {
            var bytes =
                format == "csv"
                    ? await File.ReadAllBytesAsync(pack, ct)
                    : OpenFiles.Pack(OpenFiles.All(pack).Select(AsNdjson));
            await using var to = path is null ? Console.OpenStandardOutput() : File.Create(path);
            await to.WriteAsync(bytes, ct);
            return;
        }
        Directory.CreateDirectory(path!);
        foreach (var (name, bytes) in OpenFiles.All(pack).Select(one => format == "csv" ? one : AsNdjson(one)))
            await File.WriteAllBytesAsync(Path.Combine(path!, name), bytes, ct);
    }

    private static (string Name, byte[] Bytes) AsNdjson((string Name, byte[] Bytes) file)
    {
        if (Path.GetExtension(file.Name) != ".csv")
            return file;
        using var from = new StreamReader(new MemoryStream(file.Bytes), new UTF8Encoding(false));
        using var bytes = new MemoryStream();
        using (var to = new StreamWriter(bytes, new UTF8Encoding(false), leaveOpen: true))
            Ndjson(from, to);
        return (Path.ChangeExtension(file.Name, ".ndjson"), bytes.ToArray());
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
        if (name is "score" or "replyTimely" or "validReply" or "yes" or "partly" or "no")
            json.WriteRawValue(cell);
        else
            json.WriteStringValue(cell);
    }
}
