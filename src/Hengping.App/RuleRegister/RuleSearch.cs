using System.Text;
using Hengping.App.Platform;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary>A clause that holds what was looked for.</summary>
/// <param name="Excerpt">Around what was found, without markup.</param>
public sealed record RuleHit(int Version, string Clause, string Address, string Excerpt)
{
    /// <summary>Of a clause that holds no more: the first day it did.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Of a clause that holds no more: the last day it did.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>规则检索: rules and clauses by what they say, in either language (令116 art. 9).</summary>
public static partial class RuleSearch
{
    /// <summary>Words that are looked for at once.</summary>
    public const int WordsMax = 5;

    private const int HitsOfRule = 3;
    private const int Around = 40;

    private sealed record Row(long Version, string Clause, string Zh, string En);

    /// <summary>A text as it is searched: without markup, in small letters, full width made narrow.</summary>
    public static string Folded(string text) =>
        string.Join('\n', text.Split('\n').Select(RuleWords.Plain))
            .Normalize(NormalizationForm.FormKC)
            .ToLowerInvariant();

    /// <summary>The words of a question; none where it is blank.</summary>
    public static IReadOnlyList<string> WordsOf(string? asked) =>
        [
            .. Folded(asked ?? "")
                .Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
                .Distinct(StringComparer.Ordinal)
                .Take(WordsMax),
        ];

    /// <summary>SQL: the column holds all of the words; their values are added.</summary>
    public static string Holds(string column, IReadOnlyList<string> words, Dictionary<string, object?> args)
    {
        for (var i = 0; i < words.Count; i++)
            args[$"word{i}"] = Like.Holding(words[i]);
        return string.Join(" and ", words.Select((_, i) => $"{column} like @word{i} escape '\\'"));
    }

    /// <summary>The first clauses of a version that hold the words.</summary>
    public static async Task<IReadOnlyList<RuleHit>> Hits(
        Store store,
        Guid rule,
        int version,
        IReadOnlyList<string> words,
        CancellationToken ct
    )
    {
        if (words.Count == 0)
            return [];
        var args = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["rule"] = rule,
            ["version"] = version,
            ["most"] = HitsOfRule,
        };
        var rows = await store.Query<Row>(
            $"""
            select version as Version, clause as Clause, zh as Zh, en as En from rule_clauses
            where rule = @rule and version = @version and {Holds("words", words, args)}
            order by position limit @most
            """,
            args,
            ct
        );
        return [.. rows.Select(row => HitOf(rule, row, words[0]))];
    }

    private static RuleHit HitOf(Guid rule, Row row, string word)
    {
        var no = (int)row.Version;
        var where = new ClauseRef(rule, no, row.Clause);
        var said = new[] { row.Zh, row.En }
            .Select(text => string.Join(' ', text.Split('\n').Select(RuleWords.Plain)))
            .FirstOrDefault(text => Folded(text).Contains(word, StringComparison.Ordinal), "");
        var at = Math.Max(0, Folded(said).IndexOf(word, StringComparison.Ordinal));
        var from = Math.Clamp(at - Around, 0, said.Length);
        var to = Math.Min(said.Length, at + word.Length + Around);
        var excerpt = (from > 0 ? "…" : "") + said[from..Math.Max(from, to)] + (to < said.Length ? "…" : "");
        return new RuleHit(no, row.Clause, where.Address, excerpt);
    }
}
