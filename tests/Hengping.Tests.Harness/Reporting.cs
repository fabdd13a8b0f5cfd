using System.Text;
using System.Text.Json;
using Hengping.App.Platform;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Reports;

/// <summary>Reports as tests file and move them, a line each.</summary>
internal static class Reporting
{
    public const string Where = "/api/v1/reports";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A good body without a name; tests change what they are about.</summary>
    public static Dictionary<string, object?> Anonymous(Guid respondent) =>
        new()
        {
            ["breach"] = "counterfeit",
            ["text"] = "这家店卖的奶粉批号都是假的，厂家说没有这一批。",
            ["anonymous"] = true,
            ["respondent"] = new { id = respondent },
        };

    /// <summary>A good body under one's own name.</summary>
    public static Dictionary<string, object?> Named(Guid respondent)
    {
        var body = Anonymous(respondent);
        body["anonymous"] = false;
        body["contact"] = new { name = "王小明", phone = "13800000001" };
        return body;
    }

    /// <summary>The id staff know a report by.</summary>
    public static async Task<string> IdOf(Site site, JsonElement receipt)
    {
        var number = receipt.GetProperty("number").GetString();
        return (
            await site.Store.First<Guid>("select id from reports where number = @number", new { number }, Ct)
        ).ToString("D");
    }

    public static async Task<(string Id, object Pair)> Filed(
        Site site,
        HttpClient who,
        Dictionary<string, object?> body
    )
    {
        var receipt = await who.PostJson(Where, body).Json(201);
        return (
            await IdOf(site, receipt),
            new { number = receipt.GetProperty("number").GetString(), code = receipt.GetProperty("code").GetString() }
        );
    }

    public static string At(string id, string verb = "") => verb.Length == 0 ? $"{Where}/{id}" : $"{Where}/{id}/{verb}";

    /// <summary>Says who runs the site.</summary>
    public static async Task Run(Site site, OperatorKind kind)
    {
        var sign = new OperatorEvent.Described(kind, "某机构", "A body", "12315", null, null);
        var book = App.Operators.OperatorBook.Instance;
        var loaded = await site.Store.Load(book, App.Operators.OperatorBook.Stream, Ct);
        var change = site.Store.Change(book, loaded, site.Store.Now, "cli", [sign]);
        await site.Store.Append(new Commit([change]), Ct);
    }

    /// <summary>No table and no file holds any of these.</summary>
    public static async Task NowhereIn(Site site, params string[] words)
    {
        foreach (var file in Directory.EnumerateFiles(site.Place.Data, "*", SearchOption.AllDirectories))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(open, Encoding.UTF8);
            var text = await reader.ReadToEndAsync(Ct);
            words.FirstOrDefault(word => text.Contains(word)).ShouldBeNull(file);
        }
        var tables = site.Place.Postgres is null
            ? "select name from sqlite_master where type = 'table'"
            : "select tablename from pg_tables where schemaname = 'public'";
        foreach (var table in await site.Store.Query<string>(tables, null, Ct))
        foreach (var row in await site.Store.Query<dynamic>($"select * from {table}", null, Ct))
        foreach (var cell in (IDictionary<string, object?>)row)
        {
            var text = cell.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(cell.Value, null);
            words.FirstOrDefault(word => text?.Contains(word) == true).ShouldBeNull($"{table}.{cell.Key}");
        }
    }
}
