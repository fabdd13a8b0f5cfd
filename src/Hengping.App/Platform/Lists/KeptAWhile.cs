using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Hengping.App.Platform;

/// <summary>
/// Sums over all there is, for pages that are looked at again and again: of little they are summed at each look, of
/// much they are kept fifty times as long as that took, so that summing takes a fiftieth of the time at most.
/// </summary>
public static class KeptAWhile
{
    private const int Times = 50;
    private const long Little = 2_000;
    private static readonly ConditionalWeakTable<Store, ConcurrentDictionary<string, Kept>> Known = [];

    private sealed record Kept(object Value, long At, TimeSpan For);

    /// <summary>Sums, or says what was summed a while ago.</summary>
    /// <param name="key">What is summed: one of a few.</param>
    /// <param name="rows">How many rows it adds up.</param>
    public static async Task<T> Read<T>(Store store, string key, Func<Task<T>> sum, Func<T, long> rows)
        where T : class
    {
        var known = Known.GetValue(store, static _ => new(StringComparer.Ordinal));
        if (known.TryGetValue(key, out var kept) && Stopwatch.GetElapsedTime(kept.At) < kept.For)
            return (T)kept.Value;
        var began = Stopwatch.GetTimestamp();
        var value = await sum();
        var took = Stopwatch.GetElapsedTime(began);
        if (rows(value) >= Little)
            known[key] = new Kept(value, Stopwatch.GetTimestamp(), Times * took);
        return value;
    }
}
