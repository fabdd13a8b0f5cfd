using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>A body that breaks on its way is its sender's, and no word of a store that is away.</summary>
public sealed class BodiesCutShort
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<TcpClient> Sent(Site site, string request)
    {
        var line = new TcpClient();
        await line.ConnectAsync(site.Address.Host, site.Address.Port, Ct);
        await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Ct);
        return line;
    }

    private static string Head(string path, string token, string length) =>
        $"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer {token}\r\n"
        + $"{length}\r\n\r\n";

    private static async Task<string> Token(Site site) =>
        (await site.As(Role.Claimant, phone: "13800000001")).DefaultRequestHeaders.Authorization!.Parameter!;

    private static async Task<long> Posts(Site site) =>
        (await site.Anyone.GetStringAsync("/metrics", Ct))
            .Split('\n')
            .Where(line => line.StartsWith("http_requests_total{method=\"POST\"", StringComparison.Ordinal))
            .Sum(line => long.Parse(line[line.LastIndexOf(' ')..], CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFF")]
    [InlineData("FFFFFFFF")]
    [InlineData("7FFFFFFFFFFFFFFF")]
    [InlineData("XYZ")]
    public async Task A_chunk_that_is_none_is_a_bad_request(string size)
    {
        await using var site = await Site.Start(Db.Sqlite);
        var token = await Token(site);
        foreach (var path in new[] { "/api/v1/progress", "/api/v1/complaints" })
        {
            using var line = await Sent(site, Head(path, token, "Transfer-Encoding: chunked") + size + "\r\n");
            var answer = new byte[4096];
            var read = await line.GetStream().ReadAsync(answer, Ct);
            var said = Encoding.UTF8.GetString(answer, 0, read);
            said.ShouldStartWith("HTTP/1.1 400 ", Case.Sensitive, said);
        }
        site.Log.All.ShouldNotContain(line => line.Contains("store.away"));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_connection_that_is_reset_is_not_said_to_be_the_stores(Db engine)
    {
        await using var site = await Site.Start(engine);
        var token = await Token(site);
        foreach (var path in new[] { "/api/v1/complaints", "/api/v1/evidence" })
        {
            using var line = await Sent(site, Head(path, token, "Content-Length: 5000") + "{\"kind\":");
            await Task.Delay(200, Ct);
            // Reset, not closed.
            line.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        await Eventually.Holds(async () => await Posts(site) == 2, "the requests are over");
        (await site.Anyone.GetStringAsync("/metrics", Ct)).ShouldNotContain("status=\"503\"");
        site.Log.All.ShouldNotContain(line => line.Contains("store.away"));
    }
}
