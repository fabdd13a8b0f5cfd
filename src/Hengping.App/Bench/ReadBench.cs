using System.Diagnostics;
using System.Globalization;
using System.Text;
using Hengping.App.Platform;

namespace Hengping.App.Bench;

/// <summary>
/// One case by id over HTTP, as its claimant: the median p99 with a million complaints in the store, divided by that
/// with ten thousand. Five runs each, taken in turns.
/// </summary>
public static class ReadBench
{
    private const int Few = 10_000;
    private const int Many = 1_000_000;
    private const int Runs = 5;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan RunsFor = TimeSpan.FromSeconds(4);

    /// <summary>Runs it.</summary>
    public static Task<BenchResult> Run(House house, string? postgres, CancellationToken ct) =>
        Measure(house, Few, Many, postgres, ct);

    /// <summary>The same with other numbers of cases.</summary>
    internal static async Task<BenchResult> Measure(
        House house,
        int few,
        int many,
        string? postgres,
        CancellationToken ct
    )
    {
        await using var small = await Side.Open(house, few, postgres, ct);
        await using var large = await Side.Open(house, many, postgres, ct);
        await small.Read(Warm, ct);
        await large.Read(Warm, ct);
        var (of, over) = (new List<LoadSeen>(), new List<LoadSeen>());
        for (var i = 0; i < Runs; i++)
        {
            of.Add(await small.Read(RunsFor, ct));
            over.Add(await large.Read(RunsFor, ct));
            Cli.Say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"read: p99 {of[^1].P99Ms:0.00} ms, {over[^1].P99Ms:0.00} ms"
                )
            );
        }
        var (yardstick, value) = (Median(of, s => s.P99Ms), Median(over, s => s.P99Ms));
        return new BenchResult(
            "read",
            value / yardstick,
            yardstick,
            value,
            "ms",
            value,
            large.Server.MemoryMb,
            large.Place.Engine,
            BenchResult.ThisMachine()
        )
        {
            Notes = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["cases"] = string.Create(CultureInfo.InvariantCulture, $"{many} against {few}"),
                ["p50, ms"] = Text(Median(over, s => s.P50Ms)) + " against " + Text(Median(of, s => s.P50Ms)),
                ["loaded, cases per second"] = Text(large.LoadedPerSecond),
            },
        };
    }

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static double Median(List<LoadSeen> runs, Func<LoadSeen, double> of) =>
        runs.Select(of).Order().ElementAt(runs.Count / 2);

    /// <summary>A store with so many cases and a server on it.</summary>
    private sealed record Side(BenchPlace Place, ServerProcess Server, byte[][] Requests, double LoadedPerSecond)
        : IAsyncDisposable
    {
        public static async Task<Side> Open(House house, int cases, string? postgres, CancellationToken ct)
        {
            var place = await BenchPlace.Create(house, postgres, ct);
            try
            {
                var since = Stopwatch.StartNew();
                (Guid Case, string Token)[] sample;
                await using (var store = await place.Open(ct))
                    sample = await BulkCases.Load(store, cases, ct);
                var perSecond = cases / since.Elapsed.TotalSeconds;
                var requests = sample
                    .Select(s =>
                        Encoding.ASCII.GetBytes(
                            $"GET /api/v1/complaints/{s.Case:D} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                                + $"Authorization: Bearer {s.Token}\r\n\r\n"
                        )
                    )
                    .ToArray();
                // The bench's cases are old and silent: a clock that moves them would be measured with the reading.
                var still = new Dictionary<string, string>(StringComparer.Ordinal) { ["Ticks__PerSecond"] = "0" };
                var server = await ServerProcess.Start(place.Store, still, ct);
                return new Side(place, server, requests, perSecond);
            }
            catch
            {
                await place.DisposeAsync();
                throw;
            }
        }

        // Two at a time: enough to fill the processor, few enough that nobody waits for a neighbour.
        public async Task<LoadSeen> Read(TimeSpan duration, CancellationToken ct)
        {
            var seen = await HttpLoad.Run(Server.Address, 2, duration, 200, Next, ct);
            return seen.Other == 0
                ? seen
                : throw new Refused("bench.refused", "服务拒绝了请求", "The server refused: " + seen.First);
        }

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            await Place.DisposeAsync();
        }

        // A large odd step walks over the sample without a pattern that caches could like.
        private int Next(int connection, long number, Span<byte> buffer)
        {
            var request = Requests[(int)(number * 7_919 % Requests.Length)];
            request.CopyTo(buffer);
            return request.Length;
        }
    }
}
