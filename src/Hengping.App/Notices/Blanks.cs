using Hengping.App.Platform;

namespace Hengping.App.Notices;

/// <summary>The blanks of messages.</summary>
internal static class Blanks
{
    /// <summary>Stands for <c>{by}</c> in messages that waited while the program was changed.</summary>
    private const string ByOfBefore = "页面所示期限 (see page)";

    /// <summary>A message that names who runs the house first.</summary>
    public static Wording Of(string key, string zh, string en)
    {
        var words = new Wording(key, "【{operator}】" + zh, "[{operator}] " + en);
        return SaysBy(words)
            ? words with
            {
                OfBefore = new Dictionary<string, string>(StringComparer.Ordinal) { ["by"] = ByOfBefore },
            }
            : words;
    }

    /// <summary>Whether it says by when its reader has to act.</summary>
    public static bool SaysBy(Wording words) => words.Zh.Contains("{by}", StringComparison.Ordinal);
}
