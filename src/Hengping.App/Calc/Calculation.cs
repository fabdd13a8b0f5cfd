using System.Globalization;
using Hengping.Rules;

namespace Hengping.App.Calc;

/// <summary>One formula of the law book: named columns in, named columns out.</summary>
/// <param name="In">Columns in order; one ending in <c>?</c> may be absent or empty.</param>
/// <param name="Compute">Cells by <paramref name="In"/> → cells by <paramref name="Out"/>.</param>
public sealed record Calculation(string Name, string[] In, string[] Out, Func<string[], Decided<string[]>> Compute)
{
    /// <summary>Column sets of which one is needed whole: a question may be put in more than one way.</summary>
    public string[][] Either { get; init; } = [];

    /// <summary>With <c>--explain</c>: how a result came about, in both languages; null where it is plain.</summary>
    public Func<string[], Decided<string[]>>? Explain { get; init; }

    /// <summary>
    /// In a batch, where results hang on all rows: those of every row that can be computed, in order, once all are
    /// read. <see cref="Compute"/> judges each row before.
    /// </summary>
    public Func<IReadOnlyList<string[]>, string[][]>? Together { get; init; }

    /// <summary>In one call: further loose values belong to the last column.</summary>
    public bool TakesMany { get; init; }

    /// <summary>Blanks around a cell are part of it.</summary>
    public bool IsVerbatim { get; init; }

    /// <summary>The same with two columns more, zh and en.</summary>
    public Calculation Explained =>
        Explain is null ? this : this with { Out = [.. Out, "zh", "en"], Compute = Explain };

    /// <summary>The first column that is needed and is not among those given; null where nothing is missing.</summary>
    public string? Missing(Func<int, bool> isGiven)
    {
        for (var i = 0; i < In.Length; i++)
        {
            if (IsNeeded(i) && !isGiven(i))
                return Column(i);
        }
        if (Either.Length == 0)
            return null;
        var given = In.Select((_, i) => i).Where(isGiven).Select(Column).ToHashSet(StringComparer.Ordinal);
        return Array.Exists(Either, given.IsSupersetOf) ? null
            : Array.Exists(Either, set => Array.Exists(set, given.Contains))
                ? Either.First(set => Array.Exists(set, given.Contains)).First(c => !given.Contains(c))
            : string.Join(" or ", Either.Select(set => string.Join(" and ", set)));
    }

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

    /// <summary>
    /// A number that can be added to another without rounding: at most 14 digits before and 14 behind the point, none
    /// of them lost. No percent, no comma.
    /// </summary>
    public static decimal Exact(string column, string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            throw new BadCell(column, text, "is no number");
        var mantissa = text.AsSpan()[..(text.IndexOfAny(['e', 'E']) is var e and >= 0 ? e : text.Length)];
        var digits = 0;
        foreach (var c in mantissa.TrimStart("+-0."))
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        // What has more digits than a decimal holds, or stands further behind the point, was rounded above.
        return
            digits <= 28 && value.Scale <= 14 && Math.Abs(value) < 100_000_000_000_000 && (digits == 0) == (value == 0)
            ? value
            : throw new BadCell(column, text, "has more than 14 digits before or behind the point");
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
