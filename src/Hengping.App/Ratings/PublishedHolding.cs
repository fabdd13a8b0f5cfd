using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>A published list over all sectors, by what it is called.</summary>
public sealed record HoldingList(string Period, string Policy, long Version);

/// <summary>The published lists whose period holds a complaint: what a decision about it would touch.</summary>
public static class PublishedHolding
{
    /// <summary>The newest version of each, the latest period first.</summary>
    public static async Task<IReadOnlyList<HoldingList>> Of(
        Store store,
        Guid complaint,
        Side side,
        CancellationToken ct
    )
    {
        var delivered = await store.Query<DateTimeOffset>(
            "select delivered_at from rating_cases where complaint = @complaint",
            new { complaint },
            ct
        );
        if (delivered.Count == 0)
            return [];
        var lists = await store.Query<HoldingList>(
            """
            select period as Period, policy as Policy, max(version) as Version from rating_lists
            where side = @side and sector is null group by period, policy order by period desc, policy desc
            """,
            new { side = CaseRow.SideWord(side) },
            ct
        );
        return
        [
            .. lists.Where(list =>
                Period.Parse(list.Period, store.Now).Event is { } period && delivered.Any(period.Holds)
            ),
        ];
    }
}
