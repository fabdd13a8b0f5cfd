using Hengping.Rules.Clocks;

namespace Hengping.Rules.Ratings;

/// <summary>Sums per merchant: what both ways to a list, from scratch and from roll-ups, add into.</summary>
public sealed partial class MerchantTable
{
    private readonly Dictionary<Guid, int> _index;
    private readonly Dictionary<Guid, int> _claimants = [];
    private readonly List<Guid> _ids = [];
    private Tally[] _tallies;
    private int[] _distinct;
    private byte[] _distinctCount;

    /// <summary>An empty table with room for so many merchants; it grows by itself.</summary>
    public MerchantTable(int merchants = 4)
    {
        _index = new Dictionary<Guid, int>(merchants);
        _tallies = new Tally[merchants];
        _distinct = new int[merchants * Policy.MinimumClaimants];
        _distinctCount = new byte[merchants];
    }

    /// <summary>Merchants seen.</summary>
    public int Count => _ids.Count;

    /// <summary>The merchant at an index.</summary>
    public Guid IdOf(int merchant) => _ids[merchant];

    /// <summary>Its sums.</summary>
    public ref Tally this[int merchant] => ref _tallies[merchant];

    /// <summary>
    /// Different claimants, counted up to <see cref="Policy.MinimumClaimants"/>, each anonymous row one more.
    /// </summary>
    public long Claimants(int merchant) => _distinctCount[merchant] + _tallies[merchant].Anonymous;

    /// <summary>The merchant's index, given on first sight.</summary>
    public int IndexOf(Guid merchant)
    {
        if (_index.TryGetValue(merchant, out var index))
            return index;
        index = _ids.Count;
        _index.Add(merchant, index);
        _ids.Add(merchant);
        if (index == _tallies.Length)
        {
            Array.Resize(ref _tallies, index * 2);
            Array.Resize(ref _distinct, index * 2 * Policy.MinimumClaimants);
            Array.Resize(ref _distinctCount, index * 2);
        }
        return index;
    }

    /// <summary>The claimant's index, given on first sight.</summary>
    public int ClaimantOf(Guid claimant)
    {
        if (!_claimants.TryGetValue(claimant, out var index))
            _claimants.Add(claimant, index = _claimants.Count);
        return index;
    }

    /// <summary>Remembers a claimant of a base case, as long as the minimum is not reached.</summary>
    public void See(int merchant, int claimant)
    {
        var known = _distinctCount[merchant];
        if (known == Policy.MinimumClaimants || claimant < 0)
            return;
        var mine = _distinct.AsSpan(merchant * Policy.MinimumClaimants, Policy.MinimumClaimants);
        if (mine[..known].Contains(claimant))
            return;
        mine[known] = claimant;
        _distinctCount[merchant]++;
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
        ref var tally = ref _tallies[merchant];
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
        _tallies[merchant].Add(tally);
        if (_distinctCount[merchant] == Policy.MinimumClaimants)
            return;
        foreach (var claimant in claimants)
            See(merchant, claimant);
    }
}
