using Hengping.App.Design;
using Hengping.App.Platform;

namespace Hengping.App.ClaimReports;

/// <summary>公开计数: how reports of abnormal claims were decided. Nobody is named.</summary>
public sealed class ClaimingPage(Store store) : HousePage(store)
{
    public ClaimingCounts Counts { get; private set; } = null!;

    /// <summary>Each count under its key.</summary>
    public IReadOnlyList<(string Key, long N)> Rows =>
        [
            ("reports", Counts.Reports),
            ("upheld", Counts.Upheld),
            ("rejected", Counts.Rejected),
            ("withdrawn", Counts.Withdrawn),
            ("appealed", Counts.Appealed),
            ("overturned", Counts.Overturned),
            ("open", Counts.Open),
            ("overdue", Counts.Overdue),
            ("decidedLate", Counts.DecidedLate),
        ];

    public async Task OnGet() => Counts = await ClaimingCounts.Of(Store, Ct);
}
