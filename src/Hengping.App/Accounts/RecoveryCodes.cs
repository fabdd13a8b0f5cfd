using System.Security.Cryptography;
using Hengping.App.Platform;

namespace Hengping.App.Accounts;

/// <summary>
/// 恢复码: ten codes for the day the phone is gone. Shown once; kept as hashes under a key of the ring, so that a
/// stolen table cannot be searched through.
/// </summary>
public static class RecoveryCodes
{
    /// <summary>Codes of a set.</summary>
    public const int Count = 10;

    // Read aloud and copied by hand without mistakes: no 0 O 1 l I. Ten of 31 are 49 bits, behind a lock-out.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int Half = 5;

    /// <summary>A fresh set, as <c>k7m2p-x9q4w</c>.</summary>
    public static IReadOnlyList<string> Draw() =>
        [
            .. Enumerable
                .Range(0, Count)
                .Select(_ =>
                    $"{RandomNumberGenerator.GetString(Letters, Half)}-{RandomNumberGenerator.GetString(Letters, Half)}"
                ),
        ];

    /// <summary>What is kept of a code: a keyed hash, bound to its account. Case, spaces and the dash do not
    /// matter.</summary>
    public static string Print(Store store, Guid account, string code)
    {
        var signs = code.Where(char.IsAsciiLetterOrDigit).Take(2 * Half + 1).Select(char.ToLowerInvariant);
        return store.Keys.Fingerprint(AccountPurposes.RecoveryCode, $"{account:N}:{new string([.. signs])}");
    }

    /// <summary>What is kept of a set.</summary>
    public static IReadOnlyList<string> Prints(Store store, Guid account, IReadOnlyList<string> codes) =>
        [.. codes.Select(code => Print(store, account, code))];
}
