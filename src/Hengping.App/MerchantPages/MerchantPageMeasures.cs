using Hengping.App.Measures;

namespace Hengping.App.MerchantPages;

/// <summary>Measures against the merchant, and the appeals it won.</summary>
public sealed partial class MerchantPage
{
    private const int MeasuresShown = 5;

    /// <summary>Published measures: in effect, and overturned on appeal.</summary>
    public (long InForce, long Overturned) Measures { get; private set; }

    /// <summary>The newest of those in effect.</summary>
    public IReadOnlyList<MeasureRows.Item> Standing { get; private set; } = [];

    /// <summary>The newest of those that an appeal undid, as prominent as the measure was.</summary>
    public IReadOnlyList<MeasureRows.Item> Won { get; private set; } = [];

    private async Task LookAtMeasures(Guid merchant)
    {
        Measures = await ListMeasures.CountOf(Store, merchant, Ct);
        if (Measures is (0, 0))
            return;
        Standing = await StandingMeasures.OfMerchant(Store, merchant, MeasuresShown, Ct);
        Won = await StandingMeasures.OverturnedOf(Store, merchant, MeasuresShown, Ct);
    }
}
