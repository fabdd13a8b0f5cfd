using System.Collections.Frozen;
using System.Data.Common;
using Dapper;
using Hengping.App.Platform;
using Hengping.Rules.Merchants;

namespace Hengping.App.Merchants;

/// <summary>
/// Keeps <c>merchant_keys</c>, from each name an entry ever had: nothing is taken away again, so hearing a name twice
/// changes nothing. Whoever searches compares with the name of today.
/// </summary>
public sealed class MerchantKeysListener : Listener
{
    private static readonly Table<(string Key, Guid Merchant)> Table = new(
        "merchant_keys",
        ["key", "merchant"],
        [("key", ColumnType.Text, row => row.Key), ("merchant", ColumnType.Guid, row => row.Merchant)]
    );

    private static readonly FrozenSet<string> Naming = MerchantBook.Instance.KindsOf(
        typeof(MerchantEvent.Added),
        typeof(MerchantEvent.Renamed)
    );

    /// <inheritdoc/>
    public override string Name => "merchant-keys";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Prefixes => [MerchantBook.Instance.Kinds];

    /// <inheritdoc/>
    public override async Task Hear(
        Store store,
        IReadOnlyList<StoredEvent> batch,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        var keys = batch
            .Where(stored => Naming.Contains(stored.Kind))
            .Select(stored => (stored.Stream, Name: NameIn(store.Decode<MerchantEvent>(stored, unseal: false))))
            .SelectMany(one => MerchantKeys.Of(one.Name).Select(key => (key, one.Stream)))
            .Distinct();
        await Bulk.Put(transaction, Table, keys, ct);
    }

    /// <inheritdoc/>
    public override Task Forget(DbConnection db, DbTransaction transaction) =>
        db.ExecuteAsync("delete from merchant_keys", transaction: transaction);

    private static string NameIn(MerchantEvent happened) =>
        happened switch
        {
            MerchantEvent.Added added => added.Name,
            MerchantEvent.Renamed renamed => renamed.Name,
            _ => "",
        };
}
