namespace Hengping.Rules.Ratings;

/// <summary>A list with everything that is published and kept beside it.</summary>
/// <param name="Tables">Its open data.</param>
/// <param name="Printed">Whose scores it prints: for the lists after it, never public.</param>
public sealed record FrozenList(RatingList List, OpenTables Tables, IReadOnlyList<PrintedCase> Printed)
{
    /// <summary>Makes a list of format 2 from single cases.</summary>
    /// <param name="asked">Period, side and policy.</param>
    /// <param name="cases">All delivered cases of the period, under the merchants they count for.</param>
    /// <param name="factsOf">Name, sector and enrolment at as-of.</param>
    /// <param name="before">What earlier lists have printed.</param>
    public static FrozenList Of(
        FrozenAs asked,
        IReadOnlyList<(RatingCase Case, CaseWords Words)> cases,
        Func<Guid, RatedMerchant> factsOf,
        ScoreRelease before
    )
    {
        var sums = new MerchantTable();
        var answers = cases.Select(c => c.Case with { ScoreMilli = null, ScoredAt = null }).ToList();
        sums.AddCases(CaseColumns.Of(answers, sums), asked.Period, asked.AsOf);
        var printed = new List<PrintedCase>();
        var waiting = new HashSet<Guid>();
        foreach (var mine in cases.GroupBy(c => c.Case.Merchant))
        {
            var merchant = sums.IndexOf(mine.Key);
            // Below the minimum no row stands on the scores.
            if (!RatingList.IsListed(sums, merchant))
                continue;
            var row = before.Of(mine.Key, [.. mine.Select(NowOf)]);
            if (row.Waits)
                waiting.Add(mine.Key);
            printed.AddRange(row.Cases);
            foreach (var score in row.Cases.Select(one => one.Score.Milli).OfType<int>())
                sums[merchant].AddScore(score);
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
        return new FrozenList(list, OpenTables.Of(cases, printed.Select(one => (one.Merchant, one.Score))), printed);
    }

    /// <summary>What a case would print.</summary>
    public static PrintedScore ScoreOf(RatingCase one, CaseWords words) =>
        one.ScoreMilli is { } score
            ? new PrintedScore(score, words.Resolved, words.Recovered)
            : new PrintedScore(null, null, null);

    private static ScoreRelease.Now NowOf((RatingCase Case, CaseWords Words) one) =>
        new(one.Case.PublicId, one.Case.Excluded is null, ScoreOf(one.Case, one.Words));
}

/// <summary>Which list is frozen, and as of when.</summary>
public sealed record FrozenAs(Period Period, string? Sector, Complaints.Side Side, Policy Policy, DateTimeOffset AsOf);
