using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Hengping.App.Platform;

/// <summary>How long something took since the start, by steps, and at most within the last minutes.</summary>
/// <param name="ticksMs">What time it is, in milliseconds from any beginning.</param>
public sealed class Durations(Func<long> ticksMs)
{
    /// <summary>How long the longest one is remembered, in minutes.</summary>
    public const int LongestOfMinutes = 5;

    private const long MinuteMs = 60_000;
    private static readonly double[] StepsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Lock gate = new();
    private readonly long[] steps = new long[StepsSeconds.Length + 1];
    private readonly (long Minute, double Seconds)[] longest = new (long, double)[LongestOfMinutes];
    private double sum;

    /// <summary>By the processor's own count.</summary>
    public Durations()
        : this(static () => Environment.TickCount64) { }

    /// <summary>Until it is disposed, however that comes.</summary>
    public Running Begin() => new(this, Stopwatch.GetTimestamp());

    /// <summary>One that took so long.</summary>
    public void Add(double seconds)
    {
        var step = Array.FindIndex(StepsSeconds, edge => seconds <= edge);
        lock (gate)
        {
            steps[step < 0 ? StepsSeconds.Length : step]++;
            sum += seconds;
            ref var minute = ref longest[ThisMinute % LongestOfMinutes];
            minute = (ThisMinute, minute.Minute == ThisMinute ? Math.Max(minute.Seconds, seconds) : seconds);
        }
    }

    /// <summary>The longest of the last minutes, in seconds.</summary>
    public double Longest
    {
        get
        {
            lock (gate)
                return longest.Where(at => at.Minute > ThisMinute - LongestOfMinutes).Max(at => (double?)at.Seconds)
                    ?? 0;
        }
    }

    private long ThisMinute => ticksMs() / MinuteMs;

    /// <summary>As Prometheus reads it.</summary>
    internal void Write(StringBuilder text, string name, string help)
    {
        Metrics.Head(text, name, "histogram", help);
        lock (gate)
        {
            long below = 0;
            for (var i = 0; i < StepsSeconds.Length; i++)
            {
                below += steps[i];
                var edge = StepsSeconds[i].ToString(CultureInfo.InvariantCulture);
                Metrics.Line(text, $"{name}_bucket{{le=\"{edge}\"}}", below);
            }
            below += steps[^1];
            Metrics.Line(text, name + "_bucket{le=\"+Inf\"}", below);
            Metrics.Line(text, name + "_sum", sum);
            Metrics.Line(text, name + "_count", below);
        }
    }

    /// <summary>One that has begun.</summary>
    public readonly struct Running(Durations of, long from) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => of.Add(Stopwatch.GetElapsedTime(from).TotalSeconds);
    }
}
