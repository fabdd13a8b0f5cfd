namespace Hengping.App.Evidence;

/// <summary>
/// What came from an address today, in this process alone and nowhere else: nothing of a reporter's address comes into
/// the store.
/// </summary>
internal sealed class AddressShares(long itemsMax, long bytesMax)
{
    // Whoever has so many addresses meets the share of all.
    private const int AddressesMax = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Items, long Bytes)> used = new(StringComparer.Ordinal);
    private long day;

    /// <summary>Bytes that may still come.</summary>
    public long Left(string address, long today)
    {
        lock (gate)
        {
            var (items, bytes) = Of(address, today);
            return items >= itemsMax ? 0 : bytesMax - bytes;
        }
    }

    /// <summary>Counts a file where it fits.</summary>
    public bool TryTake(string address, long today, long bytes)
    {
        lock (gate)
        {
            var (items, sum) = Of(address, today);
            if (items >= itemsMax || sum + bytes > bytesMax)
                return false;
            used[address] = (items + 1, sum + bytes);
            return true;
        }
    }

    /// <summary>It was not kept after all.</summary>
    public void GiveBack(string address, long today, long bytes)
    {
        lock (gate)
            if (Of(address, today) is { Items: > 0 } now)
                used[address] = (now.Items - 1, now.Bytes - bytes);
    }

    private (long Items, long Bytes) Of(string address, long today)
    {
        if (day != today || (used.Count >= AddressesMax && !used.ContainsKey(address)))
            used.Clear();
        day = today;
        return used.GetValueOrDefault(address);
    }
}
