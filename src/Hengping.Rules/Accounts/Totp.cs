using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hengping.Rules.Accounts;

/// <summary>
/// One-time codes by time (RFC 6238 over RFC 4226): SHA-1, six digits, steps of 30 seconds, which is what every
/// authenticator app reads. The secret has 160 bits (RFC 4226 § 4, R6).
/// </summary>
public static class Totp
{
    /// <summary>Bytes of a secret.</summary>
    public const int SecretBytes = 20;

    private const int StepSeconds = 30;
    private const int Digits = 6;
    private const uint Modulus = 1_000_000;

    // RFC 6238 § 5.2 recommends one step of delay at most; one more forward serves a phone that runs fast.
    private const int StepsAround = 1;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The step an instant lies in.</summary>
    public static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    [SuppressMessage(
        "Security",
        "CA5350:Do Not Use Weak Cryptographic Algorithms",
        Justification = "RFC 6238 as apps speak it; as a keyed hash SHA-1 stands (RFC 4226 appendix B.2)"
    )]
    public static string CodeOf(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
        var from = hash[^1] & 0xf;
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.Slice(from, sizeof(uint))) & 0x7fff_ffff;
        return (number % Modulus).ToString("D" + Digits, CultureInfo.InvariantCulture);
    }

    /// <summary>The step around now whose code this is and that is later than <paramref name="after"/>, or
    /// null.</summary>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long after)
    {
        var given = Encoding.UTF8.GetBytes(code);
        long? found = null;
        var here = StepOf(now);
        for (var step = here - StepsAround; step <= here + StepsAround; step++)
        {
            var right = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeOf(secret, step)), given);
            if (right && step > after)
                found ??= step;
        }
        return found;
    }

    /// <summary>Bytes as apps take them typed in: base32 without padding (RFC 4648 § 6).</summary>
    public static string ToText(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var one in secret)
        {
            held = ((held << 8) | one) & 0xfff;
            for (bits += 8; bits >= 5; bits -= 5)
                text.Append(Letters[(held >> (bits - 5)) & 31]);
        }
        if (bits > 0)
            text.Append(Letters[(held << (5 - bits)) & 31]);
        return text.ToString();
    }

    /// <summary>The bytes of such a text; spaces and case do not matter. Null where a sign is none of base32.</summary>
    public static byte[]? ToBytes(string text)
    {
        var bytes = new List<byte>();
        var (bits, held) = (0, 0);
        foreach (var sign in text.Where(sign => sign is not (' ' or '=')))
        {
            var value = Letters.IndexOf(char.ToUpperInvariant(sign), StringComparison.Ordinal);
            if (value < 0)
                return null;
            held = ((held << 5) | value) & 0xfff;
            bits += 5;
            if (bits < 8)
                continue;
            bits -= 8;
            bytes.Add((byte)(held >> bits));
        }
        return [.. bytes];
    }
}
