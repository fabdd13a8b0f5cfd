using System.Globalization;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Ratings;

namespace Hengping.App.Demo;

/// <summary>
/// Publishes what an installation of a year's age would have published: every month that may be frozen.
/// </summary>
public static class DemoLists
{
    private const int Months = 11;

    /// <summary>
    /// Both sides of the finished months, the two sales, and the quarters. A second run writes nothing.
    /// </summary>
    public static async Task Publish(Store store, CancellationToken ct)
    {
        foreach (var code in Codes(store.Now))
        {
            foreach (var side in new[] { "consumer", "merchant" })
            {
                var asked = ListRequest.Parse(code, sector: null, side, policy: null, Unscored.Zero, store.Now);
                // A period whose clocks still run is refused: it is published when its time has come.
                if (asked.Event is { } request && ListHistory.MayFreeze(request.Period, store.Now) is null)
                    await PublishList.Run(store, request, correct: null, "demo", ct);
            }
        }
    }

    private static IEnumerable<string> Codes(DateTimeOffset now)
    {
        var month = now.ToOffset(TimeSpan.FromHours(8));
        for (var back = Months; back >= 1; back--)
            yield return month.AddMonths(-back).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        foreach (var year in new[] { month.Year - 1, month.Year })
        foreach (var part in new[] { "Q1", "Q2", "Q3", "Q4", "618", "1111" })
            yield return string.Create(CultureInfo.InvariantCulture, $"{year}-{part}");
    }
}
