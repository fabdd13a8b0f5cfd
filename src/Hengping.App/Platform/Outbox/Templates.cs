namespace Hengping.App.Platform;

/// <summary>The words of messages, by key and language; <c>{number}</c> and <c>{link}</c> are filled in.</summary>
public static class Templates
{
    private static readonly Dictionary<string, (string Zh, string En)> Known = new(StringComparer.Ordinal);

    /// <summary>Rooms say their messages here once, at start.</summary>
    public static void Say(string key, string zh, string en) => Known[key] = (zh, en);

    /// <summary>All messages, by key.</summary>
    public static IReadOnlyList<(string Key, string Zh, string En)> All =>
        [.. Known.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => (t.Key, t.Value.Zh, t.Value.En))];

    /// <summary>The message in a language.</summary>
    public static string Render(string key, string language, IReadOnlyDictionary<string, string> values)
    {
        var (zh, en) = Known.GetValueOrDefault(key, (key, key));
        var text = language == "en" ? en : zh;
        foreach (var (name, value) in values)
            text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        return text;
    }
}
