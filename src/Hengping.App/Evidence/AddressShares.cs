using System.Numerics;
using Hengping.App.Platform;

namespace Hengping.App.Evidence;

/// <summary>
/// What came from an address today, in this process alone and nowhere else: nothing of a reporter's address comes into
/// the store.
/// </summary>
internal sealed class AddressShares(long itemsMax)
{
    // Whoever has so many addresses meets the share of all.
    private const int AddressesMax = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Items, long Bytes)> used = new(StringComparer.Ordinal);
    private long day;

    /// <summary>Bytes that may still come of an address that may bring so many today.</summary>
    /// <param name="bytesMax">By what the address has brought already.</param>
    public long Left(string address, long today, Func<long, long> bytesMax)
    {
        lock (gate)
            return Device.RingsOf(address).Min(ring => Left(ring, today, bytesMax));
    }

    /// <summary>Counts a file where it fits.</summary>
    public bool TryTake(string address, long today, long bytes, Func<long, long> bytesMax)
    {
        lock (gate)
        {
            var rings = Device.RingsOf(address);
            if (rings.Any(ring => Left(ring, today, bytesMax) < bytes))
                return false;
            foreach (var ring in rings)
                Count(ring.Whom, today, 1, bytes);
            return true;
        }
    }

    /// <summary>It was not kept after all.</summary>
    public void GiveBack(string address, long today, long bytes)
    {
        lock (gate)
            foreach (var ring in Device.RingsOf(address))
                if (Of(ring.Whom, today) is { Items: > 0 })
                    Count(ring.Whom, today, -1, -bytes);
    }

    private void Count(string whom, long today, long items, long bytes)
    {
        var now = Of(whom, today);
        used[whom] = (now.Items + items, now.Bytes + bytes);
    }

    // A network has twice or three times as much as an address, of files and of bytes.
    private long Left(Device.Ring ring, long today, Func<long, long> bytesMax)
    {
        var (items, bytes) = Of(ring.Whom, today);
        var times = 1 + (BitOperations.Log2((uint)ring.Times) / 2);
        return items >= itemsMax * times ? 0 : (bytesMax(bytes) * times) - bytes;
    }

    private (long Items, long Bytes) Of(string address, long today)
    {
        if (day != today || (used.Count >= AddressesMax && !used.ContainsKey(address)))
            used.Clear();
        day = today;
        return used.GetValueOrDefault(address);
    }
}
