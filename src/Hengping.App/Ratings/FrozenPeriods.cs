using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>A published list over all sectors by merchant.</summary>
public sealed record FrozenPeriod(
    Period Period,
    Side Side,
    long Version,
    string Hash,
    DateTimeOffset AsOf,
    IReadOnlyDictionary<Guid, RatingRow> Rows
);

/// <summary>
/// What pages about single merchants say of closed periods: the published numbers, so that a period has one number
/// wherever it is shown. Periods of which no list is published are not here; they are live.
/// </summary>
public static class FrozenPeriods
{
    internal const int KeptMax = 64;

    // A list never changes, so what was read of it stays right; its hash names it.
    private static readonly ConditionalWeakTable<Store, ConcurrentDictionary<string, FrozenPeriod>> Known = [];

    private sealed record Version(Guid Id, long Number, string Hash);

    /// <summary>The newest versions, by period code.</summary>
    public static async Task<IReadOnlyDictionary<string, FrozenPeriod>> Read(
        Store store,
        Side side,
        IEnumerable<string> periods,
        CancellationToken ct
    )
    {
        var asked = periods
            .Select(code => ListRequest.Parse(code, null, Words.Of(side), null, Unscored.Zero, store.Now).Event!)
            .ToDictionary(ListBook.IdOf);
        var frozen = new Dictionary<string, FrozenPeriod>(StringComparer.Ordinal);
        if (asked.Count == 0)
            return frozen;
        var versions = await store.Query<Version>(
            "select id as Id, version as Number, hash as Hash from rating_lists where id in @ids order by id, version",
            new { ids = asked.Keys.ToList() },
            ct
        );
        foreach (var latest in versions.GroupBy(one => one.Id).Select(one => one.Last()))
        {
            var list = asked[latest.Id];
            frozen[list.Period.Code] = await Of(store, list, latest, ct);
        }
        return frozen;
    }

    private static async Task<FrozenPeriod> Of(Store store, ListRequest asked, Version latest, CancellationToken ct)
    {
        var known = Known.GetValue(store, static _ => new ConcurrentDictionary<string, FrozenPeriod>());
        if (known.TryGetValue(latest.Hash, out var kept))
            return kept;
        var json = await store.First<string>(
            "select json from rating_lists where id = @Id and version = @Number",
            new { latest.Id, latest.Number },
            ct
        );
        var list = Published.Read(json!, asked);
        var read = new FrozenPeriod(
            asked.Period,
            asked.Side,
            latest.Number,
            latest.Hash,
            list.AsOf,
            list.Rows.ToDictionary(row => row.MerchantId)
        );
        if (known.Count >= KeptMax)
            known.Clear();
        return known[latest.Hash] = read;
    }
}
