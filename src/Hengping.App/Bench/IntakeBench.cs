using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Hengping.App.Accounts;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Merchants;
using Hengping.World;

namespace Hengping.App.Bench;

/// <summary>
/// Durable filings a second over HTTP, from many connections, on a server in a process of its own with its listeners
/// running; divided by the same endpoint (sign-in, validation, rule, encryption) whose store answers at once.
/// </summary>
public static class IntakeBench
{
    private const int Connections = 64;
    private const int Rounds = 3;
    private const int WarmAnswers = 15_000;
    private const int WarmTriesMax = 8;
    private static readonly TimeSpan WarmTry = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(8);

    /// <summary>Runs it.</summary>
    public static async Task<BenchResult> Run(Platform.House house, string? postgres, CancellationToken ct)
    {
        await using var place = await BenchPlace.Create(house, postgres, ct);
        var (merchants, tokens) = await Prepare(place, ct);
        var requests = new Requests(merchants, tokens);
        await using var instant = await ServerProcess.Start(
            place.Store,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Bench__AnswersAtOnce"] = "true",
                ["Complaints__FilingsPerDay"] = "0",
            },
            ct
        );
        await using var durable = await ServerProcess.Start(
            place.Store,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Complaints__FilingsPerDay"] = "0" },
            ct
        );
        await Warm(instant.Address, requests, ct);
        await Warm(durable.Address, requests, ct);
        var before = await Counts.Of(place, ct);
        var (cpuInstant, cpuDurable) = (instant.CpuSeconds, durable.CpuSeconds);
        var (yardsticks, values) = (new List<LoadSeen>(), new List<LoadSeen>());
        for (var i = 0; i < Rounds; i++)
        {
            yardsticks.Add(await Load(instant.Address, Round, requests, ct));
            Cli.Say($"intake: {yardsticks[^1].PerSecond:0}/s answered at once");
            values.Add(await Load(durable.Address, Round, requests, ct));
            Cli.Say($"intake: {values[^1].PerSecond:0}/s durable, p99 {values[^1].P99Ms:0.0} ms");
        }
        var behind = await CatchUp(place, ct);
        var after = await Counts.Of(place, ct);
        var filed = Math.Max(1, after.Filings - before.Filings);
        var (value, yardstick) = (Median(values), Median(yardsticks));
        return new BenchResult(
            "intake",
            value.PerSecond / yardstick.PerSecond,
            yardstick.PerSecond,
            value.PerSecond,
            "filings/s",
            value.P99Ms,
            durable.MemoryMb,
            place.Engine,
            BenchResult.ThisMachine()
        )
        {
            Notes = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["connections"] = Text(Connections),
                ["filings"] = Text(filed),
                ["events per filing"] = Text((double)(after.Events - before.Events) / filed),
                ["rows per filing"] = Text((double)(after.Rows - before.Rows) / filed),
                ["listeners behind at the end, s"] = Text(behind),
                ["p99 answered at once, ms"] = Text(yardstick.P99Ms),
                ["memory answered at once, MB"] = Text(instant.MemoryMb),
                ["processor, µs per filing"] = Text(
                    (durable.CpuSeconds - cpuDurable) * 1e6 / values.Sum(v => v.Answers)
                ),
                ["processor answered at once, µs"] = Text(
                    (instant.CpuSeconds - cpuInstant) * 1e6 / yardsticks.Sum(y => y.Answers)
                ),
                ["first other answer"] =
                    values.Concat(yardsticks).Select(v => v.First).FirstOrDefault(f => f is not null)?.Split('\r')[0]
                    ?? "none",
                ["other answers"] = Text(values.Sum(v => v.Other) + yardsticks.Sum(y => y.Other)),
            },
        };
    }

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static LoadSeen Median(List<LoadSeen> seen) => seen.OrderBy(s => s.PerSecond).ElementAt(seen.Count / 2);

    // Until the code of the path is compiled for good: a slow machine takes longer for as many requests.
    private static async Task Warm(IPEndPoint server, Requests requests, CancellationToken ct)
    {
        var answers = 0;
        for (var tries = 0; tries < WarmTriesMax && answers < WarmAnswers; tries++)
            answers += (await Load(server, WarmTry, requests, ct)).Answers;
    }

    private static async Task<LoadSeen> Load(
        IPEndPoint server,
        TimeSpan duration,
        Requests requests,
        CancellationToken ct
    )
    {
        var seen = await HttpLoad.Run(server, Connections, duration, 201, requests.Write, ct);
        return seen.Answers > 0
            ? seen
            : throw new Refused("bench.refused", "服务拒绝了请求", "The server refused: " + seen.First);
    }

    /// <summary>Merchants to file against, and people who file.</summary>
    internal static async Task<(Guid[] Merchants, string[] Tokens)> Prepare(BenchPlace place, CancellationToken ct)
    {
        await using var store = await place.Open(ct);
        var merchants = new Guid[20];
        for (var i = 0; i < merchants.Length; i++)
        {
            var entry = new NewMerchant($"测量商家{i}", "general-retail", "bench", Enrolled: true);
            var (id, change, _) = MerchantDirectory.Add(store, entry, "cli", store.Now);
            await store.Append(new Commit([change!]), ct);
            merchants[i] = id;
        }
        var tokens = new string[Connections];
        for (var i = 0; i < tokens.Length; i++)
            tokens[i] = await TokenCommand.Issue(store, Role.Claimant, "测量", $"1660000{i:0000}", merchant: null, ct);
        return (merchants, tokens);
    }

    /// <summary>Seconds until every listener has heard the last event.</summary>
    private static async Task<double> CatchUp(BenchPlace place, CancellationToken ct)
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        await using var store = await place.Open(ct);
        var head = await store.Head(ct);
        while (
            await store.First<long?>("select min(position) from checkpoints", null, ct) is { } heard
            && heard < head
            && since.Elapsed < TimeSpan.FromMinutes(2)
        )
            await Task.Delay(20, ct);
        return since.Elapsed.TotalSeconds;
    }

    private sealed record Counts(long Events, long Filings, long Rows)
    {
        public static async Task<Counts> Of(BenchPlace place, CancellationToken ct)
        {
            await using var store = await place.Open(ct);
            var events = await store.First<long>("select count(*) from events", null, ct);
            var filings = await store.First<long>(
                "select count(*) from events where kind = 'complaint.filed'",
                null,
                ct
            );
            var rows = events;
            foreach (
                var table in store
                    .House.Books.SelectMany(b => b.Tables)
                    .Select(t => t.Name)
                    .Concat(["streams", "claims"])
                    .Distinct()
            )
                rows += await store.First<long>($"select count(*) from {table}", null, ct);
            return new Counts(events, filings, rows);
        }
    }

    /// <summary>Whole requests as bytes; only the order number changes.</summary>
    internal sealed class Requests
    {
        private const string Slot = "ORDER00000000";
        private readonly byte[][] heads;
        private readonly byte[][] bodies;
        private readonly int[] slots;
        private readonly string run = Guid.NewGuid().ToString("N")[..6];

        public Requests(Guid[] merchants, string[] tokens)
        {
            var market = new Market(
                11,
                new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
                new MarketSize(tokens.Length * 8, 300)
            );
            bodies =
            [
                .. market
                    .Cases.Where(c => c.Seller is null)
                    .Take(tokens.Length * 4)
                    .Select((c, i) => Body(c, merchants[i % merchants.Length])),
            ];
            slots = [.. bodies.Select(b => b.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Slot)))];
            heads =
            [
                .. tokens.Select(token =>
                    Encoding.ASCII.GetBytes(
                        $"POST /api/v1/complaints HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
                            + "Content-Type: application/json\r\nContent-Length: "
                    )
                ),
            ];
        }

        public int Write(int connection, long number, Span<byte> buffer)
        {
            var head = heads[connection];
            var which = (int)(((connection * 4L) + (number % 4)) % bodies.Length);
            var body = bodies[which];
            head.CopyTo(buffer);
            var at = head.Length;
            body.Length.TryFormat(buffer[at..], out var digits, provider: CultureInfo.InvariantCulture);
            at += digits;
            "\r\n\r\n"u8.CopyTo(buffer[at..]);
            at += 4;
            body.CopyTo(buffer[at..]);
            var order = buffer.Slice(at + slots[which], Slot.Length);
            Encoding.ASCII.GetBytes(run, order);
            for (var i = Slot.Length - 1; i >= run.Length; i--, number /= 36)
                order[i] = (byte)"0123456789abcdefghijklmnopqrstuvwxyz"[(int)(number % 36)];
            return at + body.Length;
        }

        private static byte[] Body(CasePlan plan, Guid respondent) =>
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    kind = "consumer",
                    respondent = new { id = respondent },
                    orderNo = Slot,
                    orderedAt = plan.OrderedAt,
                    sector = "general-retail",
                    problem = "refund",
                    amount = plan.Amount.ToString(CultureInfo.InvariantCulture),
                    story = plan.Text,
                    demands = plan.Demands,
                    contact = new
                    {
                        name = plan.Claimant!.Name,
                        phone = plan.Claimant.Phone,
                        province = plan.Claimant.Province,
                    },
                    consents = new
                    {
                        passOn = true,
                        publish = false,
                        call = false,
                    },
                    liabilityAccepted = true,
                    channel = "web",
                },
                Cli.JsonFormat
            );
    }
}
