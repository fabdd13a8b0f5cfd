using System.Data.Common;
using Dapper;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Webhooks;

/// <summary>
/// Puts what happened in cases into the queues of webhooks: a merchant's hears what a respondent reads of a case that
/// reached it, the operator's own hears of all. History is told to nobody. Row and checkpoint move in one commit.
/// </summary>
public sealed class HookListener : Listener
{
    private sealed record CaseRow(Guid Id, string Number, Guid Respondent, Guid? Shop, long? DeliveredAt);

    private sealed record HookOf(Guid Id, Guid? Merchant);

    /// <inheritdoc/>
    public override string Name => "webhooks";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Prefixes => [ComplaintBook.Instance.Kinds];

    /// <summary>What went out stays.</summary>
    public override bool IsRebuilt => false;

    /// <inheritdoc/>
    public override async Task Hear(
        Store store,
        IReadOnlyList<StoredEvent> batch,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        var news = batch.Where(stored => !IsHistory(stored, store.Now)).ToList();
        if (news.Count == 0)
            return;
        var anybody = await db.ExecuteScalarAsync<long>(
            "select count(*) from (select 1 as one from hooks where status <> 'closed' limit 1) h",
            transaction: transaction
        );
        if (anybody == 0)
            return;
        var cases = (
            await db.QueryAsync<CaseRow>(
                store.Engine.Words(
                    """
                    select id as Id, number as Number, respondent as Respondent, shop as Shop,
                      delivered_at as DeliveredAt
                    from complaints where id in @ids
                    """
                ),
                new { ids = news.Select(stored => stored.Stream).Distinct().ToArray() },
                transaction
            )
        ).ToDictionary(row => row.Id);
        var merchants = cases.Values.SelectMany(Reached).Distinct().ToArray();
        var hooks = (
            await db.QueryAsync<HookOf>(
                store.Engine.Words(
                    """
                    select id as Id, merchant as Merchant from hooks where status <> 'closed' and merchant is null
                    union all
                    select id as Id, merchant as Merchant from hooks where status <> 'closed' and merchant in @merchants
                    """
                ),
                new { merchants },
                transaction
            )
        ).ToLookup(hook => hook.Merchant ?? Guid.Empty);
        var rows = new List<object?[]>();
        foreach (var stored in news)
            if (cases.TryGetValue(stored.Stream, out var row))
                rows.AddRange(
                    Told(store, stored, row, hooks).Select(hook => HookQueue.NewRow(hook, stored, row.Number))
                );
        await HookQueue.Add(rows, transaction, ct);
    }

    /// <summary>What is out in the world is not taken back.</summary>
    public override Task Forget(DbConnection db, DbTransaction transaction) => Task.CompletedTask;

    private static IEnumerable<Guid> Told(Store store, StoredEvent stored, CaseRow row, ILookup<Guid, HookOf> hooks)
    {
        foreach (var hook in hooks[Guid.Empty])
            yield return hook.Id;
        var theirs = Reached(row).SelectMany(merchant => hooks[merchant]).ToList();
        // What was before its delivery reached nobody, however late it is heard.
        if (theirs.Count == 0 || stored.At.ToUnixTimeMilliseconds() < row.DeliveredAt)
            yield break;
        if (!OpenToRespondent.Is(store.Decode<ComplaintEvent>(stored, unseal: false)))
            yield break;
        foreach (var hook in theirs)
            yield return hook.Id;
    }

    // As WhoseCase.HasReached says it of a case that is open before us.
    private static IEnumerable<Guid> Reached(CaseRow row)
    {
        if (row.DeliveredAt is null)
            yield break;
        yield return row.Respondent;
        if (row.Shop is { } shop && shop != row.Respondent)
            yield return shop;
    }
}
