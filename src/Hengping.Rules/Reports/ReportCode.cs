using System.Text;
using Hengping.Rules.Fields;

namespace Hengping.Rules.Reports;

/// <summary>
/// 查询码: sixteen characters of the case numbers' alphabet (80 bits), shown once, that open a report together with its
/// number: <c>4T8K-0MZD-Q2R7-X5HC</c>.
/// </summary>
public static class ReportCode
{
    private const int Characters = 16;

    /// <summary>The code for 80 bits.</summary>
    /// <param name="bits">Ten bytes or more.</param>
    public static string From(ReadOnlySpan<byte> bits)
    {
        var code = new StringBuilder(Characters + 3);
        for (var i = 0; i < Characters; i++)
        {
            var (at, shift) = Math.DivRem(i * 5, 8);
            var pair = (bits[at] << 8) | (shift > 3 ? bits[at + 1] : 0);
            if (i > 0 && i % 4 == 0)
                code.Append('-');
            code.Append(CaseNumber.Alphabet[(pair >> (11 - shift)) & 31]);
        }
        return code.ToString();
    }

    /// <summary>What was typed as it was shown; empty where it cannot be a code.</summary>
    public static string Parse(string? typed)
    {
        if (typed is null || typed.Length > 64)
            return "";
        var code = new StringBuilder(Characters + 3);
        var count = 0;
        foreach (var c in PlainText.Plain(typed) ?? "")
        {
            if (CaseNumber.IsBetween(c))
                continue;
            if (count is 4 or 8 or 12)
                code.Append('-');
            code.Append(CaseNumber.Meant(c));
            count++;
        }
        return count == Characters ? code.ToString() : "";
    }
}
