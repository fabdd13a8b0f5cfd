using System.Globalization;
using System.Text;
using Hengping.App.Platform;

namespace Hengping.App.Bench;

/// <summary>
/// Hours of an ordinary day: people file, read lists and pages, ask for what nobody has, with addresses, methods and
/// hosts that never come again. Memory, handles and p99 minute by minute. The figure is the memory of the last third of
/// the minutes, the yardstick that of the second third: what keeps nothing for ever ends at 1.
/// </summary>
public static class SoakBench
{
    /// <summary>Long enough for every cache that is filled by time.</summary>
    public const int MinutesDefault = 6;

    private const int Filing = 4;
    private const int Reading = 4;
    private const int MethodsEvery = 50;

    // About 200 requests a second in all, as long as the server has time for more.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(38);

    private sealed record Minute(double MemoryMb, int Handles, double FilingP99Ms, double ReadingP99Ms, int Answers);

    /// <summary>Runs it.</summary>
    public static Task<BenchResult> Run(House house, string? postgres, int minutes, CancellationToken ct) =>
        Measure(house, postgres, Math.Max(minutes, 3), TimeSpan.FromMinutes(1), ct);

    /// <summary>The same with other minutes.</summary>
    internal static async Task<BenchResult> Measure(
        House house,
        string? postgres,
        int count,
        TimeSpan minute,
        CancellationToken ct
    )
    {
        await using var place = await BenchPlace.Create(house, postgres, ct);
        var (merchants, tokens) = await IntakeBench.Prepare(place, ct);
        var filings = new IntakeRequests(merchants, tokens);
        var open = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Limits__AnonymousPerSecond"] = "1000000",
            ["Limits__GuessesPerMinute"] = "1000000",
            ["Complaints__FilingsPerDay"] = "0",
        };
        await using var server = await ServerProcess.Start(place.Store, open, ct);
        var seen = new List<Minute>(count);
        for (var i = 0; i < count; i++)
        {
            var filing = HttpLoad.Run(server.Address, Filing, minute, 201, filings.Write, ct, Pause);
            var reading = HttpLoad.Run(server.Address, Reading, minute, 200, Read, ct, Pause);
            var (filed, read) = (await filing, await reading);
            seen.Add(
                new Minute(
                    server.ResidentMb,
                    server.Handles,
                    filed.P99Ms,
                    read.P99Ms,
                    filed.Answers + filed.Other + read.Answers + read.Other
                )
            );
            Cli.Say($"soak: {i + 1}: {Text(seen[^1])}");
            int Read(int connection, long number, Span<byte> buffer) =>
                Encoding.ASCII.GetBytes(Request(merchants, number), buffer);
        }
        var third = Math.Max(1, count / 3);
        var (before, after) = (Mean(seen[^(third * 2)..^third]), Mean(seen[^third..]));
        return new BenchResult(
            "soak",
            after / before,
            before,
            after,
            "MB",
            seen.Max(one => one.FilingP99Ms),
            server.MemoryMb,
            place.Engine,
            BenchResult.ThisMachine()
        )
        {
            Notes = seen.Select((one, i) => ($"minute {i + 1:00}", Text(one)))
                .ToDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal),
        };
    }

    private static double Mean(IEnumerable<Minute> minutes) => minutes.Average(one => one.MemoryMb);

    private static string Text(Minute one) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{one.MemoryMb:0} MB, {one.Handles} handles, p99 {one.FilingP99Ms:0.0} ms filing, "
                + $"{one.ReadingP99Ms:0.0} ms reading, {one.Answers} answers"
        );

    // What anybody can send who has read the site's addresses.
    private static string Request(Guid[] merchants, long number)
    {
        var path = (number % 5) switch
        {
            0 => $"/?nobody={number}",
            1 => $"/merchants/{merchants[number % merchants.Length]:D}",
            2 => $"/ratings?period=ytd&nobody={number}",
            3 => $"/openapi/v1.json?v={number}",
            _ => $"/progress?number={number}",
        };
        var method = number % MethodsEvery == 0 ? $"X{number}" : "GET";
        return $"{method} {path} HTTP/1.1\r\nHost: h{number}.example\r\nAccept-Encoding: br\r\n\r\n";
    }
}
