using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>The published lists from one look, so that none comes between.</summary>
/// <param name="Tip">Hash of the list that no other one follows yet; null where nothing is published.</param>
internal sealed record Chain(string? Tip, IReadOnlyList<Chain.Link> Links)
{
    /// <summary>A list in it.</summary>
    internal sealed record Link(string Period, string Side, long AsOf, string? PreviousHash, string Hash);

    /// <summary>Reads it.</summary>
    public static async Task<Chain> Read(Store store, CancellationToken ct)
    {
        var links = await store.Query<Link>(
            """
            select period as Period, side as Side, as_of as AsOf, previous_hash as PreviousHash, hash as Hash
            from rating_lists
            """,
            null,
            ct
        );
        var followed = links.Select(link => link.PreviousHash).ToHashSet(StringComparer.Ordinal);
        return new Chain(links.FirstOrDefault(link => !followed.Contains(link.Hash))?.Hash, links);
    }

    /// <summary>What was frozen of a side.</summary>
    public IEnumerable<FrozenSpan> Frozen(Side side, DateTimeOffset now) =>
        Links
            .Where(link => link.Side == CaseRow.SideWord(side))
            // Whatever was published has a period.
            .Select(link => new FrozenSpan(ShownDay.Of(link.AsOf), ShownDay.Of(Period.Parse(link.Period, now).Event!)));
}

/// <summary>Cases day by day as the ratings keep them, and what a list may tell of what their claimants said.</summary>
internal static class Told
{
    /// <summary>Merchants whose cases are held at once.</summary>
    private const int AtOnce = 50;

    private sealed record Stored(
        Guid Merchant,
        string Side,
        string PublicId,
        Guid? Claimant,
        long DeliveredAt,
        bool Imported,
        string Course
    )
    {
        public CaseCourse ToCourse() => new(DeliveredAt, Claimant, Imported, Courses.Read(Course));
    }

    /// <summary>All cases of some merchants, by merchant and side.</summary>
    public static async Task<ILookup<(Guid Merchant, string Side), CaseCourse>> CasesOf(
        Store store,
        IReadOnlyList<Guid> merchants,
        CancellationToken ct
    )
    {
        var stored = await store.Query<Stored>(
            """
            select merchant as Merchant, side as Side, public_id as PublicId, claimant as Claimant,
                   delivered_at as DeliveredAt, imported as Imported, course as Course
            from rating_courses where merchant in @merchants
            """,
            new { merchants },
            ct
        );
        return stored
            .OrderBy(s => s.PublicId, StringComparer.Ordinal)
            .ToLookup(s => (s.Merchant, s.Side), s => s.ToCourse());
    }

    /// <summary>
    /// What a list frozen now tells, by merchant as lists know them: what live views tell of its days once it is out.
    /// </summary>
    public static async Task<Func<Guid, ToldWords>> Words(
        Store store,
        ListRequest asked,
        Chain before,
        DateTimeOffset asOf,
        RatedMerchants merchants,
        CancellationToken ct
    )
    {
        var (side, span) = (CaseRow.SideWord(asked.Side), ShownDay.Of(asked.Period));
        var today = ShownDay.Of(asOf.ToUnixTimeMilliseconds());
        FrozenSpan[] frozen = [.. before.Frozen(asked.Side, asOf), new FrozenSpan(today, span)];
        var entries = await store.Query<Guid>(
            "select distinct merchant from rating_cases where side = @side and day >= @From and day < @Until",
            new
            {
                side,
                span.From,
                span.Until,
            },
            ct
        );
        var told = new Dictionary<Guid, ToldWords>();
        foreach (var some in entries.Chunk(AtOnce))
        {
            var casesOf = await CasesOf(store, some, ct);
            foreach (var entry in some)
            {
                var mine = DailySnapshot.Before(today, [.. casesOf[(entry, side)]], frozen).Within(span);
                var root = merchants.Root(entry);
                told[root] = told.TryGetValue(root, out var one)
                    ? new ToldWords([.. one.Words, .. mine.Words], one.IsWhole && mine.IsWhole)
                    : mine;
            }
        }
        return merchant => told[merchant];
    }
}
