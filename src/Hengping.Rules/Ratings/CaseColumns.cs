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
            | (from.ReplyTimely == true && from.RepliedAt is null ? Timely : 0)
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
