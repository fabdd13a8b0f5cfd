using System.Text;

namespace Hengping.Rules.Fields;

/// <summary>
/// A case number people can read out: <c>7K3M-9QXA-2BTC</c>. Eleven random characters of Crockford's alphabet (55 bits,
/// so nobody finds a neighbour's by counting) and a check character over GF(32) that finds every single wrong character
/// and every swap of two.
/// </summary>
public static class CaseNumber
{
    internal const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Characters = 12;

    /// <summary>The number for 55 random bits.</summary>
    public static string From(ulong random)
    {
        Span<char> number = stackalloc char[Characters + 2];
        var (check, at) = (0, 0);
        for (var i = 0; i < Characters - 1; i++, random >>= 5)
        {
            var value = (int)(random & 31);
            check = Times2(check) ^ value;
            if (i is 4 or 8)
                number[at++] = '-';
            number[at++] = Alphabet[value];
        }
        number[at] = Alphabet[Times2(check)];
        return new string(number);
    }

    /// <summary>
    /// Reads what people type: any case, spaces and dashes, O for 0, I and L for 1. Null where it is none.
    /// </summary>
    public static string? Parse(string? typed)
    {
        if (typed is null || typed.Length > 64)
            return null;
        var plain = new StringBuilder(Characters + 2);
        var (check, count) = (0, 0);
        foreach (var c in PlainText.Plain(typed) ?? "")
        {
            if (IsBetween(c))
                continue;
            var value = Alphabet.IndexOf(Meant(c), StringComparison.Ordinal);
            if (value < 0 || count == Characters)
                return null;
            if (count is 4 or 8)
                plain.Append('-');
            plain.Append(Alphabet[value]);
            check = Times2(check) ^ value;
            count++;
        }
        return count == Characters && check == 0 ? plain.ToString() : null;
    }

    /// <summary>What people put between groups of characters.</summary>
    internal static bool IsBetween(char c) => char.IsWhiteSpace(c) || c is '-' or '–' or '—' or '‐' or '_' or '.';

    /// <summary>O for 0, I and L for 1, any case.</summary>
    internal static char Meant(char c) =>
        char.ToUpperInvariant(c) switch
        {
            'O' => '0',
            'I' or 'L' => '1',
            var same => same,
        };

    /// <summary>
    /// Times x in GF(32) modulo x⁵ + x² + 1, in which x is primitive: weights repeat only after 31 places.
    /// </summary>
    private static int Times2(int value) => (value << 1) ^ ((value & 16) == 0 ? 0 : 0b10_0101);
}
