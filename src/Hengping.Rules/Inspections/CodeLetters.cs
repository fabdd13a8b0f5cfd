namespace Hengping.Rules.Inspections;

/// <summary>检验水平: how much is drawn from a lot of one size. Four special levels and three general ones.</summary>
public enum InspectionLevel
{
    /// <summary>S-1, the smallest samples.</summary>
    S1,

    /// <summary>S-2.</summary>
    S2,

    /// <summary>S-3.</summary>
    S3,

    /// <summary>S-4.</summary>
    S4,

    /// <summary>I.</summary>
    I,

    /// <summary>II, where nothing else is said.</summary>
    II,

    /// <summary>III, the largest samples.</summary>
    III,
}

/// <summary>样本量字码 (GB/T 2828.1 table 1): the letter of a lot size at a level. There is no I and no O.</summary>
public static class CodeLetters
{
    /// <summary>A to R of the tables, and S, to which one arrow of tightened inspection leads.</summary>
    public const string All = "ABCDEFGHJKLMNPQRS";

    /// <summary>The table begins here: one item is no lot.</summary>
    public const int LotMin = 2;

    private static readonly string[] Names = ["S-1", "S-2", "S-3", "S-4", "I", "II", "III"];

    // The last lot size of each row; the last row has none.
    private static readonly int[] UpTo =
    [
        8,
        15,
        25,
        50,
        90,
        150,
        280,
        500,
        1_200,
        3_200,
        10_000,
        35_000,
        150_000,
        500_000,
    ];

    // One row a lot size, one letter a level.
    private static readonly string[] Rows =
    [
        "AAAAAAB",
        "AAAAABC",
        "AABBBCD",
        "ABBCCDE",
        "BBCCCEF",
        "BBCDDFG",
        "BCDEEGH",
        "BCDEFHJ",
        "CCEFGJK",
        "CDEGHKL",
        "CDFGJLM",
        "CDFHKMN",
        "DEGJLNP",
        "DEGJMPQ",
        "DEHKNQR",
    ];

    /// <summary>The letter of a lot.</summary>
    /// <param name="lot">Items in the lot, <see cref="LotMin"/> or more.</param>
    /// <param name="level">How much is to be drawn.</param>
    public static char Of(long lot, InspectionLevel level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lot, LotMin);
        var row = Array.FindIndex(UpTo, last => lot <= last);
        return Rows[row < 0 ? ^1 : row][(int)level];
    }

    /// <summary>The level of its name in the standard, or null. Ⅰ Ⅱ Ⅲ as one character are read too.</summary>
    public static InspectionLevel? Level(string name)
    {
        var plain = name switch
        {
            "Ⅰ" => "I",
            "Ⅱ" => "II",
            "Ⅲ" => "III",
            _ => name,
        };
        var at = Array.FindIndex(Names, known => known.Equals(plain, StringComparison.OrdinalIgnoreCase));
        return at < 0 ? null : (InspectionLevel)at;
    }

    /// <summary>As the standard writes it: S-1 … III.</summary>
    public static string Name(InspectionLevel level) => Names[(int)level];
}
