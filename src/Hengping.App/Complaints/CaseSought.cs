using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>
/// What staff look for in a list: the cases of merchants whose name holds it, and those in which it was said. A name
/// leads to its merchants first, and they to their cases.
/// </summary>
internal sealed class CaseSought
{
    /// <summary>Merchants that are read each by its own index; of more than these the list is walked through.</summary>
    private const int NamesMax = 20;

    private readonly string words;

    // SQL: a case of those merchants; null where there are none.
    private readonly string? named;

    private CaseSought(string words, string? named, IReadOnlyList<string> lists)
    {
        this.words = words;
        this.named = named;
        Lists = lists;
    }

    /// <summary>The lists of the merchants of that name; none where there are none, or too many.</summary>
    public IReadOnlyList<string> Lists { get; }

    /// <summary>Looks for the merchants; what the lists ask for is put beside <paramref name="where"/>.</summary>
    public static async Task<CaseSought> Read(Store store, string words, Conditions where, CancellationToken ct)
    {
        // A number is no name, and nothing longer is anybody's.
        if (CaseNumber.Parse(words) is not null || words.Length > QueryLimits.Words)
            return new CaseSought(words, null, []);
        const string Holding = @"select m.id from merchants m where m.folded like @holding escape '\'";
        where.With("holding", Like.Holding(FoldedName.Of(words)));
        var names = await store.Query<Guid>($"{Holding} limit {NamesMax + 1}", where.Args, ct);
        if (names.Count > NamesMax)
            return new CaseSought(words, $"c.respondent in ({Holding})", []);
        for (var i = 0; i < names.Count; i++)
            where.With($"name{i}", names[i]);
        var values = names.Select((_, i) => $"@name{i}").ToList();
        return new CaseSought(
            words,
            names.Count == 0 ? null : $"c.respondent in ({string.Join(", ", values)})",
            [.. values.Select(value => $"c.respondent = {value}")]
        );
    }

    /// <summary>The lists, of what is sought alone.</summary>
    /// <param name="areNamed">They are the lists of the merchants of that name.</param>
    public IReadOnlyList<ListPart> Among(IReadOnlyList<ListPart> lists, bool areNamed)
    {
        var said = new ListPart("c.id in @found", named is null ? "1 = 1" : Conditions.Unled($"not ({named})"));
        if (named is null)
            return [said];
        var of = lists.Count == 0 ? [new ListPart("1 = 1")] : lists;
        return
        [
            .. areNamed ? of : of.Select(list => new ListPart(list.Sql, Conditions.Unled(named))),
            said with
            {
                Rest = "1 = 1",
                Lead = $"{said.Lead} and {said.Rest}",
            },
        ];
    }

    /// <summary>Finds what was said, as much of it as fills a page.</summary>
    /// <param name="steps">What is still to be read of the list.</param>
    /// <param name="narrowed">What its filters are, as the index has them.</param>
    public async Task Find(
        Store store,
        IEnumerable<(string Where, string Sql)> steps,
        Conditions where,
        int most,
        Narrowed narrowed,
        CancellationToken ct
    )
    {
        var found = new List<Guid>();
        foreach (var (step, sql) in steps)
        {
            if (found.Count >= most)
                break;
            found.AddRange(
                await CaseSearch.Find(
                    store,
                    words,
                    $"{where.Sql} and {step}",
                    where.Args,
                    sql,
                    most - found.Count,
                    Party.Mediator,
                    narrowed,
                    ct
                )
            );
        }
        where.With("found", found);
    }
}
