using System.Globalization;
using Hengping.Rules;

namespace Hengping.App.Calc;

/// <summary>One formula of the law book: named columns in, named columns out.</summary>
/// <param name="In">Columns in order; one ending in <c>?</c> may be absent or empty.</param>
/// <param name="Compute">Cells by <paramref name="In"/> → cells by <paramref name="Out"/>.</param>
public sealed record Calculation(string Name, string[] In, string[] Out, Func<string[], Decided<string[]>> Compute)
{
    /// <summary>The name of an input column.</summary>
    public string Column(int i) => In[i].TrimEnd('?');

    /// <summary>The column must be there.</summary>
    public bool IsNeeded(int i) => !In[i].EndsWith('?');
}

/// <summary>A cell that cannot be read or lies outside what it may be.</summary>
public sealed class BadCell(string column, string value, string rule)
    : Exception($"{column}: '{Shorten(value)}' {rule}")
{
    /// <summary>As a refusal in both languages.</summary>
    public Refusal AsRefusal { get; } =
        new("calc.invalid", $"{column} 的值 '{Shorten(value)}' 无效", $"{column}: '{Shorten(value)}' {rule}");

    private static string Shorten(string value) => value.Length <= 40 ? value : value[..40] + "…";
}

/// <summary>Reads cells and writes numbers.</summary>
internal static class Cells
{
    public static decimal Decimal(string column, string text, decimal min, decimal max)
    {
        var percent = text.EndsWith('%');
        var digits = percent ? text[..^1].TrimEnd() : text;
        if (!decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            throw new BadCell(column, text, "is no number");
        value = percent ? value / 100 : value;
        return value >= min && value <= max
            ? value
            : throw new BadCell(column, text, string.Create(CultureInfo.InvariantCulture, $"is not in {min}…{max}"));
    }

    public static double Double(string column, string text, double min, double max)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            throw new BadCell(column, text, "is no number");
        return value >= min && value <= max
            ? value
            : throw new BadCell(column, text, string.Create(CultureInfo.InvariantCulture, $"is not in {min}…{max}"));
    }

    public static long Whole(string column, string text, long min, long max)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw new BadCell(column, text, "is no whole number");
        return value >= min && value <= max
            ? value
            : throw new BadCell(column, text, string.Create(CultureInfo.InvariantCulture, $"is not in {min}…{max}"));
    }

    public static bool Flag(string column, string text, bool absent) =>
        text.ToLowerInvariant() switch
        {
            "" => absent,
            "true" or "yes" or "y" or "1" or "是" => true,
            "false" or "no" or "n" or "0" or "否" => false,
            _ => throw new BadCell(column, text, "is neither true nor false"),
        };

    /// <summary>Up to six decimals, none that say nothing.</summary>
    public static string Write(double? value) =>
        value is { } number && double.IsFinite(number)
            ? Math.Round(number, 6, MidpointRounding.AwayFromZero).ToString("0.######", CultureInfo.InvariantCulture)
            : "";

    public static string Write(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
