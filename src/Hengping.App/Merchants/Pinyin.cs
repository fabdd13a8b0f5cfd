using System.Collections.Frozen;
using System.Text;

namespace Hengping.App.Merchants;

/// <summary>
/// 拼音: how Chinese signs are read, without tones. The table (<c>pinyin.txt</c>) has a line a syllable: the signs whose
/// first reading it is, and behind them those that are also read so. Readings as Unicode's Han–Latin transform gives
/// them (Unicode License v3), of the signs of GB 2312 and of the common ones of Big5; second readings are ours.
/// </summary>
public static class Pinyin
{
    private static readonly FrozenDictionary<char, string[]> Readings = Read();

    /// <summary>The readings of a sign, the usual one first; none where it is not a Chinese sign we know.</summary>
    public static IReadOnlyList<string> Of(char sign) => Readings.GetValueOrDefault(sign) ?? [];

    /// <summary>The usual readings of a text, joined; a sign without one stands for itself.</summary>
    public static string Usual(string text)
    {
        var read = new StringBuilder(text.Length * 4);
        foreach (var sign in text)
            if (Readings.TryGetValue(sign, out var readings))
                read.Append(readings[0]);
            else
                read.Append(sign);
        return read.ToString();
    }

    private static FrozenDictionary<char, string[]> Read()
    {
        using var stream = typeof(Pinyin).Assembly.GetManifestResourceStream("merchants/pinyin.txt")!;
        using var reader = new StreamReader(stream);
        var (first, also) = (new Dictionary<char, string>(), new List<(char Sign, string Syllable)>());
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            foreach (var sign in parts[1].Where(sign => sign != '-'))
                first.Add(sign, parts[0]);
            also.AddRange(parts.Skip(2).SelectMany(signs => signs.Select(sign => (sign, parts[0]))));
        }
        var more = also.ToLookup(one => one.Sign, one => one.Syllable);
        return first.ToFrozenDictionary(one => one.Key, one => (string[])[one.Value, .. more[one.Key]]);
    }
}
