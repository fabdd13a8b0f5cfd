using System.Globalization;
using Hengping.Rules.Complaints;

namespace Hengping.Rules.Ratings;

/// <summary>A list with everything that is published and kept beside it.</summary>
/// <param name="Tables">Its open data.</param>
public sealed record FrozenList(RatingList List, OpenTables Tables)
{
    /// <summary>Makes a list of format 2 from single cases.</summary>
    /// <param name="asked">Period, side and policy.</param>
    /// <param name="cases">All delivered cases of the period, under the merchants they count for.</param>
    /// <param name="factsOf">Name, sector and enrolment at as-of.</param>
    /// <param name="wordsOf">What it tells of a merchant's claimants: theirs, or what may be told of them so far
    /// (<see cref="DailySnapshot.Within"/>).</param>
    public static FrozenList Of(
        FrozenAs asked,
        IReadOnlyList<(RatingCase Case, CaseWords Words)> cases,
        Func<Guid, RatedMerchant> factsOf,
        Func<Guid, ToldWords> wordsOf
    )
    {
        var sums = new MerchantTable();
        var answers = cases.Select(c => c.Case with { ScoreMilli = null, ScoredAt = null }).ToList();
        sums.AddCases(CaseColumns.Of(answers, sums), asked.Period, asked.AsOf, asked.Policy.Hours);
        var printed = new List<(Guid Merchant, ShownWord Word)>();
        var waiting = new HashSet<Guid>();
        foreach (var mine in cases.GroupBy(c => c.Case.Merchant))
        {
            var merchant = sums.IndexOf(mine.Key);
            // Below the minimum no row stands on the scores.
            if (!RatingList.IsListed(sums, merchant))
                continue;
            var (told, isWhole) = wordsOf(mine.Key);
            // No more scores than cases: some left, and what they said is not taken out alone.
            if (told.Count(word => word.ScoreMilli >= 0) > sums[merchant].Valid)
                (told, isWhole) = ([], false);
            if (!isWhole)
                waiting.Add(mine.Key);
            printed.AddRange(told.Select(word => (mine.Key, word)));
            foreach (var word in told.Where(word => word.ScoreMilli >= 0))
                sums[merchant].AddScore(word.ScoreMilli);
        }
        var list = RatingList.Compute(
            asked.Period,
            asked.Sector,
            asked.Side,
            asked.Policy,
            asked.AsOf,
            sums,
            id => factsOf(id) with { ScoresWait = waiting.Contains(id) }
        );
        return new FrozenList(list, OpenTables.Of(cases, printed));
    }

    /// <summary>All that claimants said of the cases that count, by merchant.</summary>
    public static Func<Guid, ToldWords> SaidIn(IEnumerable<(RatingCase Case, CaseWords Words)> cases)
    {
        var said = cases
            .Where(c => c.Case.Excluded is null && c.Case.ScoreMilli is not null)
            .ToLookup(c => c.Case.Merchant, WordOf);
        return merchant => new ToldWords([.. said[merchant]], IsWhole: true);
    }

    private static ShownWord WordOf((RatingCase Case, CaseWords Words) one) =>
        new(one.Case.ScoreMilli!.Value, ResolvedOf(one.Words.Resolved), CentsOf(one.Words.Recovered));

    private static Resolved? ResolvedOf(string? word) =>
        Enum.TryParse<Resolved>(word, ignoreCase: true, out var said) ? said : null;

    private static long CentsOf(string? sum) =>
        sum is null ? 0 : (long)(decimal.Parse(sum, CultureInfo.InvariantCulture) * 100);
}

/// <summary>Which list is frozen, and as of when.</summary>
public sealed record FrozenAs(Period Period, string? Sector, Side Side, Policy Policy, DateTimeOffset AsOf);
