using Hengping.Rules.Clocks;

namespace Hengping.Rules.Ratings;

/// <summary>Sums per merchant: what both ways to a list, from scratch and from roll-ups, add into.</summary>
public sealed partial class MerchantTable
{
    private readonly Dictionary<Guid, int> index;
    private readonly Dictionary<Guid, int> claimants = [];
    private readonly List<Guid> ids = [];
    private Tally[] tallies;
    private int[] distinct;
    private byte[] distinctCount;

    /// <summary>An empty table with room for so many merchants; it grows by itself.</summary>
    public MerchantTable(int merchants = 4)
    {
        index = new Dictionary<Guid, int>(merchants);
        tallies = new Tally[merchants];
        distinct = new int[merchants * Policy.MinimumClaimants];
        distinctCount = new byte[merchants];
    }

    /// <summary>Merchants seen.</summary>
    public int Count => ids.Count;

    /// <summary>The merchant at an index.</summary>
    public Guid IdOf(int merchant) => ids[merchant];

    /// <summary>Its sums.</summary>
    public ref Tally this[int merchant] => ref tallies[merchant];

    /// <summary>
    /// Different claimants, counted up to <see cref="Policy.MinimumClaimants"/>, each anonymous row one more.
    /// </summary>
    public long Claimants(int merchant) => distinctCount[merchant] + tallies[merchant].Anonymous;

    /// <summary>The merchant's index, given on first sight.</summary>
    public int IndexOf(Guid merchant)
    {
        if (this.index.TryGetValue(merchant, out var index))
            return index;
        index = ids.Count;
        this.index.Add(merchant, index);
        ids.Add(merchant);
        if (index == tallies.Length)
        {
            Array.Resize(ref tallies, index * 2);
            Array.Resize(ref distinct, index * 2 * Policy.MinimumClaimants);
            Array.Resize(ref distinctCount, index * 2);
        }
        return index;
    }

    /// <summary>The claimant's index, given on first sight.</summary>
    public int ClaimantOf(Guid claimant)
    {
        if (!claimants.TryGetValue(claimant, out var index))
            claimants.Add(claimant, index = claimants.Count);
        return index;
    }

    /// <summary>Remembers a claimant of a base case, as long as the minimum is not reached.</summary>
    public void See(int merchant, int claimant)
    {
        var known = distinctCount[merchant];
        if (known == Policy.MinimumClaimants || claimant < 0)
            return;
        var mine = distinct.AsSpan(merchant * Policy.MinimumClaimants, Policy.MinimumClaimants);
        if (mine[..known].Contains(claimant))
            return;
        mine[known] = claimant;
        distinctCount[merchant]++;
    }

    /// <summary>Adds the cases first delivered inside a period, as they stand.</summary>
    /// <param name="asOf">What is unanswered and inside its hours then is pending.</param>
    /// <param name="hours">Of the policy the list names; null for those of each case's own delivery.</param>
    public void AddCases(CaseColumns cases, Period period, DateTimeOffset asOf, ReplyHours? hours = null)
    {
        var now = asOf.ToUnixTimeMilliseconds();
        var from = period.From.ToUnixTimeMilliseconds();
        var until = Math.Min(period.Until.ToUnixTimeMilliseconds(), now + 1);
        foreach (var (begins, ends, own) in ReplyHours.Between(from, until))
            AddCases(cases, begins, ends, now, hours ?? own);
    }

    private void AddCases(CaseColumns cases, long from, long until, long asOf, ReplyHours hours)
    {
        if (cases.Count >= ManyCases)
        {
            AddMany(cases, from, until, asOf, hours);
            return;
        }
        for (var i = 0; i < cases.Count; i++)
        {
            var delivered = cases.DeliveredAt[i];
            if (delivered >= from && delivered < until)
                AddCase(cases, i, delivered, asOf, hours);
        }
    }

    private void AddCase(CaseColumns cases, int i, long delivered, long asOf, ReplyHours hours)
    {
        var flags = cases.Flags[i];
        var merchant = cases.Merchant[i];
        ref var tally = ref tallies[merchant];
        if (flags >= CaseColumns.Validity)
            tally.AddTouched((Touches)(flags / CaseColumns.Validity));
        if ((flags & CaseColumns.Out) != 0)
        {
            tally.AddExcluded();
            return;
        }
        var answered = Answered.Never;
        if ((flags & CaseColumns.ValidReply) != 0)
        {
            var replied = cases.RepliedAt[i];
            answered =
                replied != CaseColumns.NoInstant ? RatingIndex.ClassOf(replied - delivered, hours)
                : (flags & CaseColumns.Timely) != 0 ? Answered.InFull
                : Answered.Late;
        }
        else if (delivered >= asOf - hours.PartMs)
        {
            tally.AddPending();
            return;
        }
        var claimant = cases.Claimant[i];
        tally.Add(answered, cases.ScoreMilli[i], claimant < 0);
        See(merchant, claimant);
    }

    /// <summary>Adds a roll-up cell: the sums of whole days, and who complained in them.</summary>
    public void AddCell(int merchant, in Tally tally, ReadOnlySpan<int> claimants)
    {
        tallies[merchant].Add(tally);
        if (distinctCount[merchant] == Policy.MinimumClaimants)
            return;
        foreach (var claimant in claimants)
            See(merchant, claimant);
    }
}
