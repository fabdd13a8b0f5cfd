using System.Globalization;
using Hengping.App.Accounts;
using Hengping.App.Demo;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Merchants;

namespace Hengping.App.Bench;

/// <summary>
/// Durable filings a second over HTTP, from few and from many connections, on a server in a process of its own with its
/// listeners running; divided by the same endpoint (sign-in, validation, rule, encryption) on a store of its own that
/// answers at once and is asked nothing. A third server's listeners hear nothing: what they take is the difference.
/// </summary>
public static class IntakeBench
{
    private const int Few = 8;
    private const int Some = 32;
    private const int Many = 64;
    private const int Rounds = 3;
    private const int WarmAnswers = 12_000;
    private const int WarmTriesMax = 6;
    private static readonly TimeSpan WarmTry = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(4);

    private static readonly Dictionary<string, string> Unlimited = new(StringComparer.Ordinal)
    {
        ["Complaints__FilingsPerDay"] = "0",
    };

    /// <summary>Runs it.</summary>
    public static async Task<BenchResult> Run(Platform.House house, string? postgres, CancellationToken ct)
    {
        await using var instant = await Side.Start("answered at once", "Bench__AnswersAtOnce", house, postgres, ct);
        await using var durable = await Side.Start("durable", with: null, house, postgres, ct);
        await using var unheard = await Side.Start("durable, nobody hears", "Bench__Unheard", house, postgres, ct);
        foreach (var side in new[] { instant, durable, unheard })
            await side.Warm(ct);
        var notes = new Dictionary<string, string>(StringComparer.Ordinal);
        var first = (string?)null;
        (LoadSeen Value, LoadSeen Yardstick) last = (null!, null!);
        foreach (var connections in new[] { Few, Many })
        {
            last = await Compare(instant, durable, connections, notes, ct);
            first ??= last.Value.First ?? last.Yardstick.First;
        }
        var spread = await durable.Load(Some, Round, ct);
        notes[$"max ÷ p50 at {Some}"] = $"{Text(spread.MaxMs / spread.P50Ms)} ({Text(spread.MaxMs)} ms)";
        foreach (var connections in new[] { Few, Many })
        {
            var from = await unheard.Cost(ct);
            var seen = await unheard.Load(connections, Round, ct);
            var spent = (await unheard.Cost(ct)).Since(from, seen.Answers);
            notes[$"nobody hears, at {connections}"] =
                $"{seen.PerSecond:0}/s, {Text(spent.CpuMicros)} µs, {spent.Bytes}, {Text(spent.InBatch)} a batch";
        }
        notes["first other answer"] = first?.Split('\r')[0] ?? "none";
        return new BenchResult(
            "intake",
            last.Value.PerSecond / last.Yardstick.PerSecond,
            last.Yardstick.PerSecond,
            last.Value.PerSecond,
            "filings/s",
            last.Value.P99Ms,
            durable.Server.MemoryMb,
            durable.Place.Engine,
            BenchResult.ThisMachine()
        )
        {
            Notes = notes,
        };
    }

    /// <summary>Merchants to file against, and people who file, at a site that somebody runs.</summary>
    internal static async Task<(Guid[] Merchants, string[] Tokens)> Prepare(BenchPlace place, CancellationToken ct)
    {
        await using var store = await place.Open(ct);
        await DemoHouse.Open(store, ct);
        var merchants = new Guid[20];
        for (var i = 0; i < merchants.Length; i++)
        {
            var entry = new NewMerchant($"测量商家{i}", "general-retail", "bench", Enrolled: true);
            var (id, change, _) = MerchantDirectory.Add(store, entry, "cli", store.Now);
            await store.Append(new Commit([change!]), ct);
            merchants[i] = id;
        }
        var tokens = new string[Many];
        for (var i = 0; i < tokens.Length; i++)
            tokens[i] = await TokenCommand.Issue(store, Role.Claimant, "测量", $"1660000{i:0000}", merchant: null, ct);
        return (merchants, tokens);
    }

