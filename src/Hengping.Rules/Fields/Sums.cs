using System.Globalization;
using System.Text.RegularExpressions;

namespace Hengping.Rules.Fields;

/// <summary>
/// Sums of money as people write them: ￥, 元, full-width digits, commas between groups of three. One comma before the
/// last one or two digits is a decimal sign in the files of others, where nobody can be asked; whoever types it is
/// asked, for 199,50 taken for 19,950 is somebody else's priority.
/// </summary>
public static partial class Sums
{
    /// <summary>A comma where the decimal point belongs, or commas that group nothing.</summary>
    public static readonly Refusal Comma = new(
        "field.sum-comma",
        "逗号只能用来分隔千位；角和分请用小数点，例如 199.50",
        "Commas only part thousands; write cents with a point, as in 199.50"
    );

    private static readonly string[] Marks = ["人民币", "RMB", "CNY", "元", "¥", "$"];

    /// <summary>What somebody typed: nothing, a sum, or why it is none.</summary>
    public static (decimal? Sum, Refusal? Refusal) Typed(string? typed)
    {
        if (Bare(typed) is not { } text)
            return (null, null);
        if (Grouped().IsMatch(text))
            text = text.Replace(",", "", StringComparison.Ordinal);
        else if (text.Contains(',', StringComparison.Ordinal))
            return (null, Digits().IsMatch(text) ? Comma : Fault.Number);
        return Plain().IsMatch(text) && Parsed(text, out var sum) ? (sum, null) : (null, Fault.Number);
    }

    /// <summary>
    /// What stands in another's file: nothing, a sum rounded to cents half away from zero, or null where it is none.
    /// </summary>
    /// <param name="typed">The cell.</param>
    /// <param name="sum">The sum; null where the cell is empty.</param>
    /// <param name="isRounded">Whether the cell has more than two decimals.</param>
    /// <returns>False where it is no sum.</returns>
    public static bool IsRead(string? typed, out decimal? sum, out bool isRounded)
    {
        (sum, isRounded) = (null, false);
        if (Bare(typed) is not { } text)
            return true;
        if (DecimalComma().IsMatch(text))
            text = text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
        else if (Grouped().IsMatch(text))
            text = text.Replace(",", "", StringComparison.Ordinal);
        if (!Plain().IsMatch(text) || !Parsed(text, out var exact))
            return false;
        sum = Cents(exact);
        isRounded = sum != exact;
        return true;
    }

    private static decimal Cents(decimal sum) => decimal.Round(sum, 2, MidpointRounding.AwayFromZero);

    private static bool Parsed(string text, out decimal sum) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out sum);

    /// <summary>Without currency and spaces, full-width forms made plain; null where nothing is left.</summary>
    private static string? Bare(string? typed)
    {
        var text = PlainText.Plain(typed) ?? "";
        foreach (var mark in Marks)
        {
            if (text.StartsWith(mark, StringComparison.OrdinalIgnoreCase))
                text = text[mark.Length..].Trim();
            if (text.EndsWith(mark, StringComparison.OrdinalIgnoreCase))
                text = text[..^mark.Length].Trim();
        }
        return text.Length == 0 ? null : text;
    }

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^([0-9]+|[0-9]{1,3}(\.[0-9]{3})+),[0-9]{1,2}$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"^[0-9.,]+$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Digits();
}
