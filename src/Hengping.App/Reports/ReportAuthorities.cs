using Hengping.App.Accounts;
using Hengping.App.Platform;

namespace Hengping.App.Reports;

/// <summary>Authorities that have an account here: a report referred to one of these names can be read by it.</summary>
public static class ReportAuthorities
{
    private const int Max = 50;

    /// <summary>Their names.</summary>
    public static async Task<IReadOnlyList<string>> Names(Store store, CancellationToken ct)
    {
        var accounts = await store.Query<Guid>(
            "select id from accounts where role not in ('claimant', 'merchant') and role = 'regulator' and live "
                + "order by opened_at limit @max",
            new { max = Max },
            ct
        );
        var names = new List<string>();
        foreach (var account in accounts)
            if ((await AccountDesk.ProfileOf(store, account, ct))?.Name is { Length: > 0 } name)
                names.Add(name);
        return [.. names.Distinct(StringComparer.Ordinal)];
    }
}
