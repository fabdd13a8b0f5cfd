using System.Buffers;

namespace Hengping.Rules.Screening;

/// <summary>What a phrase of the list points at.</summary>
public enum ScreeningKind
{
    /// <summary>威胁.</summary>
    Threat,

    /// <summary>辱骂.</summary>
    Insult,

    /// <summary>违禁.</summary>
    Contraband,

    /// <summary>广告.</summary>
    Advert,
}

/// <summary>A phrase of the list in a text: where, for a human to look at.</summary>
/// <param name="Start">UTF-16 index.</param>
public sealed record ScreeningHit(int Start, int Length, ScreeningKind Kind);

/// <summary>The phrases of one kind, as they were typed.</summary>
public sealed record ScreeningPhrases(ScreeningKind Kind, IReadOnlyList<string> Phrases);

/// <summary>
/// 提示词表: one version of a small list, read by a person phrase by phrase. It only sends a text to a human with the
/// place marked: no list may refuse a complaint by itself (public lists flag 62–92 % of real complaints, 路口交汇 among
/// them). So it holds only whole phrases that hardly occur by accident, never words of ordinary dispute (维权, 政府,
/// 客服): <see cref="ScreeningDraft"/> holds operators to that.
/// </summary>
public sealed class ScreeningList
{
    private readonly SearchValues<string> any;

    /// <summary>A version; built once and used for every text.</summary>
    public ScreeningList(int version, IReadOnlyList<ScreeningPhrases> entries)
    {
        (Version, Entries) = (version, entries);
        any = SearchValues.Create([.. entries.SelectMany(e => e.Phrases)], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The list that comes with the program, and is in force until an operator issues another.</summary>
    public static ScreeningList Shipped { get; } =
        new(
            1,
            [
                new(
                    ScreeningKind.Threat,
                    ["弄死你", "杀了你", "杀你全家", "砍死", "打断你的腿", "同归于尽", "炸了你们", "i will kill"]
                ),
                new(
                    ScreeningKind.Insult,
                    ["傻逼", "煞笔", "操你妈", "草泥马", "王八蛋", "狗娘养", "去死吧", "fuck you"]
                ),
                new(
                    ScreeningKind.Contraband,
                    ["冰毒", "海洛因", "枪支弹药", "自制炸药", "出售枪支", "迷奸药", "办假证", "代开发票", "出售银行卡"]
                ),
                new(ScreeningKind.Advert, ["加我微信", "加薇信", "日赚千元", "刷单兼职", "裸聊", "招嫖", "博彩网站"]),
            ]
        );

    /// <summary>From 1, the shipped list, without gaps. A stored count of hits belongs to it.</summary>
    public int Version { get; }

    /// <summary>The whole list, by kind.</summary>
    public IReadOnlyList<ScreeningPhrases> Entries { get; }

    /// <summary>Number of phrases.</summary>
    public int Count => Entries.Sum(e => e.Phrases.Count);

    /// <summary>The phrases of a kind; none where the list has none.</summary>
    public IReadOnlyList<string> Of(ScreeningKind kind) => Entries.FirstOrDefault(e => e.Kind == kind)?.Phrases ?? [];

    /// <summary>Whether anything in the text is to be looked at. Most texts have nothing, and are read once.</summary>
    public bool Marks(string? text) => !string.IsNullOrEmpty(text) && text.AsSpan().ContainsAny(any);

    /// <summary>All hits in order of place. Where two overlap, the earlier one stands, then the longer.</summary>
    public IReadOnlyList<ScreeningHit> Read(string? text)
    {
        if (!Marks(text))
            return [];
        var found = new List<ScreeningHit>();
        foreach (var (kind, phrases) in Entries)
        foreach (var phrase in phrases)
            for (var at = Find(text!, phrase, 0); at >= 0; at = Find(text!, phrase, at + phrase.Length))
                found.Add(new ScreeningHit(at, phrase.Length, kind));
        var hits = new List<ScreeningHit>(found.Count);
        var from = 0;
        foreach (var hit in found.OrderBy(h => h.Start).ThenByDescending(h => h.Length))
        {
            if (hit.Start < from)
                continue;
            hits.Add(hit);
            from = hit.Start + hit.Length;
        }
        return hits;
    }

    private static int Find(string text, string phrase, int from) =>
        text.IndexOf(phrase, from, StringComparison.OrdinalIgnoreCase);
}
