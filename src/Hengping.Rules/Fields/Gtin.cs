namespace Hengping.Rules.Fields;

/// <summary>
/// 商品条码, GTIN-8, -12, -13 and -14 (GB 12904, GS1). Two of them are one where all 14 digits are: with zeros in front,
/// never as a part of one another. The first of 14 says which packing it is, so that a carton is not what it holds.
/// Eight digits are a GTIN-8, not a shortened UPC.
/// </summary>
public static class Gtin
{
    private const int Length = 14;

    /// <summary>The 14 digits, or null where it is none. Blanks and hyphens between them do not count.</summary>
    public static string? Fourteen(string typed)
    {
        Span<char> digits = stackalloc char[Length];
        var count = 0;
        foreach (var c in typed)
        {
            if (c is ' ' or '-' && count > 0)
                continue;
            if (!char.IsAsciiDigit(c) || count == Length)
                return null;
            digits[count++] = c;
        }
        return count is 8 or 12 or 13 or 14 ? new string(digits[..count]).PadLeft(Length, '0') : null;
    }

    /// <summary>The last digit is right: weights 3 and 1 in turn, to a multiple of ten. Zeros alone are none.</summary>
    /// <param name="fourteen">14 digits.</param>
    public static bool IsChecked(string fourteen)
    {
        if (fourteen.Length != Length || fourteen.All(c => c == '0'))
            return false;
        var sum = 0;
        for (var i = 0; i < Length; i++)
        {
            if (!char.IsAsciiDigit(fourteen[i]))
                return false;
            sum += (fourteen[i] - '0') * (i % 2 == 0 ? 3 : 1);
        }
        return sum % 10 == 0;
    }
}
