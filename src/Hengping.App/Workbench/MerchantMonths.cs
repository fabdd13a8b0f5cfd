using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Workbench;

/// <summary>
/// The merchant's sums by month and side, each read once: answers as they are now, scores as live views show them.
/// </summary>
internal sealed class MerchantMonths(Store store, Guid merchant)
{
    private readonly Dictionary<(string, Side), Tally> known = [];
    private RatedMerchants? merchants;

    public async Task<Tally> Of(DateTimeOffset at, Side side, CancellationToken ct)
    {
        var month = Periods.Month(Shanghai.DayOf(at));
        if (known.TryGetValue((month, side), out var tally))
            return tally;
        merchants ??= await RatedMerchants.Read(store, sector: null, asOf: null, ct);
        var word = side == Side.Merchant ? "merchant" : "consumer";
        var asked = ListRequest.Parse(month, null, word, null, Unscored.Zero, store.Now).Event!;
        tally = await ExactLists.AnswersOf(store, asked, merchants, merchant, ct);
        tally.Add(await LiveLists.ScoresOf(store, asked, merchants.Under(merchant), ct));
        known[(month, side)] = tally;
        return tally;
    }
}
