using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Hengping.Rules.Fields;

/// <summary>Sums of money that a text names: 17元, ¥54.50, 1,299 yuan.</summary>
public static partial class SumsSaid
{
    /// <summary>The first sum a text names where none of them, nor all together, is the one of its form.</summary>
    /// <param name="sum">In the field beside the text; null where it is empty.</param>
    /// <returns>CNY; null where the two agree, or the text names no sum.</returns>
    public static decimal? Unlike(string? text, decimal? sum)
    {
        var said = In(text);
        return said.Count == 0 || (sum is { } of && (said.Contains(of) || said.Sum() == of)) ? null : said[0];
    }

    /// <summary>All of them as they stand there, in CNY.</summary>
    public static IReadOnlyList<decimal> In(string? text) =>
        [
            .. Sum()
                .Matches((text ?? "").Normalize(NormalizationForm.FormKC))
                .Select(found => found.Groups["sum"].Value.Replace(",", "", StringComparison.Ordinal))
                .Where(digits => digits.Length <= DigitsMax)
                .Select(digits => decimal.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)),
        ];

    private const string Yuan = "元|块";
    private const int DigitsMax = 15;
    private const string Digits = @"(?<sum>[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,2})?|[0-9]+(\.[0-9]{1,2})?)";

    [GeneratedRegex(
        $@"(?<![0-9.,])((¥|CNY|RMB)\s*{Digits}(?![0-9])|{Digits}\s*({Yuan}|yuan|CNY|RMB))",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex Sum();
}
