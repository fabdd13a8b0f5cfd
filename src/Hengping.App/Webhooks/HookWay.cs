using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Hengping.App.Platform;
using Hengping.Rules.Webhooks;

namespace Hengping.App.Webhooks;

/// <summary>A secret that signs, and its name beside the signature.</summary>
public sealed record HookKey(string Id, string Secret);

/// <summary>Where a webhook goes, and what signs it: unsealed, in memory alone.</summary>
/// <param name="Keys">The live secrets, the older one first; none where its key is gone.</param>
public sealed record HookWay(int Version, string? Address, IReadOnlyList<HookKey> Keys)
{
    /// <summary>As its stream says.</summary>
    public static async Task<HookWay> Read(Store store, Guid hook, CancellationToken ct)
    {
        string? address = null;
        var (version, keys) = (0, new List<HookKey>());
        foreach (var one in await store.ReadStory(HookBook.Instance, hook, ct))
        {
            version = one.Version;
            switch (one.Event)
            {
                case HookEvent.Opened e:
                    address = e.Address;
                    Add(keys, e.KeyId, e.Key);
                    break;
                case HookEvent.Moved e:
                    address = e.Address;
                    break;
                case HookEvent.Rotated e:
                    Add(keys, e.KeyId, e.Key);
                    break;
                case HookEvent.Retired e:
                    keys.RemoveAll(key => key.Id == e.KeyId);
                    break;
            }
        }
        return new HookWay(version, address, keys);
    }

    private static void Add(List<HookKey> keys, string id, string? secret)
    {
        if (secret is not null)
            keys.Add(new HookKey(id, secret));
        if (keys.Count > Hook.KeysMax)
            keys.RemoveAt(0);
    }
}

/// <summary>The ways of this process's webhooks, read again when their stream has moved.</summary>
public sealed class HookWays(Store store)
{
    private readonly ConcurrentDictionary<Guid, HookWay> ways = new();

    /// <summary>The way as it is at a version.</summary>
    public async ValueTask<HookWay> Of(Guid hook, int version, CancellationToken ct)
    {
        if (ways.TryGetValue(hook, out var known) && known.Version == version)
            return known;
        return ways[hook] = await HookWay.Read(store, hook, ct);
    }
}

/// <summary>What receivers verify a message by.</summary>
public static class HookSign
{
    /// <summary>The header it stands in.</summary>
    public const string Header = "Hengping-Signature";

    private const int SecretBytes = 32;
    private const int KeyIdBytes = 4;

    /// <summary>A fresh secret. It signs by its bytes as they are shown.</summary>
    public static HookKey Fresh() =>
        new(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyIdBytes)),
            "whsec_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))
        );

    /// <summary>
    /// <c>t=SECONDS,k=KEYID,v1=HEX</c> for each live secret, with a space between: HMAC-SHA-256 over <c>t.body</c>.
    /// </summary>
    public static string Of(DateTimeOffset at, ReadOnlySpan<byte> body, IReadOnlyList<HookKey> keys)
    {
        var t = at.ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{t}."), .. body];
        return string.Join(
            ' ',
            keys.Select(key =>
                $"t={t},k={key.Id},v1="
                + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Secret), signed))
            )
        );
    }
}
