namespace Hengping.Rules.Merchants;

/// <summary>
/// 统一社会信用代码, 18 characters: GB 32100 over all of it, GB 11714 over the organisation code inside (9th to 17th).
/// A failed check is a warning: some legal early codes fail.
/// </summary>
public static class CreditCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly int[] OrganisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>18 characters of the alphabet; whether their check digits hold is another matter.</summary>
    public static bool HasForm(string code) =>
        code.Length == 18 && code.All(c => Alphabet.Contains(c, StringComparison.Ordinal));

    /// <summary>The last character is right: weights 3^i mod 31.</summary>
    public static bool IsChecked(string code)
    {
        if (code.Length != 18)
            return false;
        var sum = 0;
        var weight = 1;
        for (var i = 0; i < 17; i++)
        {
            var value = Alphabet.IndexOf(code[i], StringComparison.Ordinal);
            if (value < 0)
                return false;
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        return Alphabet[(31 - (sum % 31)) % 31] == code[17];
    }

    /// <summary>The organisation code inside has its check character: weights 3 7 9 10 5 8 4 2 mod 11.</summary>
    public static bool IsOrganisationChecked(string code)
    {
        if (code.Length != 18)
            return false;
        var sum = 0;
        for (var i = 0; i < 8; i++)
        {
            var c = code[8 + i];
            if (!char.IsAsciiDigit(c) && !char.IsAsciiLetterUpper(c))
                return false;
            sum += OrganisationWeights[i] * (char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10);
        }
        var check = 11 - (sum % 11);
        return code[16]
            == (
                check == 11 ? '0'
                : check == 10 ? 'X'
                : (char)('0' + check)
            );
    }
}
