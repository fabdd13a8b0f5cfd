using System.CommandLine;
using System.Text;
using System.Text.Json;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>
/// <c>verify LIST.json [--cases FILE]</c> and <c>verify --period P --from URL</c>: recomputes a published list from
/// open data alone. Writes nothing; with <c>--from</c> it needs no store either.
/// </summary>
public static class VerifyCommand
{
    private sealed record Verdict(bool Holds, string? Where, string? Published, string? Recomputed);

    // For the whole of an answer. A list has some hundred kilobytes, its open data some megabytes.
    internal static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(2);
    internal const long AnswerBytesMax = 64L << 20;

    private static readonly Argument<string?> List = new("list")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "export list 的 JSON / JSON as export list prints it",
    };

    private static readonly Option<string?> Cases = new("--cases")
    {
        Description = "公开数据 .zip、目录或旧格式 .csv，默认按名取自 DATA/open / open data, by default from DATA/open",
    };

    private static readonly Option<string?> PeriodOption = new("--period")
    {
        Description = "与 --from 同用：哪一期 / with --from: which period",
    };

    private static readonly Option<string?> From = new("--from")
    {
        Description = "公开网站的地址 / address of a public site",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("verify", "用公开数据复算已发布的榜单 / recompute a published list")
        {
            List,
            Cases,
            PeriodOption,
            From,
            RatingsCommands.Sector,
            RatingsCommands.Side,
            RatingsCommands.PolicyOption,
        };
        command.Validators.Add(given =>
        {
            var (file, period, from) = (given.GetValue(List), given.GetValue(PeriodOption), given.GetValue(From));
            if ((period is null) != (from is null) || (file is null) == (from is null))
                given.AddError("LIST.json [--cases …] 或 --period P --from URL / either a list or --period and --from");
        });
        command.SetAction(
            async (parsed, ct) =>
                Tell(
                    parsed.GetValue(From) is { } site ? await OfSite(parsed, site, ct) : OfFiles(parsed),
                    parsed.GetValue(Cli.Json)
                )
        );
        return command;
    }

    private static Difference? OfFiles(ParseResult parsed)
    {
        var json = Read(parsed.GetValue(List)!);
        var path = parsed.GetValue(Cases) ?? Local(Cli.Place(parsed).Data, json);
        if (Directory.Exists(path))
            return Verification.Verify(json, Given(name => Bytes(Path.Combine(path, name)), file: null));
        if (!File.Exists(path))
            throw new Refused("file.missing", $"没有公开数据 {path}", $"there is no open data {path}");
        if (IsPack(path))
            return Packed(json, path, File.ReadAllBytes(path));
        using var reader = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        return Verification.Verify(json, reader);
    }

    private static async Task<Difference?> OfSite(ParseResult parsed, string site, CancellationToken ct)
    {
        using var http = Client();
        var root = site.TrimEnd('/') + "/api/v1";
        var policy = parsed.GetValue(RatingsCommands.PolicyOption) is { } named ? $"&policy={named}" : "";
        var asked = $"?side={parsed.GetValue(RatingsCommands.Side)}{policy}";
        var whole = $"{root}/ratings/{Uri.EscapeDataString(parsed.GetValue(PeriodOption)!)}{asked}";
        var address = parsed.GetValue(RatingsCommands.Sector) is { } sector
            ? $"{whole}&sector={Uri.EscapeDataString(sector)}"
            : whole;
        var json = Encoding.UTF8.GetString(await Fetch(http, address, ct));
        if (NameOf(json) is not { Length: > 0 } name)
            throw new Refused(ListHistory.NotPublished);
        var bytes = await Fetch(http, $"{root}/open/cases/{name}", ct);
        var draft = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(draft, bytes, ct);
            var differs = Packed(json, draft, bytes);
            // That nobody of the sector was left out does not follow from the open data; it does from the whole.
            return differs is null && IsPart(json)
                ? SectorPart.Compare(json, Encoding.UTF8.GetString(await Fetch(http, whole, ct)))
                : differs;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static bool IsPart(string json)
    {
        using var document = JsonDocument.Parse(json);
        return PublishedList.PartOfWhich(document.RootElement) is not null;
    }

    internal static HttpClient Client() => new() { Timeout = WaitMax, MaxResponseContentBufferSize = AnswerBytesMax };

    internal static async Task<byte[]> Fetch(HttpClient http, string address, CancellationToken ct)
    {
        try
        {
            Cli.Say($"读取 / reading {address}");
            using var answer = await http.GetAsync(address, ct);
            if (!answer.IsSuccessStatusCode)
                throw new Refused("site.refused", $"{address} 答复 {(int)answer.StatusCode}", $"{address} said no");
            return await answer.Content.ReadAsByteArrayAsync(ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            var (zh, en) = ($"{address} 两分钟内没有答复完", $"{address} did not finish its answer within two minutes");
            throw new Refused("site.away", zh, en);
        }
        catch (HttpRequestException over) when (over.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            var (zh, en) = ($"{address} 的答复超过 64 MB", $"{address} answers with more than 64 MB");
            throw new Refused("site.too-much", zh, en);
        }
        catch (Exception fault) when (fault is HttpRequestException or UriFormatException or InvalidOperationException)
        {
            throw new Refused("site.away", $"无法取得 {address}", $"cannot fetch {address}: {fault.Message}");
        }
    }

    private static Difference? Packed(string json, string path, byte[] bytes)
    {
        try
        {
            return Verification.Verify(json, Given(name => OpenFiles.Read(path, name), TableDigests.Sha(bytes)));
        }
        catch (InvalidDataException broken)
        {
            return new Difference("cases.file", NameOf(json) ?? "", broken.Message);
        }
    }

    private static GivenTables Given(Func<string, byte[]?> table, string? file) =>
        new(
            Needed(table, "answers.csv"),
            Needed(table, "scores.csv"),
            table("described.csv"),
            table("outcomes.csv"),
            file
        );

    private static byte[] Needed(Func<string, byte[]?> table, string name) =>
        table(name) ?? throw new Refused("file.missing", $"公开数据缺少 {name}", $"the open data have no {name}");

    private static byte[]? Bytes(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    private static bool IsPack(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[2];
        return file.ReadAtLeast(head, 2, throwOnEndOfStream: false) == 2 && head.SequenceEqual("PK"u8);
    }

    private static int Tell(Difference? difference, bool asJson)
    {
        if (asJson)
            Cli.Print(
                new Verdict(difference is null, difference?.Where, difference?.Published, difference?.Recomputed)
            );
        else if (difference is null)
            Console.Out.WriteLine("成立 / holds");
        if (difference is null)
            return 0;
        Cli.Say(
            $"不成立 / does not hold: {difference.Where}: published '{difference.Published}', "
                + $"recomputed '{difference.Recomputed}'"
        );
        return 1;
    }

    private static string Read(string path)
    {
        if (!File.Exists(path))
            throw new Refused("file.missing", $"没有文件 {path}", $"there is no file {path}");
        return File.ReadAllText(path, Encoding.UTF8);
    }

    private static string Local(string data, string json)
    {
        var name = NameOf(json) ?? "";
        if (!name.All(char.IsAsciiHexDigit))
            return "";
        return OpenFiles.PackOf(data, name) is var pack && File.Exists(pack) ? pack : OpenFiles.CasesOf(data, name);
    }

    /// <summary>Name of a list's open data; null where it is a live one.</summary>
    private static string? NameOf(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.GetProperty("cases").GetProperty("file").GetString();
        }
        catch (Exception bad) when (bad is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new Refused("list.unreadable", "这不是已发布的榜单", $"this is no published list: {bad.Message}");
        }
    }
}
