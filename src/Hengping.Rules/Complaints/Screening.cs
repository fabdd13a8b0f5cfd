using System.Buffers;

namespace Hengping.Rules.Complaints;

/// <summary>A word of the list in a text: where, for a human to look at.</summary>
/// <param name="Start">UTF-16 index.</param>
/// <param name="Kind">threat, insult, contraband, advert.</param>
public sealed record ScreeningHit(int Start, int Length, string Kind);

/// <summary>
/// A small list, read by a person word by word. It only sends a text to a human with the place marked: no list may
/// refuse a complaint by itself (public lists flag 62–92 % of real complaints, 路口交汇 among them). So it holds only
/// whole phrases that hardly occur by accident, never single characters or words of ordinary dispute (维权, 政府,
/// 客服).
/// </summary>
public static class Screening
{
    /// <summary>Version of the list; a stored count of hits belongs to it.</summary>
    public const string Version = "2026-11";

    private static readonly (string Kind, string[] Phrases)[] Reviewed =
    [
        ("threat", ["弄死你", "杀了你", "杀你全家", "砍死", "打断你的腿", "同归于尽", "炸了你们", "i will kill"]),
        ("insult", ["傻逼", "煞笔", "操你妈", "草泥马", "王八蛋", "狗娘养", "去死吧", "fuck you"]),
        (
            "contraband",
            ["冰毒", "海洛因", "枪支弹药", "自制炸药", "出售枪支", "迷奸药", "办假证", "代开发票", "出售银行卡"]
        ),
        ("advert", ["加我微信", "加薇信", "日赚千元", "刷单兼职", "裸聊", "招嫖", "博彩网站"]),
    ];

    /// <summary>The whole list, by kind.</summary>
    public static IReadOnlyList<(string Kind, string[] Phrases)> List => Reviewed;

    /// <summary>All phrases at once: most texts have none, and are looked through once.</summary>
    private static readonly SearchValues<string> Any = SearchValues.Create(
        [.. Reviewed.SelectMany(r => r.Phrases)],
        StringComparison.OrdinalIgnoreCase
    );

    /// <summary>All hits, in order of place.</summary>
    public static IReadOnlyList<ScreeningHit> Read(string? text)
    {
        if (string.IsNullOrEmpty(text) || !text.AsSpan().ContainsAny(Any))
            return [];
        List<ScreeningHit>? hits = null;
        foreach (var (kind, phrases) in Reviewed)
        foreach (var phrase in phrases)
            for (var at = Find(text, phrase, 0); at >= 0; at = Find(text, phrase, at + phrase.Length))
                (hits ??= []).Add(new ScreeningHit(at, phrase.Length, kind));
        return hits is null ? [] : [.. hits.OrderBy(h => h.Start)];
    }

    private static int Find(string text, string phrase, int from) =>
        text.IndexOf(phrase, from, StringComparison.OrdinalIgnoreCase);
}
