namespace Hengping.Rules.Appeals;

/// <summary>
/// Reads a phrase as it stands in <c>data/words.json</c>: a space is any gap of spaces and hyphens, <c>~</c> at most 30
/// characters of the sentence, <c>…</c> at most 8 without a comma, <c>_</c> up to two words, <c>*</c> the rest of a
/// Latin word, <c>#</c> a number, <c>(a|b)</c> one of them, <c>?</c> that the last may be left out, <c>^</c> and
/// <c>$</c> the beginning and the end of the sentence. What begins or ends with a Latin letter is whole words.
/// </summary>
internal sealed class PhraseReading(string given)
{
    private int next;

    public static Phrase Of(string given)
    {
        var phrase = LintWords.Plain(given).ToLowerInvariant();
        var whole = new PhraseReading(phrase).Ways();
        return new Phrase.Row([BeginsWord, whole, EndsWord]);
    }

    private Phrase Ways()
    {
        var ways = new List<Phrase> { Row() };
        while (next < given.Length && given[next] == '|')
        {
            next++;
            ways.Add(Row());
        }
        return ways.Count == 1 ? ways[0] : new Phrase.Either(ways, optional: false);
    }

    private Phrase Row()
    {
        var parts = new List<Phrase>();
        while (next < given.Length && given[next] is not ('|' or ')'))
        {
            if (given[next] == '?')
            {
                next++;
                parts[^1] = new Phrase.Either([parts[^1]], optional: true);
                continue;
            }
            parts.Add(One());
        }
        return parts.Count == 1 ? parts[0] : new Phrase.Row(parts);
    }

    private Phrase One()
    {
        var c = given[next++];
        switch (c)
        {
            case '(':
                var inner = Ways();
                next++;
                return inner;
            case ' ':
                return Gap;
            case '~':
                return OfSentence;
            case '…':
                return OfClause;
            case '_':
                return TwoWords;
            case '*':
                return RestOfWord;
            case '#':
                return Number;
            case '^':
                return Begin;
            case '$':
                return End;
            default:
                var from = next - 1;
                // The last letter before a ? stands alone.
                while (
                    next < given.Length && IsPlain(given[next]) && !(next + 1 < given.Length && given[next + 1] == '?')
                )
                    next++;
                return new Phrase.Word(given[from..next]);
        }
    }

    private static bool IsPlain(char c) =>
        c is not ('(' or ')' or '|' or '?' or ' ' or '~' or '…' or '_' or '*' or '#' or '^' or '$');

    /// <summary>Part of a Latin word.</summary>
    public static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || (c > '\u00BF' && c < '\u0250');

    private static readonly Phrase Gap = new Phrase.Some(c => c is ' ' or '-', 0, 4, new HashSet<char> { ' ', '-' });

    private static readonly Phrase OfSentence = new Phrase.Some(
        c => c is not ('。' or '!' or '?' or ';' or '\n'),
        0,
        30,
        null
    );

    private static readonly Phrase OfClause = new Phrase.Some(
        c => c is not ('。' or '!' or '?' or ';' or ',' or '、' or '.' or ':' or '\n'),
        0,
        8,
        null
    );

    private static readonly Phrase RestOfWord = new Phrase.Some(IsWord, 0, 20, null);

    private static readonly Phrase OneWord = new Phrase.Row([
        new Phrase.Place((text, at) => at == 0 || !IsWord(text[at - 1])),
        new Phrase.Some(c => IsWord(c) || c is '\'', 1, 20, null),
        new Phrase.Some(c => c is ' ' or '-', 1, 3, null),
    ]);

    private static readonly Phrase TwoWords = new Phrase.Row([
        new Phrase.Either([OneWord], optional: true),
        new Phrase.Either([OneWord], optional: true),
    ]);

    private static readonly Phrase Number = new Phrase.Row([
        new Phrase.Some(char.IsAsciiDigit, 1, 1, new HashSet<char>("0123456789")),
        new Phrase.Some(c => char.IsAsciiDigit(c) || c is '.' or ',', 0, 12, new HashSet<char>("0123456789.,")),
    ]);

    private static readonly Phrase Begin = new Phrase.Place((_, at) => at == 0);

    private static readonly Phrase End = new Phrase.Place((text, at) => IsEnd(text, at));

    private static bool IsEnd(string text, int at)
    {
        while (at < text.Length && text[at] is '.' or '。' or '!' or ' ' or ';' or ':' or ')')
            at++;
        return at >= text.Length;
    }

    private static readonly Phrase BeginsWord = new Phrase.Place(
        (text, at) => at == 0 || at >= text.Length || !IsWord(text[at]) || !IsWord(text[at - 1])
    );

    private static readonly Phrase EndsWord = new Phrase.Place(
        (text, at) => at == 0 || at >= text.Length || !IsWord(text[at]) || !IsWord(text[at - 1])
    );
}
