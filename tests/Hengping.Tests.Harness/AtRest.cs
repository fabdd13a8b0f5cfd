using System.Text;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Harness;

/// <summary>What lies on the disk and in the tables, read as whoever steals them would.</summary>
internal static class AtRest
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>None of these words stands in any file or table of the site.</summary>
    public static async Task NothingSays(Site site, params string[] words)
    {
        foreach (var file in Directory.EnumerateFiles(site.Place.Data, "*", SearchOption.AllDirectories))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(open, Encoding.UTF8);
            (await reader.ReadToEndAsync(Ct)).ShouldNotContainAny(words, file);
        }
        var tables = site.Place.Postgres is null
            ? "select name from sqlite_master where type = 'table'"
            : "select tablename from pg_tables where schemaname = 'public'";
        foreach (var table in await site.Store.Query<string>(tables, null, Ct))
        foreach (var row in await site.Store.Query<dynamic>($"select * from {table}", null, Ct))
        foreach (var cell in (IDictionary<string, object?>)row)
            Text(cell.Value).ShouldNotContainAny(words, $"{table}.{cell.Key}");
    }

    private static string Text(object? cell) =>
        cell is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(cell, null) ?? "";
}

internal static class TextAssertions
{
    public static void ShouldNotContainAny(this string text, string[] words, string? where = null)
    {
        foreach (var word in words)
            text.ShouldNotContain(word, Case.Sensitive, where);
    }
}
