using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Hengping.App.Platform;

namespace Hengping.App.Ratings;

/// <summary>
/// Counts over all there is, as public pages show them: they change a day at a time, as live views do. Little is
/// counted at each look; much is counted once a day and kept.
/// </summary>
public static class KeptForDay
{
    // Entries of this process, together: a public page each.
    private const int EntriesMax = 2_000;

    // So many cases take no time.
    private const long Little = 2_000;
    private static readonly ConditionalWeakTable<Store, ConcurrentDictionary<string, (long Day, object Value)>> Known =
    [];

    /// <summary>Counts, or says what was counted today.</summary>
    /// <param name="key">What is counted.</param>
    /// <param name="cases">How many cases it adds up to.</param>
    public static async Task<T> Read<T>(Store store, string key, Func<Task<T>> count, Func<T, long> cases)
        where T : class
    {
        var known = Known.GetValue(store, static _ => new(StringComparer.Ordinal));
        var today = Snapshots.Today(store);
        if (known.TryGetValue(key, out var kept) && kept.Day == today)
            return (T)kept.Value;
        var value = await count();
        if (cases(value) < Little)
            return value;
        if (known.Count >= EntriesMax)
            known.Clear();
        known[key] = (today, value);
        return value;
    }
}
