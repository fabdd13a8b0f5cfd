using System.Text.RegularExpressions;

namespace Hengping.Rules.Appeals;

/// <summary>A line that says what comes under it, in whatever style.</summary>
/// <param name="Rank">The lower, the more stands under it.</param>
/// <param name="Rest">What stands in the same line, after a label.</param>
internal sealed partial record Heading(string Text, int Rank, Topics Topics, string Rest)
{
    private static readonly (Topics Topic, string List)[] Names =
    [
        (Topics.Cause, "head.cause"),
        (Topics.Corrective, "head.corrective"),
        (Topics.Preventive, "head.preventive"),
        (Topics.Sourcing, "head.sourcing"),
        (Topics.Listing, "head.listing"),
        (Topics.Shipping, "head.shipping"),
        (Topics.Testing, "head.testing"),
        (Topics.Expiry, "head.expiry"),
        (Topics.Labelling, "head.labelling"),
        (Topics.Condition, "head.condition"),
        (Topics.Papers, "head.papers"),
        (Topics.Closing, "head.closing"),
    ];

    private const int RankOfLabel = 20;

    /// <summary>The heading that this line is; null where it is text.</summary>
    public static Heading? Of(string line, string next)
    {
        if (Hashes().Match(line) is { Success: true } hashes)
            return Made(hashes.Groups[2].Value, hashes.Groups[1].Length, "", known: false);
        if (line.Length <= 80 && Underline().IsMatch(next) && Size(line) <= 16)
            return Made(line, next[0] == '=' ? 1 : 2, "", known: false);
        if (Wrapped().Match(line) is { Success: true } wrapped && Size(wrapped.Groups[1].Value) <= 16)
            return Made(wrapped.Groups[1].Value, 7, "", known: false);
        if (Field().IsMatch(line))
            return null;
        return RunIn(line) ?? Numbered(line) ?? Label(line) ?? Bare(line);
    }

    private static Heading? Numbered(string line)
    {
        if (Number().Match(line) is not { Success: true } number)
            return null;
        var text = line[number.Length..].Trim();
        var isPlain = number.Groups["plain"].Success;
        if (
            text.Length == 0
            || EndsSentence(text)
            || Size(text)
                > (
                    number.Groups["letter"].Success ? 4
                    : isPlain ? 9
                    : 16
                )
            || Label(line) is not null
            || (isPlain && text.Any(c => c is '(' or '（' || char.IsAsciiDigit(c)))
        )
            return null;
        var rank =
            number.Groups["big"].Success ? 8
            : isPlain ? 10
            : 9;
        return Made(text, rank, "", known: isPlain);
    }

    /// <summary><c>Sourcing -- we buy …</c>, <c>根本原因：…</c>, in a list too.</summary>
    private static Heading? Label(string line)
    {
        var bare = Marks().Replace(line, "");
        if (LabelOf().Match(bare) is not { Success: true } label)
            return null;
        var text = label.Groups[1].Value.Trim(' ', '*', '_');
        var rest = label.Groups[3].Value.Trim(' ', '*', '_');
        if (Size(text) > (rest.Length == 0 ? 16 : 7))
            return null;
        var plain = LintWords.Plain(text);
        if (Field().IsMatch(plain) || Dates.SaysWhen(plain))
            return null;
        return Made(text, rest.Length == 0 ? 11 : RankOfLabel, rest, known: true);
    }

    /// <summary><c>**Done.** On 3 June …</c>, <c>Root cause. We let …</c>: a word or two before the text.</summary>
    private static Heading? RunIn(string line) =>
        Bracketed().Match(line) is { Success: true } bracketed
            ? Made(bracketed.Groups[1].Value, RankOfLabel, bracketed.Groups[2].Value.Trim(), known: true)
        : SentencedHan().Match(line) is { Success: true } han
            ? Made(han.Groups[1].Value, RankOfLabel, han.Groups[2].Value.Trim(), known: true)
        : Sentenced().Match(line) is { Success: true } label && Size(label.Groups[2].Value) <= 5
            ? Made(label.Groups[2].Value, RankOfLabel, label.Groups[3].Value.Trim(), known: !label.Groups[1].Success)
        : null;

    /// <summary>A short line alone that names a topic.</summary>
    private static Heading? Bare(string line) =>
        Size(line) <= 7 && !EndsSentence(line) && !line.Contains('，') && !ListStart().IsMatch(line)
            ? Made(line, 12, "", known: true)
            : null;

    private static Heading? Made(string text, int rank, string rest, bool known)
    {
        text = Marks().Replace(text.Trim(), "").Trim('*', '#', '_', ':', '：', '.', ' ');
        if (text.Length == 0)
            return null;
        var topics = TopicsOf(text);
        return known && topics == Topics.None ? null : new Heading(text, rank, topics, rest);
    }

