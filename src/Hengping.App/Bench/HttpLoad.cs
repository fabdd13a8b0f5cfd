using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hengping.App.Bench;

/// <summary>What a load run saw.</summary>
/// <param name="PerSecond">Answers with the expected status, a second.</param>
/// <param name="P99Ms">99th percentile from sending to the last byte.</param>
/// <param name="Other">Answers with another status, and the first of them.</param>
public sealed record LoadSeen(
    int Answers,
    double Seconds,
    double PerSecond,
    double P50Ms,
    double P99Ms,
    double MaxMs,
    int Other,
    string? First
);

/// <summary>
/// A small closed loop over bare sockets: every connection sends its next request when the last answer is in. Cheap,
/// because it shares the machine with the server it measures.
/// </summary>
public static class HttpLoad
{
    /// <summary>Writes a whole request (head and body) into the buffer; returns its length.</summary>
    /// <param name="number">Never the same twice in this process.</param>
    public delegate int Writer(int connection, long number, Span<byte> buffer);

    private static long Number;

    /// <summary>Runs <paramref name="connections"/> loops until the time is over.</summary>
    /// <param name="expected">The status that counts, as 201.</param>
    /// <param name="pause">How long each loop waits before its next request.</param>
    public static async Task<LoadSeen> Run(
        IPEndPoint server,
        int connections,
        TimeSpan duration,
        int expected,
        Writer writer,
        CancellationToken ct,
        TimeSpan pause = default
    )
    {
        var watch = Stopwatch.StartNew();
        var loops = Enumerable
            .Range(0, connections)
            .Select(i =>
                Task.Run(
                    () =>
                        Loop(
                            server,
                            i,
                            () => Interlocked.Increment(ref Number),
                            watch,
                            duration,
                            expected,
                            writer,
                            pause,
                            ct
                        ),
                    ct
                )
            )
            .ToList();
        var seen = await Task.WhenAll(loops);
        var seconds = watch.Elapsed.TotalSeconds;
        var times = seen.SelectMany(s => s.Ticks).ToArray();
        Array.Sort(times);
        return new LoadSeen(
            times.Length,
            seconds,
            times.Length / seconds,
            Percentile(times, 0.50),
            Percentile(times, 0.99),
            Percentile(times, 1),
            seen.Sum(s => s.Other),
            seen.Select(s => s.First).FirstOrDefault(f => f is not null)
        );
    }

    /// <summary>A percentile of sorted Stopwatch ticks, in ms.</summary>
    public static double Percentile(long[] sorted, double part) =>
        sorted.Length == 0 ? 0 : sorted[(int)(part * (sorted.Length - 1))] * 1000.0 / Stopwatch.Frequency;

    private sealed class Seen
    {
        public List<long> Ticks { get; } = new(64 * 1024);
        public int Other { get; set; }
        public string? First { get; set; }
    }

    private static async Task<Seen> Loop(
        IPEndPoint server,
        int connection,
        Func<long> next,
        Stopwatch watch,
        TimeSpan duration,
        int expected,
        Writer writer,
        TimeSpan pause,
        CancellationToken ct
    )
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, ct);
        var outgoing = new byte[8 * 1024];
        var incoming = new byte[512 * 1024];
        var seen = new Seen();
        while (watch.Elapsed < duration)
        {
            var length = writer(connection, next(), outgoing);
            var began = Stopwatch.GetTimestamp();
            for (var sent = 0; sent < length; )
                sent += await socket.SendAsync(outgoing.AsMemory(sent, length - sent), ct);
            var filled = 0;
            while (!IsWhole(incoming.AsSpan(0, filled)))
            {
                var read = await socket.ReceiveAsync(incoming.AsMemory(filled), ct);
                if (read == 0)
                    throw new IOException("The server closed the connection");
                filled += read;
            }
            if (Status(incoming) == expected)
                seen.Ticks.Add(Stopwatch.GetTimestamp() - began);
            else if (seen.Other++ == 0)
                seen.First = Encoding.UTF8.GetString(incoming, 0, Math.Min(filled, 600));
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, ct);
        }
        return seen;
    }

    // "HTTP/1.1 201 …"
    private static int Status(byte[] answer) =>
        ((answer[9] - '0') * 100) + ((answer[10] - '0') * 10) + answer[11] - '0';

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var length = answer[..head].IndexOf("Content-Length: "u8);
        if (length < 0)
            return answer.EndsWith("\r\n0\r\n\r\n"u8) || answer[(head + 4)..].SequenceEqual("0\r\n\r\n"u8);
        var (bytes, at) = (0, length + 16);
        while (at < head && answer[at] is >= (byte)'0' and <= (byte)'9')
            bytes = (bytes * 10) + answer[at++] - '0';
        return answer.Length >= head + 4 + bytes;
    }
}
