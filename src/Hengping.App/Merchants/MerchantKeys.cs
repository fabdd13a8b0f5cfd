using System.Text;
using Hengping.Rules.Fields;

namespace Hengping.App.Merchants;

/// <summary>
/// What an entry is found by while its name is typed: how it sounds from each sign on, its initials, and its beginning
/// with one sign left out. A word typed with one sign wrong, missing, doubled or swapped has, with one left out, a
/// beginning in common with the name (a deletion neighbourhood), so that each is a range of one index.
/// </summary>
public static class MerchantKeys
{
    private const char Written = 'n';
    private const char Sound = 's';
    private const char Initials = 'i';
    private const char LeftOut = 'd';

    /// <summary>Signs of a name that a key begins at.</summary>
    private const int StartsMax = 8;
    private const int InitialStartsMax = 3;

    /// <summary>Signs of a name that may be left out, in Chinese and in letters.</summary>
    private const int HanMax = 7;
    private const int LettersMax = 7;
    private const int WrittenMax = 24;
    private const int SoundMax = 24;
    private const int InitialsMax = 12;
    private const int ReadingsMax = 4;

    /// <summary>Behind every text that begins with another.</summary>
    private const string End = "\U0010FFFF";

    /// <summary>Letters and digits of a folded name: what is compared.</summary>
    public static string Signs(string? name) => string.Concat(FoldedName.Of(name).Where(char.IsLetterOrDigit));

    /// <summary>The keys of a name.</summary>
    public static IReadOnlySet<string> Of(string name)
    {
        var signs = Signs(name);
        var ways = Read(signs);
        var keys = new HashSet<string>(StringComparer.Ordinal) { Written + Cut(signs, WrittenMax) };
        foreach (var units in ways)
        {
            for (var at = 0; at < Math.Min(units.Count, StartsMax); at++)
                keys.Add(Sound + Cut(string.Concat(units.Skip(at)), SoundMax));
            for (var at = 0; at < Math.Min(units.Count, InitialStartsMax); at++)
                keys.Add(Initials + Cut(string.Concat(units.Skip(at).Select(unit => unit[0])), InitialsMax));
        }
        keys.UnionWith(WithOneLeftOut(Cut(string.Concat(ways[0]), LettersMax)));
        if (IsHan(signs))
            keys.UnionWith(WithOneLeftOut(Cut(signs, HanMax)));
        return keys;
    }

    /// <summary>The range that holds names which begin as was typed.</summary>
    public static IReadOnlyList<(string From, string Until)> WrittenSo(string signs) =>
        [Begins(Written + Cut(signs, WrittenMax))];

    /// <summary>The ranges of keys that hold names which sound as was typed, or have its initials.</summary>
    public static IReadOnlyList<(string From, string Until)> SoundingLike(string signs)
    {
        var read = Cut(Pinyin.Usual(signs), SoundMax);
        return IsHan(signs) || signs.Length > InitialsMax
            ? [Begins(Sound + read)]
            : [Begins(Sound + read), Begins(Initials + read)];
    }

    /// <summary>Whether a name has a key in one of the ranges.</summary>
    public static bool IsIn(IReadOnlyList<(string From, string Until)> ranges, string name) =>
        Of(name).Any(key => ranges.Any(range => key.StartsWith(range.From, StringComparison.Ordinal)));

    /// <summary>Whether a name begins as what was typed sounds, or with its initials.</summary>
    public static bool BeginsLike(string signs, string name)
    {
        var read = Pinyin.Usual(signs);
        return Read(Signs(name))
            .Any(units =>
                string.Concat(units).StartsWith(read, StringComparison.Ordinal)
                || string.Concat(units.Select(unit => unit[0])).StartsWith(signs, StringComparison.Ordinal)
            );
    }

    /// <summary>The ranges that hold names which begin as was typed, but for one sign.</summary>
    public static IReadOnlyList<(string From, string Until)> ButForOne(string signs) =>
        [.. WithOneLeftOut(Cut(signs, IsHan(signs) ? HanMax : LettersMax)).Select(Begins)];

    /// <summary>Holds a Chinese sign.</summary>
    public static bool IsHan(string signs) => signs.Any(sign => Pinyin.Of(sign).Count > 0);

    /// <summary>Each way a name is read, unit by unit: a Chinese sign by one of its readings, other letters as they
    /// are.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string signs)
    {
        List<List<string>> ways =
        [
            [],
        ];
        var letters = new StringBuilder();
        foreach (var sign in signs)
        {
            var readings = Pinyin.Of(sign);
            if (readings.Count == 0)
            {
                letters.Append(sign);
                continue;
            }
            Close(ways, letters);
            ways =
            [
                .. ways.SelectMany(way => readings.Select(reading => (List<string>)[.. way, reading]))
                    .Take(ReadingsMax),
            ];
        }
        Close(ways, letters);
        return ways;
    }

    private static void Close(List<List<string>> ways, StringBuilder letters)
    {
        if (letters.Length == 0)
            return;
        foreach (var way in ways)
            way.Add(letters.ToString());
        letters.Clear();
    }

    // The whole, one shorter, stands for a sign too many; each with one left out, for one that is wrong or missing.
    private static IEnumerable<string> WithOneLeftOut(string signs)
    {
        yield return LeftOut + signs;
        for (var at = 0; at < signs.Length; at++)
            yield return LeftOut + signs.Remove(at, 1);
    }

    private static (string From, string Until) Begins(string key) => (key, key + End);

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
