using Hengping.Rules.Complaints;

namespace Hengping.Rules.Ratings;

/// <summary>What a list says of a merchant besides its numbers, at the list's as-of.</summary>
/// <param name="ScoresWait">Not all of its scores are the newest ones of the period, or some are not in yet
/// (<see cref="DailySnapshot"/>).</param>
public sealed record RatedMerchant(
    Guid Id,
    string Name,
    string Sector,
    bool Enrolled,
    bool HasContact,
    bool ScoresWait = false
);

/// <summary>One merchant in a list; names and order as in the contract.</summary>
/// <param name="Rank">Null where unrated. Equal printed indices share it and the next one skips.</param>
/// <param name="Valid">Complaints in the base.</param>
/// <param name="Pending">Unanswered inside their hours, outside the base.</param>
/// <param name="ReplyRate">Fraction, 4 decimals.</param>
/// <param name="Timeliness">0…1, 3 decimals.</param>
/// <param name="Satisfaction">0…10, 3 decimals.</param>
/// <param name="Index">0…1, 3 decimals.</param>
/// <param name="Interval">95 % interval of the index.</param>
/// <param name="Notes">Codes: notEnrolled, noContact, scoresWait, nobodyScored, notDistinguishable.</param>
/// <param name="Excluded">Delivered and out of the base; null where the list was published without it.</param>
/// <param name="Touched">Its cases that a human decision touched; null likewise.</param>
/// <param name="WithoutScores">Where nobody scored, which counts as 0: the index by the other two parts.</param>
public sealed record RatingRow(
    int? Rank,
    Guid MerchantId,
    string Merchant,
    string Sector,
    bool Enrolled,
    long Valid,
    long Pending,
    long Replied,
    long Scored,
    decimal ReplyRate,
    decimal Timeliness,
    decimal Satisfaction,
    decimal Index,
    Grade Grade,
    IReadOnlyList<decimal> Interval,
    IReadOnlyList<string> Notes,
    long? Excluded = null,
    TouchedCases? Touched = null,
    decimal? WithoutScores = null
)
{
    /// <summary>
    /// Satisfaction if those who did not score had given 0, or 10: from the printed mean, so right to a thousandth.
    /// </summary>
    public (decimal Lo, decimal Hi) SatisfactionBounds
    {
        get
        {
            decimal Of(decimal unscored) =>
                Valid == 0
                    ? 0.000m
                    : decimal.Round(
                        (((Satisfaction * Scored) + (unscored * (Valid - Scored))) / Valid) + 0.000m,
                        3,
                        MidpointRounding.AwayFromZero
                    );
            return (Of(0), Of(10));
        }
    }

    /// <summary><see cref="WithoutScores"/>, for lists published before they said it from what they print.</summary>
    public decimal? IndexWithoutScores =>
        WithoutScores
        ?? (
            Notes.Contains("nobodyScored")
                ? decimal.Round(
                    (((0.5m * ReplyRate) + (0.3m * Timeliness)) / 0.8m) + 0.000m,
                    3,
                    MidpointRounding.AwayFromZero
                )
                : null
        );
}

/// <summary>Cases a human decision touched, by its ground: keeps a list honest.</summary>
/// <param name="Validity">Whether a reply counts.</param>
/// <param name="Exclusion">An exclusion or its reversal.</param>
/// <param name="Contest">A decided contest.</param>
public sealed record TouchedCases(long Validity, long Exclusion, long Contest)
{
    /// <summary>Those of a tally.</summary>
    public static TouchedCases Of(in Tally tally) =>
        new(tally.TouchedValidity, tally.TouchedExclusion, tally.TouchedContest);

    /// <summary>All of them.</summary>
    public long All => Validity + Exclusion + Contest;
}