    // In turns, each when the other has heard all of its own: else one would do its work in the other's time.
    private static async Task<(LoadSeen Value, LoadSeen Yardstick)> Compare(
        Side instant,
        Side durable,
        int connections,
        Dictionary<string, string> notes,
        CancellationToken ct
    )
    {
        var (yardsticks, values, behind) = (new List<LoadSeen>(), new List<LoadSeen>(), new List<double>());
        var (instantFrom, durableFrom) = (await instant.Cost(ct), await durable.Cost(ct));
        for (var i = 0; i < Rounds; i++)
        {
            yardsticks.Add(await instant.Load(connections, Round, ct));
            values.Add(await durable.Load(connections, Round, ct));
            behind.Add(await durable.CatchUp(ct));
        }
        var spent = (await durable.Cost(ct)).Since(durableFrom, values.Sum(v => v.Answers));
        var spentAtOnce = (await instant.Cost(ct)).Since(instantFrom, yardsticks.Sum(y => y.Answers));
        var (value, yardstick) = (Median(values), Median(yardsticks));
        var at = $"at {connections}";
        notes["ratio " + at] =
            $"{value.PerSecond / yardstick.PerSecond:0.00} ({value.PerSecond:0} ÷ " + $"{yardstick.PerSecond:0}/s)";
        notes["ms " + at] = $"p50 {Text(value.P50Ms)}, p99 {Text(value.P99Ms)}, max {Text(values.Max(v => v.MaxMs))}";
        notes["µs of processor a filing, " + at] = $"{Text(spent.CpuMicros)}, at once {Text(spentAtOnce.CpuMicros)}";
        notes["written a filing, " + at] = spent.Bytes;
        notes["asked of the store a filing, " + at] = $"{Text(spent.Asked)}, at once {Text(spentAtOnce.Asked)}";
        notes["filings a batch, " + at] = Text(spent.InBatch);
        notes["listeners behind, s, " + at] = Text(behind.Max());
        notes["other answers, " + at] = Text(values.Concat(yardsticks).Sum(seen => seen.Other));
        return (value, yardstick);
    }

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static LoadSeen Median(List<LoadSeen> seen) => seen.OrderBy(s => s.PerSecond).ElementAt(seen.Count / 2);

    /// <summary>A server, its store, and what is sent to it.</summary>
    private sealed class Side(string name, BenchPlace place, ServerProcess server, IntakeRequests requests)
        : IAsyncDisposable
    {
        public BenchPlace Place => place;
        public ServerProcess Server => server;

        public static async Task<Side> Start(
            string name,
            string? with,
            Platform.House house,
            string? postgres,
            CancellationToken ct
        )
        {
            var place = await BenchPlace.Create(house, postgres, ct);
            var (merchants, tokens) = await Prepare(place, ct);
            var settings = new Dictionary<string, string>(Unlimited, StringComparer.Ordinal);
            if (with is not null)
                settings[with] = "true";
            var server = await ServerProcess.Start(place.Store, settings, ct);
            return new Side(name, place, server, new IntakeRequests(merchants, tokens));
        }

        // Until the code of the path is compiled for good: a slow machine takes longer for as many requests.
        public async Task Warm(CancellationToken ct)
        {
            var answers = 0;
            for (var tries = 0; tries < WarmTriesMax && answers < WarmAnswers; tries++)
                answers += (await Load(Many, WarmTry, ct)).Answers;
        }

        public async Task<LoadSeen> Load(int connections, TimeSpan duration, CancellationToken ct)
        {
            var seen = await HttpLoad.Run(server.Address, connections, duration, 201, requests.Write, ct);
            Cli.Say($"intake: {seen.PerSecond:0}/s {name} at {connections}, p99 {seen.P99Ms:0.0} ms");
            return seen.Answers > 0
                ? seen
                : throw new Refused("bench.refused", "服务拒绝了请求", "The server refused: " + seen.First);
        }

        public Task<IntakeCost> Cost(CancellationToken ct) => IntakeCost.Of(place, server, ct);

        /// <summary>Seconds until every listener has heard the last event.</summary>
        public async Task<double> CatchUp(CancellationToken ct)
        {
            var since = System.Diagnostics.Stopwatch.StartNew();
            await using var store = await place.Open(ct);
            var head = await store.Head(ct);
            while (
                await store.First<long?>("select min(position) from checkpoints", null, ct) is { } heard
                && heard < head
                && since.Elapsed < TimeSpan.FromSeconds(30)
            )
                await Task.Delay(20, ct);
            return since.Elapsed.TotalSeconds;
        }

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            await place.DisposeAsync();
        }
    }
}