    /// <summary>What a heading names. What says against which measure is the letter's subject, and no cause.</summary>
    public static Topics TopicsOf(string text)
    {
        var said = LintWords.In(LintWords.Plain(text));
        if (said.Has("head.title"))
            return Topics.None;
        if (said.Has("head.subject"))
            return Topics.Subject;
        var topics = Names.Aggregate(Topics.None, (all, it) => said.Has(it.List) ? all | it.Topic : all);
        if (topics.HasFlag(Topics.Papers))
            return Topics.Papers;
        return (topics & ~Topics.Closing) != 0 ? topics & ~Topics.Closing : topics;
    }

    /// <summary>Words, two Chinese characters counted as one.</summary>
    private static int Size(string text) =>
        (text.Count(LintWords.IsHan) + 1) / 2
        + text.Split([' ', '/', '，', '、'], StringSplitOptions.RemoveEmptyEntries)
            .Count(word => !word.Any(LintWords.IsHan));

    private static bool EndsSentence(string text) =>
        text[^1] is '。' or '.' or '!' or '！' or '；' or ';' or ',' or '，';

    [GeneratedRegex(@"^(#{1,6})\s*(.+)$", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Hashes();

    [GeneratedRegex(@"^(={3,}|-{3,})$", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Underline();

    [GeneratedRegex(
        @"^(?:\*\*|__|【|\[|「|<)([^*_】\]」>]{1,80})(?:\*\*|__|】|\]|」|>)\s*[:：]?$",
        RegexOptions.None,
        Timeout.Infinite
    )]
    private static partial Regex Wrapped();

    [GeneratedRegex(
        @"^(?:\*\*)?(?:(?<big>第[一二三四五六七八九十\d]+[部章节项]{0,1}分{0,1}[、.．:：，, ]*|[一二三四五六七八九十]+[、.．]|"
            + @"(?:Part|Section|Step)\s+\w{1,5}[:.)、 -]*|[IVX]{1,4}[.)、]\s*|[A-K][.)、:]?\s+(?=[A-Z]))|"
            + @"(?<letter>[a-k][.)]\s+(?=[A-Z]))|(?<sub>[（(][一二三四五六七八九十]+[)）])|"
            + @"(?<plain>[（(]?\d{1,2}(?:\.\d{1,2})?(?:[.、)）]|\s[—–-]\s)\s*))",
        RegexOptions.None,
        Timeout.Infinite
    )]
    private static partial Regex Number();

    [GeneratedRegex(
        @"^(?:\*\*)?(?:[-*•·●▪]\s+|\d{1,2}(?:[.、)）]|\s*[—–-]\s|\s+(?![a-z]))\s*|"
            + @"[（(][\d一二三四五六七八九十a-k]{1,2}[)）]\s*|第{0,1}[一二三四五六七八九十]{1,3}[、.，,]|[a-zA-Z][.)]\s+|"
            + @"[ivxIVX]{1,4}[.)]\s*|[①-⑳]\s*)?(?:\*\*)?",
        RegexOptions.None,
        Timeout.Infinite
    )]
    private static partial Regex Marks();

    [GeneratedRegex(
        @"^(?:\d{1,2}[.)、]\s*|[a-k][.)]\s*|[ivx]{1,4}[.)]\s*)?(\*{1,3}|_{1,2})?"
            + @"([^.。:：,，*_]{2,40}[.。:：]?)(?:(?:\*{1,3}|_{1,2})\s*[-–—:：]*\s*|(?<=\.)\s+)(\S.*)$",
        RegexOptions.None,
        Timeout.Infinite
    )]
    private static partial Regex Sentenced();

    [GeneratedRegex(
        @"^([^:：。.，,;；*]{1,60}?)\s*(\*{0,2}(?:[:：]|\s-{1,3}\s|-{2,}|—+|\s–\s))\s*(.*)$",
        RegexOptions.None,
        Timeout.Infinite
    )]
    private static partial Regex LabelOf();

    [GeneratedRegex(
        @"^(?:[附]件{0,1}\s*[\d一二三四五六七八九十]|(?:Attachment|Annex|Appendix|Exhibit|Enclosure|Encl)\.?\s+(?:\d|[A-K]\b))",
        RegexOptions.IgnoreCase,
        Timeout.Infinite
    )]
    private static partial Regex Field();

    [GeneratedRegex(
        @"^(?:[第]{0,1}[一二三四五六七八九十\d]{1,3}[.,):、，）：]\s*|[（(][一二三四五六七八九十\d]{1,2}[)）]\s*)"
            + @"([\u4e00-\u9fff]{2,8})。\s*([^\s].*)$",
        RegexOptions.None,
        Timeout.Infinite
    )]
    private static partial Regex SentencedHan();

    [GeneratedRegex(@"^[【\[]([^】\]]{2,24})[】\]]\s*(\S.*)$", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"^([-*•·●▪|>]|\d)", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex ListStart();
}
