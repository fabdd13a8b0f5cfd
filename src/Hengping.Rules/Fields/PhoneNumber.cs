using System.Text;

namespace Hengping.Rules.Fields;

/// <summary>
/// Mainland mobiles (11 digits from 13 to 19) and landlines with area code (0xx-xxxxxxxx, 0xxx-xxxxxxx[x]).
/// </summary>
public static class PhoneNumber
{
    /// <summary>
    /// Digits only, without +86 and with the 0 of an area code, which is not dialled from abroad; null where it is
    /// neither a mobile nor a landline of the mainland. Behind another country's code nothing is read as one.
    /// </summary>
    public static string? Normalise(string? typed)
    {
        var plain = typed is { Length: <= 40 } ? PlainText.Plain(typed) ?? "" : "";
        var digits = Digits(plain);
        if (digits is null)
            return null;
        var fromAbroad = plain.StartsWith('+') || digits.StartsWith("00", StringComparison.Ordinal);
        if (digits.StartsWith("00", StringComparison.Ordinal))
            digits = digits[2..];
        if (digits.StartsWith("86", StringComparison.Ordinal) && (fromAbroad || digits.Length > 11))
            (digits, fromAbroad) = (digits[2..], true);
        else if (fromAbroad)
            return null;
        if (fromAbroad && !IsMobile(digits) && !digits.StartsWith('0'))
            digits = "0" + digits;
        return IsMobile(digits) || IsLandline(digits) ? digits : null;
    }

    /// <summary>13x–19x with 11 digits.</summary>
    public static bool IsMobile(string digits) => digits is ['1', >= '3' and <= '9', ..] && digits.Length == 11;

    /// <summary>010 and 02x have 8 digits behind the area code; 03xx–09xx have 7 or 8.</summary>
    private static bool IsLandline(string digits) =>
        digits switch
        {
            ['0', '1', '0', >= '2' and <= '8', ..] => digits.Length == 11,
            ['0', '2', _, >= '2' and <= '8', ..] => digits.Length == 11,
            ['0', >= '3' and <= '9', _, _, >= '2' and <= '8', ..] => digits.Length is 11 or 12,
            _ => false,
        };

    private static string? Digits(string typed)
    {
        var digits = new StringBuilder(typed.Length);
        foreach (var c in typed)
        {
            if (char.IsAsciiDigit(c))
                digits.Append(c);
            else if (!(c is '-' or ' ' or '(' or ')' or '–' or '—' or '‐' || (c == '+' && digits.Length == 0)))
                return null;
        }
        return digits.Length is >= 10 and <= 16 ? digits.ToString() : null;
    }
}
