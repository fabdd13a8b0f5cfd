using Hengping.Rules.Clocks;

namespace Hengping.Rules.Ratings;

/// <summary>
/// The same sums for many cases at once. Complaints have no pattern a processor could guess, so this loop decides by
/// arithmetic and not by branches: about five times faster over a million of them.
/// </summary>
public sealed partial class MerchantTable
{
    /// <summary>From so many on, the arrays of this loop are worth making.</summary>
    private const int ManyCases = 4096;

    /// <summary>Slots of a merchant: 0–3 by <see cref="Answered"/>, 4–7 the same scored, 8 out, 9 pending.</summary>
    private const int CountSlots = 16;

    /// <summary>Slots of a merchant: 0–3 score sums by <see cref="Answered"/>, 4 squares, 5 anonymous.</summary>
    private const int SumSlots = 8;

    /// <summary>Slots of a merchant: 0–10 how often a whole score was given.</summary>
    private const int ScoreSlots = 16;

    private void AddMany(CaseColumns cases, long from, long until, long asOf, ReplyHours hours)
    {
        var (full, part) = (hours.FullMs, hours.PartMs);
        var pendingFrom = asOf - part;
        var counts = new int[Count * CountSlots];
        var sums = new long[Count * SumSlots];
        var whole = new int[Count * ScoreSlots];
        var count = cases.Count;
        var merchants = cases.Merchant.AsSpan(0, count);
        var claimants = cases.Claimant.AsSpan(0, count);
        var deliveries = cases.DeliveredAt.AsSpan(0, count);
        var replies = cases.RepliedAt.AsSpan(0, count);
        var scores = cases.ScoreMilli.AsSpan(0, count);
        var allFlags = cases.Flags.AsSpan(0, count);
        for (var i = 0; i < count; i++)
        {
            var delivered = deliveries[i];
            if (delivered < from || delivered >= until)
                continue;
            int flags = allFlags[i],
                merchant = merchants[i],
                score = scores[i];
            // No instant is so far below zero that it wraps to "late"; the source's flag then makes it 1.0.
            var elapsed = unchecked(replies[i] - delivered);
            var valid = flags & CaseColumns.ValidReply;
            var isOut = (flags / CaseColumns.Out) & 1;
            var answered =
                (1 + Below(elapsed, full) + Below(elapsed, part + 1) + (flags & CaseColumns.Timely)) & -valid;
            var pending = (1 - valid) & (1 - isOut) & Below(pendingFrom, delivered + 1);
            var inBase = -(1 - isOut - pending);
            var scored = ~(score >> 31) & 1;
            var slot = ((answered + (4 * scored)) & inBase) | ((8 + pending) & ~inBase);
            counts[(merchant * CountSlots) + slot]++;
            long sum = score & -scored & inBase;
            var at = merchant * SumSlots;
            sums[at + answered] += sum;
            sums[at + 4] += sum * sum;
            var counted = scored & inBase & 1;
            var points = (score & -scored) / Tally.Point;
            // People give whole points: what lies between comes from imports, and is rare.
            if (points * Tally.Point == (score & -scored))
                whole[(merchant * ScoreSlots) + points] += counted;
            else if (counted != 0)
                tallies[merchant].CountScore(score, 1);
            sums[at + 5] += (claimants[i] >> 31) & inBase & 1;
            if (flags >= CaseColumns.Validity)
                tallies[merchant].AddTouched((Touches)(flags / CaseColumns.Validity));
            if (distinctCount[merchant] < Policy.MinimumClaimants && inBase != 0)
                See(merchant, claimants[i]);
        }
        for (var merchant = 0; merchant < Count; merchant++)
        {
            var mine = counts.AsSpan(merchant * CountSlots, CountSlots);
            var given = whole.AsSpan(merchant * ScoreSlots, ScoreSlots);
            tallies[merchant].Add(mine, sums.AsSpan(merchant * SumSlots, SumSlots), given);
        }
    }

    /// <summary>1 where a number is below a limit, else 0.</summary>
    private static int Below(long number, long limit) => number < limit ? 1 : 0;
}
