using System.Security.Cryptography;
using System.Text;
using Hengping.App.Operators;
using Hengping.App.Platform;

namespace Hengping.App.Admin;

/// <summary>
/// The one-time key of the set-up page. Its hash lives in this process's memory alone: it is gone after use and after
/// a restart, and opens nothing once there is an operator or a member of staff.
/// </summary>
public sealed class SetupKey(Store store)
{
    private const int Bytes = 20;
    private byte[]? hash;

    /// <summary>A new key, to be said on the console; null where nothing is to be set up.</summary>
    public async Task<string?> Draw(CancellationToken ct)
    {
        if (!await IsStoreEmpty(ct))
            return null;
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        Volatile.Write(ref hash, HashOf(key));
        return key;
    }

    /// <summary>Whether this key opens the set-up now.</summary>
    public async Task<bool> Opens(string? key, CancellationToken ct) =>
        Volatile.Read(ref hash) is { } kept
        && CryptographicOperations.FixedTimeEquals(HashOf(key ?? ""), kept)
        && await IsStoreEmpty(ct);

    /// <summary>The set-up is done.</summary>
    public void Burn() => Volatile.Write(ref hash, null);

    private async Task<bool> IsStoreEmpty(CancellationToken ct) =>
        await store.First<long>("select count(*) from accounts where role not in ('claimant', 'merchant')", null, ct)
            == 0
        && await CurrentOperator.Load(store, ct) is null;

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
