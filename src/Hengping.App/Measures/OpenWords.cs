using Hengping.Rules.Measures;
using Hengping.Rules.Publishing;

namespace Hengping.App.Measures;

/// <summary>
/// The words of a measure as everybody reads them: numbers that may be a person's (phone, id, card) keep their ends
/// alone. Both sides of the measure read them whole, for they have to know which order or batch is meant.
/// </summary>
public static class OpenWords
{
    /// <summary>All of them, masked; how the holder of a right is reached is for the desk alone.</summary>
    public static MeasureWords Of(MeasureWords words) =>
        new(
            Masking.Mask(words.Facts),
            Masking.Mask(words.Scope),
            Of(words.EndCondition),
            Of(words.Metric),
            Of(words.Threshold),
            Of(words.Basis),
            Of(words.Method),
            Of(words.OpenOrders),
            Of(words.Deposits),
            Of(words.Notice),
            Of(words.Holder)
        );

    /// <summary>One text, masked.</summary>
    public static string? Of(string? text) => text is null ? null : Masking.Mask(text);
}
