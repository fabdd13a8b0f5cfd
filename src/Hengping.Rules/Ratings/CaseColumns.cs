namespace Hengping.Rules.Ratings;

/// <summary>Cases as parallel arrays, so that a million of them are read in the time of a pass over memory.</summary>
public sealed class CaseColumns
{
    /// <summary>Bits of <see cref="Flags"/>.</summary>
    public const byte ValidReply = 1,
        Timely = 2,
        Out = 4,
        Validity = 8,
        Exclusion = 16,
        Contest = 32;

    /// <summary>No instant, no score, no claimant.</summary>
    public const long NoInstant = long.MinValue;

    /// <summary>Room for a number of cases against merchants that have their index already.</summary>
    public CaseColumns(int count)
    {
        Merchant = new int[count];
        Claimant = new int[count];
        DeliveredAt = new long[count];
        RepliedAt = new long[count];
        ScoreMilli = new short[count];
        Flags = new byte[count];
    }

    /// <summary>Index of the merchant in the list's table.</summary>
    public int[] Merchant { get; }

    /// <summary>Index of the claimant, or −1.</summary>
    public int[] Claimant { get; }

    /// <summary>Unix milliseconds.</summary>
    public long[] DeliveredAt { get; }

    /// <summary>Unix milliseconds or <see cref="NoInstant"/>.</summary>
    public long[] RepliedAt { get; }

    /// <summary>0…10,000 or −1.</summary>
    public short[] ScoreMilli { get; }

    /// <summary>Bits as above.</summary>
    public byte[] Flags { get; }

    /// <summary>Rows.</summary>
    public int Count => Merchant.Length;

    /// <summary>Sets row <paramref name="i"/>.</summary>
    public void Set(int i, RatingCase from, int merchant, int claimant)
    {
        Merchant[i] = merchant;
        Claimant[i] = claimant;
        DeliveredAt[i] = from.DeliveredAt.ToUnixTimeMilliseconds();
        RepliedAt[i] = from.RepliedAt?.ToUnixTimeMilliseconds() ?? NoInstant;
        ScoreMilli[i] = (short)(from.ScoreMilli ?? -1);
        Flags[i] = (byte)(
            (from.ValidReply ? ValidReply : 0)
            | (from.ReplyTimely == true ? Timely : 0)
            | (from.Excluded is null ? 0 : Out)
            | ((int)from.Touched * Validity)
        );
    }

    /// <summary>Cases of one side, with indices for their merchants and claimants.</summary>
    public static CaseColumns Of(IReadOnlyCollection<RatingCase> cases, MerchantTable merchants)
    {
        var columns = new CaseColumns(cases.Count);
        var i = 0;
        foreach (var one in cases)
        {
            var claimant = one.Claimant is { } id ? merchants.ClaimantOf(id) : -1;
            columns.Set(i++, one, merchants.IndexOf(one.Merchant), claimant);
        }
        return columns;
    }
}

/// <summary>Sums per merchant: what both ways to a list, from scratch and from roll-ups, add into.</summary>
public sealed class MerchantTable
{
    private readonly Dictionary<Guid, int> _index = [];
    private readonly Dictionary<Guid, int> _claimants = [];
    private readonly List<Guid> _ids = [];
    private Tally[] _tallies = new Tally[64];
    private int[] _distinct = new int[64 * Policy.MinimumClaimants];
    private byte[] _distinctCount = new byte[64];

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
    /// <param name="asOf">What is unanswered and inside its 120 h then is pending.</param>
    public void AddCases(CaseColumns cases, Period period, DateTimeOffset asOf)
    {
        var from = period.From.ToUnixTimeMilliseconds();
        var until = Math.Min(period.Until.ToUnixTimeMilliseconds(), asOf.ToUnixTimeMilliseconds() + 1);
        var pendingFrom = (asOf - Period.Grace).ToUnixTimeMilliseconds();
        for (var i = 0; i < cases.Count; i++)
        {
            var delivered = cases.DeliveredAt[i];
            if (delivered < from || delivered >= until)
                continue;
            AddCase(cases, i, delivered, pendingFrom);
        }
    }

    private void AddCase(CaseColumns cases, int i, long delivered, long pendingFrom)
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
                replied != CaseColumns.NoInstant ? RatingIndex.ClassOf(replied - delivered)
                : (flags & CaseColumns.Timely) != 0 ? Answered.Within72
                : Answered.Late;
        }
        else if (delivered >= pendingFrom)
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
        foreach (var claimant in claimants)
            See(merchant, claimant);
    }
}
