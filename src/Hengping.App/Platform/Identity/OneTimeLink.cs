using System.Security.Cryptography;
using System.Text;

namespace Hengping.App.Platform;

/// <summary>
/// 一次性链接: a token that opens one thing for one purpose, without an account. It is a keyed hash of that purpose and
/// its subject, so no list of tokens exists that could be stolen; where a link can be taken back, the hash of its token
/// is kept. Opening one decides nothing: programs that look at mail open links.
/// </summary>
public static class OneTimeLink
{
    /// <summary>128 bits in hex: short enough for a text message.</summary>
    private const int TokenLength = 32;

    /// <summary>The token of a purpose and its subject.</summary>
    public static string TokenOf(Store store, Purpose purpose, string subject) =>
        store.Keys.Fingerprint(purpose, subject)[..TokenLength];

    /// <summary>What is kept of a token: SHA-256, hex.</summary>
    public static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Whether a token somebody sent is the right one, in the same time for every wrong one.</summary>
    public static bool Fits(string right, string? given) =>
        given is { Length: > 0 and < 200 }
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(right), Encoding.UTF8.GetBytes(given));
}
