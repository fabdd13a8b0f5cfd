using Hengping.App.Orders;

namespace Hengping.App.MerchantPages;

/// <summary>What the page of a merchant shows of its orders.</summary>
public sealed partial class MerchantPage
{
    /// <summary>What they say, of the last days.</summary>
    public ShowMetrics.Open Metrics { get; private set; } = null!;

    private async Task LookAtMetrics(IReadOnlyList<Guid> under) =>
        Metrics = await ShowMetrics.ReadOpen(Store, under, Ct);
}
