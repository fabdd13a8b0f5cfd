using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Hengping.App.Design;

/// <summary>
/// Every text a page shows, by key, Chinese and English side by side in <c>ROOM/Texts/NAME.json</c>
/// (<c>"home.title": ["衡平", "Hengping"]</c>): whoever writes one sees the other. In a page: <c>@T("home.title")</c>.
/// </summary>
public static class Texts
{
    /// <summary>Key → [zh, en]. A test asks that both are there and that every key is used.</summary>
    public static FrozenDictionary<string, string[]> All { get; } = Read();

    /// <summary>The person reads English.</summary>
    public static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>The text in the language of this request.</summary>
    public static string T(string key) => All[key][English ? 1 : 0];

    /// <summary>The text with its blanks filled: <c>{0}</c>, <c>{1}</c> …</summary>
    public static string T(string key, params object?[] values) =>
        string.Format(CultureInfo.CurrentCulture, T(key), values);

    /// <summary>One of two sentences that stand together already, as those of a refusal or a taxonomy entry.</summary>
    public static string Pick(string zh, string en) => English ? en : zh;

    private static FrozenDictionary<string, string[]> Read()
    {
        var assembly = typeof(Texts).Assembly;
        var all = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith("texts/", StringComparison.Ordinal))
                continue;
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (key, pair) in JsonSerializer.Deserialize<Dictionary<string, string[]>>(stream)!)
                all.Add(key, pair);
        }
        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
