using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Hengping.App.Platform;

/// <summary>What every command shares: where the store lies, how results are printed, how a refusal ends it.</summary>
public static class Cli
{
    /// <summary><c>--data DIR</c>.</summary>
    public static readonly Option<string> Data = new("--data")
    {
        Description = "数据目录（SQLite 与证据文件） / directory of the embedded store and of files",
        DefaultValueFactory = _ => "./data",
        Recursive = true,
    };

    /// <summary><c>--db CONNECTION</c>.</summary>
    public static readonly Option<string?> Db = new("--db")
    {
        Description = "PostgreSQL 连接串；此时 --data 只放文件 / PostgreSQL connection string",
        Recursive = true,
    };

    /// <summary><c>--keys DIR</c>.</summary>
    public static readonly Option<string?> Keys = new("--keys")
    {
        Description = "密钥目录，默认 DATA/keys / directory of the keys, DATA/keys by default",
        Recursive = true,
    };

    /// <summary><c>--new-keys</c>.</summary>
    public static readonly Option<bool> NewKeys = new("--new-keys")
    {
        Description = "密钥已永久丢失：改用新密钥，旧资料不再可读 / the keys are gone for good: begin a new ring",
        Recursive = true,
    };

    /// <summary><c>--takes-over</c>.</summary>
    public static readonly Option<bool> TakesOver = new("--takes-over")
    {
        Description =
            "原先使用这些密钥的库已不存在，由本库接替 / the store that had these keys is gone: this one has them now",
        Recursive = true,
    };

    /// <summary><c>--json</c>.</summary>
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "结果为一行 JSON / print the result as one line of JSON",
        Recursive = true,
    };

    /// <summary>
    /// How the program writes JSON everywhere: camelCase, words for enums, Chinese unescaped, nulls left out.
    /// </summary>
    public static readonly JsonSerializerOptions JsonFormat = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Where the store of this call lies. Relative directories are those of the caller.</summary>
    public static StorePlace Place(ParseResult parsed)
    {
        var data = Path.GetFullPath(parsed.GetValue(Data) ?? "./data");
        return new StorePlace(
            data,
            parsed.GetValue(Db),
            Path.GetFullPath(parsed.GetValue(Keys) ?? Path.Combine(data, "keys")),
            parsed.GetValue(NewKeys),
            parsed.GetValue(TakesOver)
        );
    }

    /// <summary>Prints one one-line JSON document on stdout.</summary>
    public static void Print<T>(T result) => Console.Out.WriteLine(JsonSerializer.Serialize(result, JsonFormat));

    /// <summary>A line for people: stdout is for results alone.</summary>
    public static void Say(string line) => Console.Error.WriteLine(line);

    /// <summary>Opens the store of this call, lets the work run on it, closes it.</summary>
    public static async Task<int> WithStore(ParseResult parsed, CancellationToken ct, Func<Store, Task<int>> work)
    {
        await using var store = await Store.Open(Place(parsed), HouseOf(parsed), TimeProvider.System, ct);
        using var clock = ClockGuard.WatchCommand(store, TimeProvider.System);
        return await work(store);
    }

    /// <summary>What a command does with the store of its call.</summary>
    public static void OnStore(this Command command, Func<Store, ParseResult, CancellationToken, Task<int>> work) =>
        command.SetAction((parsed, ct) => WithStore(parsed, ct, store => work(store, parsed, ct)));

    /// <summary>The house of this call.</summary>
    public static House HouseOf(ParseResult parsed) => ((HouseCommand)parsed.RootCommandResult.Command).House;

    /// <summary>Runs the program: usage errors are 2, refusals 1 with one line, done 0.</summary>
    public static async Task<int> Run(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                Say(error.Message);
            Say("用法见 --help / see --help");
            return 2;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Refused no)
        {
            Say($"{no.Refusal.Zh} / {no.Refusal.En} [{no.Refusal.Code}]");
            return 1;
        }
        catch (StoreAway away)
        {
            Say($"{away.Refusal.Zh} / {away.Refusal.En} [{away.Refusal.Code}]");
            return 1;
        }
        catch (OperationCanceledException)
        {
            Say("已中断 / interrupted");
            return 1;
        }
        catch (Exception fault)
            when (fault is IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            Say($"失败 / failed: {fault.Message.ReplaceLineEndings(" ")} [failed]");
            return 1;
        }
    }
}
