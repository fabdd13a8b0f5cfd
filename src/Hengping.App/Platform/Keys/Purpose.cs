using System.Security.Cryptography;
using System.Text;

namespace Hengping.App.Platform;

/// <summary>What prints are made for: each purpose has a key of its own.</summary>
/// <param name="Place">Its place among the keys of a set, for ever.</param>
/// <param name="Name">As it was derived from the master key before print keys were slots of the ring.</param>
/// <param name="IsKept">A new set takes the key over: links and codes that people hold must go on to work, and what
/// they are made of nobody can guess.</param>
public sealed record Purpose(int Place, string Name, bool IsKept = false);

/// <summary>
/// Keyed hashes (HMAC-SHA-256), to find a phone without storing it. The keys are a set in the ring, random and
/// destroyable: whoever has them can try values, so what is printed under them must be gone when its person is.
/// </summary>
public sealed class Prints
{
    /// <summary>Slots of a set; places beyond the purposes of today hold keys for those of tomorrow.</summary>
    internal const int SetSize = 32;

    private readonly byte[][] keys;

    internal Prints(long from, byte[][] keys)
    {
        From = from;
        this.keys = keys;
    }

    /// <summary>First slot of the set: what tells sets apart, and the later one is the greater.</summary>
    public long From { get; }

    /// <summary>The print of a value, in hex.</summary>
    public string Of(Purpose purpose, string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(keys[purpose.Place], Encoding.UTF8.GetBytes(value)));

    /// <summary>The keys of the next set.</summary>
    internal byte[][] Next(IReadOnlyList<Purpose> purposes)
    {
        var next = Fresh();
        foreach (var kept in purposes.Where(purpose => purpose.IsKept))
            next[kept.Place] = keys[kept.Place];
        return next;
    }

    internal static byte[][] Fresh() =>
        [.. Enumerable.Range(0, SetSize).Select(_ => RandomNumberGenerator.GetBytes(KeyRing.KeyBytes))];

    /// <summary>The keys a ring had before it held any: derived from its master key.</summary>
    internal static byte[][] Derived(byte[] master, IReadOnlyList<Purpose> purposes)
    {
        var keys = Fresh();
        foreach (var one in purposes)
            keys[one.Place] = HKDF.DeriveKey(
                HashAlgorithmName.SHA256,
                master,
                KeyRing.KeyBytes,
                info: Encoding.UTF8.GetBytes("hengping fingerprint " + one.Name)
            );
        return keys;
    }
}
