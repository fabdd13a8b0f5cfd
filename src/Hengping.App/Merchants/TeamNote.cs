using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;

namespace Hengping.App.Merchants;

/// <summary>What somebody at a merchant's workbench should know of their own place in the team.</summary>
/// <param name="Limited">Names of the shops they see; empty for all.</param>
/// <param name="Covers">Whom they cover, and until when.</param>
public sealed record TeamNote(
    bool IsReadOnly,
    IReadOnlyList<string> Limited,
    IReadOnlyList<(string Who, DateTimeOffset Until)> Covers
)
{
    /// <summary>Nothing to say.</summary>
    public bool IsEmpty => !IsReadOnly && Limited.Count == 0 && Covers.Count == 0;

    private sealed record Row(Guid Id, long Until);

    /// <summary>The note for a caller, or null for whoever is no merchant's person.</summary>
    public static async Task<TeamNote?> Of(Store store, Caller caller, CancellationToken ct)
    {
        if (caller is not { Role: Role.Merchant, Merchant: { } merchant })
            return null;
        var limited = new List<string>();
        foreach (var shop in caller.Shops ?? [])
            if (await MerchantDirectory.Find(store, shop, ct) is { } found)
                limited.Add(found.Name);
        var away = await store.Query<Row>(
            """
            select id as Id, away_to as Until from accounts
            where cover = @me and merchant = @merchant and live and away_from <= @now and away_to > @now
            order by away_to
            """,
            new
            {
                me = caller.Account,
                merchant,
                now = store.Now.ToUnixTimeMilliseconds(),
            },
            ct
        );
        var covers = new List<(string, DateTimeOffset)>();
        foreach (var row in away)
        {
            var name = (await AccountDesk.ProfileOf(store, row.Id, ct))?.Name ?? "";
            covers.Add((name, DateTimeOffset.FromUnixTimeMilliseconds(row.Until).AddMilliseconds(-1)));
        }
        return new TeamNote(caller.Team == TeamRole.ReadOnly, limited, covers);
    }
}
