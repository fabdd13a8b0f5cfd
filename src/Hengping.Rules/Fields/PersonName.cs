using System.Collections.Frozen;
using System.Globalization;

namespace Hengping.Rules.Fields;

/// <summary>True names of people, and the surname that is all a respondent gets to see.</summary>
public static class PersonName
{
    private static readonly FrozenSet<string> DoubleSurnames = """
        欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 长孙 宇文 轩辕 端木 独孤 南宫 西门 百里 呼延 申屠
        太史 闻人 澹台 赫连 第五 万俟 仲孙 钟离 公羊 宗政 濮阳 淳于 单于 太叔 公冶 公西 颛孙 鲜于 闾丘 司空 司寇 亓官 左丘
        东郭 南门 东门 西门 谷梁 拓跋 夹谷 宰父 漆雕 壤驷 公良 叱干 巫马 百里 南荣 梁丘 歐陽 司馬 諸葛 東方 慕容 獨孤 長孫
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Letters of any script, with spaces, dots, hyphens and apostrophes between; 2–40 characters.</summary>
    public static bool IsPlausible(string name)
    {
        var letters = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            // 〇 of a given name is a number to Unicode.
            if (System.Text.Rune.IsLetter(rune) || rune.Value == '〇')
                letters++;
            else if (
                rune.Value is not (' ' or '·' or '•' or '‧' or '.' or '-' or '\'' or '’' or '．' or '・')
                && System.Text.Rune.GetUnicodeCategory(rune)
                    is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            )
                return false;
        }
        return letters is >= 2 and <= 40 && name.Length <= 80;
    }

    /// <summary>
    /// 欧阳明 → 欧阳, 王小二 → 王, 𠮷田 → 𠮷, John Smith → Smith; a name with a middle dot gives its first part.
    /// </summary>
    public static string Surname(string name)
    {
        var trimmed = name.Trim();
        if (trimmed.Length == 0)
            return "";
        if (trimmed.IndexOfAny(['·', '•', '‧', '・']) is > 0 and var dot)
            return trimmed[..dot];
        if (trimmed[0] < '\u2E80')
            return trimmed[(trimmed.LastIndexOf(' ') + 1)..];
        if (trimmed.Length >= 3 && DoubleSurnames.Contains(trimmed[..2]))
            return trimmed[..2];
        return trimmed.EnumerateRunes().First().ToString();
    }
}