/// <summary>What a list was made of, beside its rows.</summary>
/// <param name="Base">Cases that count.</param>
/// <param name="Pending">Unanswered inside their hours.</param>
/// <param name="Excluded">Delivered and out of the base.</param>
/// <param name="Touched">Cases a human decision touched.</param>
/// <param name="TooFewClaimants">Merchants with enough complaints, but of fewer than 5 claimants: not listed.</param>
public sealed record ListBasis(
    long Base,
    long Pending,
    long? Excluded,
    TouchedCases? Touched,
    IReadOnlyList<Guid> TooFewClaimants
);

/// <summary>消费评级榜: computed rows with what they stand on.</summary>
/// <param name="Format">2; lists of format 1 told each case with its score.</param>
public sealed record RatingList(
    string Period,
    string? Sector,
    Side Side,
    Policy Policy,
    DateTimeOffset AsOf,
    IReadOnlyList<RatingRow> Rows,
    ListBasis Basis,
    int Format = RatingList.NewestFormat
)
{
    /// <summary>Answers and scores stand apart, and the interval needs nobody's pair of them.</summary>
    public const int NewestFormat = 2;

    private static readonly string[] OnlyCrosses = ["notDistinguishable"];

    /// <summary>Makes the rows from sums per merchant. Merchants below the minimum are left out.</summary>
    /// <param name="sums">Cases of one side, merged merchants already under the one they were merged into.</param>
    /// <param name="factsOf">Name, sector and enrolment at as-of.</param>
    public static RatingList Compute(
        Period period,
        string? sector,
        Side side,
        Policy policy,
        DateTimeOffset asOf,
        MerchantTable sums,
        Func<Guid, RatedMerchant> factsOf,
        int format = NewestFormat
    )
    {
        var rows = new List<RatingRow>();
        var tooFew = new List<Guid>();
        Tally all = default;
        for (var i = 0; i < sums.Count; i++)
        {
            ref var tally = ref sums[i];
            all.Add(tally);
            if (tally.Valid < Policy.MinimumValid)
                continue;
            if (IsListed(sums, i))
                rows.Add(RowOf(tally, factsOf(sums.IdOf(i)), policy, format));
            else
                tooFew.Add(sums.IdOf(i));
        }
        tooFew.Sort();
        var basis = new ListBasis(all.Valid, all.Pending, all.Excluded, TouchedCases.Of(all), tooFew);
        return new RatingList(period.Code, sector, side, policy, asOf, Ranked(rows), basis, format);
    }

    /// <summary>
    /// The list of some of its merchants: the same numbers, ranked among themselves. It stands on the cases of its rows
    /// alone, so it follows from the rows and the same open data, and tells nothing that these do not.
    /// </summary>
    public RatingList Part(string? sector, Func<RatingRow, bool> isIn)
    {
        var rows = Rows.Where(isIn).ToList();
        var touched = rows.TrueForAll(row => row.Touched is not null)
            ? rows.Aggregate(
                new TouchedCases(0, 0, 0),
                (sum, row) =>
                    new TouchedCases(
                        sum.Validity + row.Touched!.Validity,
                        sum.Exclusion + row.Touched.Exclusion,
                        sum.Contest + row.Touched.Contest
                    )
            )
            : null;
        var basis = new ListBasis(
            rows.Sum(row => row.Valid),
            rows.Sum(row => row.Pending),
            rows.TrueForAll(row => row.Excluded is not null) ? rows.Sum(row => row.Excluded) : null,
            touched,
            []
        );
        return this with { Sector = sector, Rows = Ranked(rows), Basis = basis };
    }

    /// <summary>Whether a merchant has enough complaints, of enough claimants.</summary>
    public static bool IsListed(MerchantTable sums, int merchant) =>
        sums[merchant].Valid >= Policy.MinimumValid && sums.Claimants(merchant) >= Policy.MinimumClaimants;

    /// <summary>One merchant's row, without a rank; also below the minimum, for its own page.</summary>
    public static RatingRow RowOf(in Tally tally, RatedMerchant merchant, Policy policy, int format = NewestFormat)
    {
        var index = RatingIndex.Thousandths(
            tally.Valid,
            tally.Replied,
            tally.Tenths,
            tally.Scored,
            tally.ScoreMilli,
            policy.Unscored
        );
        var interval =
            format == 1
                ? Uncertainty.IndexIntervalOfCases(tally, index, policy.Unscored)
                : Uncertainty.IndexInterval(tally, index, policy.Unscored);
        var notes = NotesOf(merchant, tally.Scored, Uncertainty.CrossesGrade(interval));
        return new RatingRow(
            null,
            merchant.Id,
            merchant.Name,
            merchant.Sector,
            merchant.Enrolled,
            tally.Valid,
            tally.Pending,
            tally.Replied,
            tally.Scored,
            RatingIndex.Printed(RatingIndex.Divide(10_000 * (Int128)tally.Replied, tally.Valid), 4),
            RatingIndex.Printed(RatingIndex.Divide(100 * (Int128)tally.Tenths, tally.Valid), 3),
            RatingIndex.Printed(RatingIndex.Divide(tally.ScoreMilli, tally.Scored), 3),
            RatingIndex.Printed(index, 3),
            // Scores that only wait are not nobody's: they never count as 0.
            merchant.ScoresWait
            && tally.Scored == 0
                ? Grade.Unrated
                : policy.GradeOf(index, merchant.Enrolled, merchant.HasContact),
            [RatingIndex.Printed(interval.Lo, 3), RatingIndex.Printed(interval.Hi, 3)],
            notes,
            tally.Excluded,
            TouchedCases.Of(tally),
            WithoutScoresOf(tally, merchant, policy)
        );
    }

    private static decimal? WithoutScoresOf(in Tally tally, RatedMerchant merchant, Policy policy) =>
        tally.Scored > 0 || tally.Valid == 0 || merchant.ScoresWait || policy.Unscored != Unscored.Zero
            ? null
            : RatingIndex.Printed(
                RatingIndex.Thousandths(tally.Valid, tally.Replied, tally.Tenths, 0, 0, Unscored.Rescale),
                3
            );

    private static string[] NotesOf(RatedMerchant merchant, long scored, bool crosses)
    {
        if (merchant.Enrolled && merchant.HasContact && !merchant.ScoresWait && scored > 0)
            return crosses ? OnlyCrosses : [];
        var notes = new List<string>(5);
        if (!merchant.Enrolled)
            notes.Add("notEnrolled");
        if (!merchant.HasContact)
            notes.Add("noContact");
        if (merchant.ScoresWait)
            notes.Add("scoresWait");
        else if (scored == 0)
            notes.Add("nobodyScored");
        if (crosses)
            notes.Add(OnlyCrosses[0]);
        return [.. notes];
    }

    /// <summary>By index descending, then merchant; the unrated last and without rank; 1, 2, 2, 4.</summary>
    private static List<RatingRow> Ranked(List<RatingRow> rows)
    {
        var sorted = rows.ToArray();
        var keys = Array.ConvertAll(
            sorted,
            r => new Place(r.Grade == Grade.Unrated, -(int)(r.Index * 1000), r.MerchantId)
        );
        Array.Sort(keys, sorted);
        rows = [.. sorted];
        for (var i = 0; i < rows.Count && rows[i].Grade != Grade.Unrated; i++)
        {
            var shared = i > 0 && rows[i].Index == rows[i - 1].Index;
            rows[i] = rows[i] with { Rank = shared ? rows[i - 1].Rank : i + 1 };
        }
        return rows;
    }

    private readonly record struct Place(bool Unrated, int Index, Guid Merchant) : IComparable<Place>
    {
        public int CompareTo(Place other) =>
            Unrated != other.Unrated ? Unrated.CompareTo(other.Unrated)
            : Index != other.Index ? Index.CompareTo(other.Index)
            : Merchant.CompareTo(other.Merchant);
    }
}
