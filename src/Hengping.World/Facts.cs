using System.Globalization;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.World;

/// <summary>Only what ratings need, of as many complaints as a bench wants: no text, no life, no person.</summary>
public static class Facts
{
    static readonly Manner[] manners = Enum.GetValues<Manner>();

    /// <summary>
    /// Rating facts of <paramref name="complaints"/> over the twelve months before <paramref name="end"/>, a million
    /// in about a second. The answers follow each merchant's manner.
    /// </summary>
    public static IEnumerable<RatingCase> Yield(ulong seed, DateTimeOffset end, int complaints, int merchants)
    {
        var chance = new Chance(seed, "facts");
        var ids = Enumerable.Range(0, merchants).Select(_ => chance.Id(end)).ToArray();
        var people = Enumerable.Range(0, Math.Max(10, complaints / 2)).Select(_ => chance.Id(end)).ToArray();
        for (var i = 0; i < complaints; i++)
        {
            // Two draws, the smaller: the first merchants have most complaints, as in life.
            var which = Math.Min(chance.Below(merchants), chance.Below(merchants));
            yield return One(chance, ids[which], chance.Pick(people), manners[which % manners.Length], end);
        }
    }

    static RatingCase One(Chance chance, Guid merchant, Guid claimant, Manner manner, DateTimeOffset end)
    {
        var behaviour = Behaviour.Of(manner);
        var delivered = end.AddSeconds(-chance.Below(365 * 86_400));
        var answered = delivered + chance.Wait(behaviour.MedianHours);
        var valid = chance.Hits(behaviour.Answers * (1 - behaviour.Forms)) && answered < end;
        var scored = chance.Hits(valid ? 0.45 : 0.25) && delivered < end.AddDays(-8);
        var points = valid ? chance.Between(2, 10) : chance.Between(0, 3);
        return new RatingCase
        {
            PublicId = chance.Bits().ToString("x16", CultureInfo.InvariantCulture) + "0000000000000000",
            Merchant = merchant,
            Side = Side.Consumer,
            Claimant = claimant,
            DeliveredAt = delivered,
            RepliedAt = valid ? answered : null,
            ValidReply = valid,
            ScoreMilli = scored ? points * 1000 : null,
            ScoredAt = scored ? delivered.AddDays(7) : null,
            Excluded = chance.Hits(0.02) ? "excluded" : null,
        };
    }
}
