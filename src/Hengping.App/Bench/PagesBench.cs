using System.Globalization;
using System.Text;
using Hengping.App.Platform;

namespace Hengping.App.Bench;

/// <summary>
/// What a page that is kept costs: processor time of the server for one answer of the home page and the rating list to
/// somebody not signed in, divided by that for the shortest answer there is (<c>/healthz</c>) in the same run.
/// </summary>
public static class PagesBench
{
    private const int Cases = 20_000;
    private const int Connections = 4;

    // A page that is not kept.
    private const string Made = "/search?q=1";

    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RunsFor = TimeSpan.FromSeconds(5);

    private sealed record Seen(double MicrosecondsCpu, double PerSecond, double P99Ms, int Bytes);

    /// <summary>Runs it.</summary>
    public static async Task<BenchResult> Run(House house, string? postgres, CancellationToken ct)
    {
        await using var place = await BenchPlace.Create(house, postgres, ct);
        await using (var store = await place.Open(ct))
            await BulkCases.Load(store, Cases, ct);
        var still = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Ticks__PerSecond"] = "0",
            ["Limits__AnonymousPerSecond"] = "10000000",
        };
        await using var server = await ServerProcess.Start(place.Store, still, ct);
        // Everything is compiled before anything is measured.
        foreach (var path in new[] { "/healthz", "/", "/ratings", Made })
            await Load(server, Request(path), Warm, ct);
        var shortest = await Read(server, "/healthz", ct);
        var home = await Read(server, "/", ct);
        var list = await Read(server, "/ratings", ct);
        var made = await Read(server, Made, ct);
        var dearer = Math.Max(home.MicrosecondsCpu, list.MicrosecondsCpu);
        return new BenchResult(
            "pages",
            dearer / shortest.MicrosecondsCpu,
            shortest.MicrosecondsCpu,
            dearer,
            "µs CPU an answer",
            Math.Max(home.P99Ms, list.P99Ms),
            server.MemoryMb,
            place.Engine,
            BenchResult.ThisMachine()
        )
        {
            Notes = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["home, kept"] = Text(home),
                ["rating list, kept"] = Text(list),
                ["search, made anew"] = Text(made),
                ["shortest answer"] = Text(shortest),
            },
        };
    }

    private static string Text(Seen seen) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{seen.MicrosecondsCpu:0} µs CPU, {seen.PerSecond:0}/s, {seen.Bytes} bytes"
        );

    private static async Task<Seen> Read(ServerProcess server, string path, CancellationToken ct)
    {
        var before = server.CpuSeconds;
        var load = await Load(server, Request(path), RunsFor, ct);
        var cpu = server.CpuSeconds - before;
        using var http = new HttpClient();
        using var one = new HttpRequestMessage(HttpMethod.Get, $"http://{server.Address}{path}");
        one.Headers.AcceptEncoding.ParseAdd("br");
        using var answer = await http.SendAsync(one, ct);
        var bytes = (await answer.Content.ReadAsByteArrayAsync(ct)).Length;
        return new Seen(cpu * 1_000_000 / load.Answers, load.PerSecond, load.P99Ms, bytes);
    }

    private static byte[] Request(string path) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br\r\n\r\n");

    private static async Task<LoadSeen> Load(ServerProcess server, byte[] request, TimeSpan time, CancellationToken ct)
    {
        var seen = await HttpLoad.Run(
            server.Address,
            Connections,
            time,
            200,
            (_, _, buffer) =>
            {
                request.CopyTo(buffer);
                return request.Length;
            },
            ct
        );
        return seen.Other == 0
            ? seen
            : throw new Refused("bench.refused", "服务拒绝了请求", "The server refused: " + seen.First);
    }
}
