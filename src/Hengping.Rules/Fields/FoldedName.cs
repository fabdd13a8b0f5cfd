using System.Globalization;
using System.Text;
using Hengping.Rules.Merchants;

namespace Hengping.Rules.Fields;

/// <summary>
/// A name as it is compared: what people write in different ways is taken out, in one place for every door and both
/// engines. Compatibility forms and width (NFKC), full case folding (ß is ss, ς is σ), every bracket a round one, marks
/// that have no width, and spaces that part nothing. Two names that fold alike are one merchant.
/// </summary>
public static class FoldedName
{
    /// <summary>Longest, in UTF-16 units: some letters fold to eighteen, and an index holds no such row.</summary>
    public const int LengthMax = 2 * Merchant.NameLengthMax;

    private const int DotAbove = 0x0307;
    private const int IotaBelow = 0x0345;
    private const int BlankBraille = 0x2800;

    /// <summary>The folded name, or part of a name; empty where nothing is left.</summary>
    public static string Of(string? name) => Fold(name, keepsCase: false);

    /// <summary>
    /// The same, small letters and capitals apart: a source's own figures count <c>AllianceOne</c> and
    /// <c>ALLIANCEONE</c> as two, and so does what an import adds.
    /// </summary>
    public static string Cased(string? name) => Fold(name, keepsCase: true);

    private static string Fold(string? name, bool keepsCase)
    {
        if (PlainText.Name(name) is not { } plain)
            return "";
        // Taken apart first: what case folding makes of a letter with marks is what it makes of the letter, and the
        // marks. Put together last, because folded letters can be.
        var folded = new StringBuilder(plain.Length);
        foreach (var rune in plain.Normalize(NormalizationForm.FormKD).EnumerateRunes())
            Append(folded, rune, keepsCase);
        return Spaced(folded.ToString().Normalize(NormalizationForm.FormKC));
    }

    private static void Append(StringBuilder folded, Rune rune, bool keepsCase)
    {
        switch (keepsCase ? 0 : rune.Value)
        {
            case 'ß' or 'ẞ':
                folded.Append("ss");
                return;
            case IotaBelow:
                folded.Append('ι');
                return;
            // İ is i in a name: a keyboard elsewhere has no such letter.
            case DotAbove when folded.Length > 0 && folded[^1] == 'i':
                return;
        }
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.OpenPunctuation:
                folded.Append('(');
                break;
            case UnicodeCategory.ClosePunctuation:
                folded.Append(')');
                break;
            case UnicodeCategory.Format:
            case UnicodeCategory.EnclosingMark:
            case UnicodeCategory.NonSpacingMark when IsUnseen(rune.Value) || IsAfterHan(folded):
                break;
            case UnicodeCategory.OtherSymbol when rune.Value == BlankBraille:
                folded.Append(' ');
                break;
            // By way of the capital, as the small forms of one letter fold together.
            default:
                folded.Append((keepsCase ? rune : Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune))).ToString());
                break;
        }
    }

    // Variation selectors of all planes, the grapheme joiner, and two vowels of Khmer that nobody writes or sees.
    private static bool IsUnseen(int mark) =>
        mark is >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF or 0x034F or 0x17B4 or 0x17B5;

    /// <summary>No mark belongs on a Chinese sign, nor on the space after one, which parts nothing.</summary>
    private static bool IsAfterHan(StringBuilder folded)
    {
        var at = folded.Length - 1;
        while (at >= 0 && char.IsWhiteSpace(folded[at]))
            at--;
        return at >= 0
            && IsHan(
                at > 0 && char.IsSurrogatePair(folded[at - 1], folded[at])
                    ? char.ConvertToUtf32(folded[at - 1], folded[at])
                    : folded[at]
            );
    }

    private static bool IsHan(int sign) =>
        sign is >= 0x3400 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;

    /// <summary>A space stays, as one, where it parts two words of letters that are written with spaces.</summary>
    private static string Spaced(string text)
    {
        var spaced = new StringBuilder(text.Length);
        var isParted = false;
        Rune before = default;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                isParted = true;
                continue;
            }
            if (isParted && IsSpacedLetter(before) && IsSpacedLetter(rune))
                spaced.Append(' ');
            if (spaced.Length + rune.Utf16SequenceLength > LengthMax)
                break;
            spaced.Append(rune.ToString());
            (before, isParted) = (rune, false);
        }
        return spaced.ToString();
    }

    private static bool IsSpacedLetter(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        && rune.Value is not (>= 0x2E80 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000);
}
