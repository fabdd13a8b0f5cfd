using Hengping.App.Platform;
using Hengping.Rules.Clocks;

namespace Hengping.App.RuleRegister;

/// <content>What clauses said before.</content>
public static partial class RuleSearch
{
    private const int OldHitsOfRule = 5;
    private const int OldRowsMax = 500;

    private sealed record Held(long Version, string InForceOn);

    private sealed record OldRow(long Version, string Clause, string Zh, string En, string Words);

    /// <summary>
    /// Clauses of versions that were in force and are no more, the latest first. One that said the same in several
    /// versions is one hit, with all the days it held; what is still in force is no old hit.
    /// </summary>
    public static async Task<IReadOnlyList<RuleHit>> OldHits(
        Store store,
        Guid rule,
        IReadOnlyList<string> words,
        CancellationToken ct
    )
    {
        if (words.Count == 0)
            return [];
        var args = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["rule"] = rule,
            ["on"] = ClausesInForce.Day(Shanghai.DayOf(store.Now)),
            ["most"] = OldRowsMax,
        };
        var held = await store.Query<Held>(
            """
            select version as Version, in_force_on as InForceOn from rule_versions
            where rule = @rule and not withdrawn and in_force_on <= @on order by in_force_on, version
            """,
            args,
            ct
        );
        var place = held.Select((one, at) => (one.Version, at)).ToDictionary(one => one.Version, one => one.at);
        var rows = await store.Query<OldRow>(
            $"""
            select c.version as Version, c.clause as Clause, c.zh as Zh, c.en as En, c.words as Words
            from rule_clauses c where c.rule = @rule and {Holds("c.words", words, args)}
            order by c.version desc, c.position desc limit @most
            """,
            args,
            ct
        );
        var hits = new List<(int Last, RuleHit Hit)>();
        foreach (var clause in rows.Where(row => place.ContainsKey(row.Version)).GroupBy(row => row.Clause))
        {
            var found = clause.OrderBy(row => place[row.Version]).ToList();
            for (var first = 0; first < found.Count; )
            {
                var last = first;
                while (last + 1 < found.Count && IsNext(found[last], found[last + 1]))
                    last++;
                if (place[found[last].Version] is var at && at + 1 < held.Count)
                    hits.Add((at, Old(found[last], DayOf(place[found[first].Version]), DayOf(at + 1).AddDays(-1))));
                first = last + 1;
            }
        }
        // A version that was replaced on its first day held on none.
        return
        [
            .. hits.Where(one => one.Hit.From <= one.Hit.Until)
                .OrderByDescending(one => one.Last)
                .Take(OldHitsOfRule)
                .Select(one => one.Hit),
        ];

        bool IsNext(OldRow row, OldRow next) =>
            place[next.Version] == place[row.Version] + 1 && row.Words == next.Words;

        DateOnly DayOf(int at) => RuleView.DayOf(held[at].InForceOn);

        RuleHit Old(OldRow row, DateOnly from, DateOnly until) =>
            HitOf(rule, new Row(row.Version, row.Clause, row.Zh, row.En), words[0]) with
            {
                From = from,
                Until = until,
            };
    }
}
