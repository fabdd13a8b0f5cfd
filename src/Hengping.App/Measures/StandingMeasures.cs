using Hengping.App.Platform;

namespace Hengping.App.Measures;

/// <summary>Measures of somebody as other pages show them: a few, the newest first, the rest behind a link.</summary>
public static class StandingMeasures
{
    private const string InEffect = "s.status in ('inForce', 'proposed') and s.ended_at is null";

    /// <summary>Published measures against a merchant that have effect.</summary>
    public static Task<IReadOnlyList<MeasureRows.Item>> OfMerchant(
        Store store,
        Guid merchant,
        int most,
        CancellationToken ct
    ) => Read(store, "s.merchant = @whose and s.public_at is not null and " + InEffect, merchant, most, ct);

    /// <summary>Measures against a merchant that have effect, published or not; for that merchant alone.</summary>
    public static Task<long> CountOf(Store store, Guid merchant, CancellationToken ct) =>
        store.First<long>(
            "select count(*) from measures s where s.merchant = @merchant "
                + "and (s.signed_at is not null or s.urgent) and "
                + InEffect,
            new { merchant },
            ct
        );

    /// <summary>Published measures against a merchant that an appeal undid.</summary>
    public static Task<IReadOnlyList<MeasureRows.Item>> OverturnedOf(
        Store store,
        Guid merchant,
        int most,
        CancellationToken ct
    ) => Read(store, "s.merchant = @whose and s.public_at is not null and s.status = 'overturned'", merchant, most, ct);

    /// <summary>Measures against a person's account that have effect; for that person alone.</summary>
    public static Task<IReadOnlyList<MeasureRows.Item>> OfAccount(
        Store store,
        Guid account,
        int most,
        CancellationToken ct
    ) => Read(store, "s.account = @whose and (s.signed_at is not null or s.urgent) and " + InEffect, account, most, ct);

    private static async Task<IReadOnlyList<MeasureRows.Item>> Read(
        Store store,
        string which,
        Guid whose,
        int most,
        CancellationToken ct
    )
    {
        var where = new Conditions().And(which, "whose", whose);
        var (rows, _) = await MeasureRows.Own.Read(store, MeasureRows.Select, where, most, ct);
        return [.. rows.Select(row => row.Shown)];
    }
}
