using System.Data.Common;
using Dapper;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// Which data directory has the files of a store. On PostgreSQL a node with another one would take evidence that the
/// others do not find, and answer 404 for theirs; a copy of the database with the live directory would take files away.
/// </summary>
internal static class DataOfStore
{
    private const string BoundSql = "select data from store_state where one = 1 and data is not null";

    /// <summary>The first start binds the two; every other asks.</summary>
    /// <exception cref="Refused">The directory is another store's, or this store's is another one.</exception>
    public static async Task Settle(Engine engine, StorePlace place, CancellationToken ct)
    {
        var own = (await StoreMark.Known(engine, ct))!;
        var said = DirectoryMark.Read(place.Data);
        if (said is { IsCopy: false } && said.Store == own && said.Directory == await Bound(engine, ct))
            return;
        var (connection, transaction) = engine.BeginSchema();
        await using (connection)
        await using (transaction)
        {
            // Another process may have bound them meanwhile.
            said = DirectoryMark.Read(place.Data);
            var isOther = own.IsOthers(said) || !Fits(said, await Bound(connection, transaction));
            if (isOther && !place.TakesOver)
                throw new Refused(Other(place));
            Durable.Create(place.Data);
            var data = own.Take(place.Data, said, isOther);
            await connection.ExecuteAsync("update store_state set data = @data", new { data }, transaction);
            await transaction.CommitAsync(ct);
        }
    }

    // A copy of the directory has what it had.
    private static bool Fits(DirectoryMark.Said? said, Guid bound) => bound == Guid.Empty || said?.Directory == bound;

    private static async Task<Guid> Bound(Engine engine, CancellationToken ct)
    {
        var connection = await engine.Rent(ct);
        try
        {
            return await Bound(connection, transaction: null);
        }
        finally
        {
            await engine.Return(connection);
        }
    }

    private static Task<Guid> Bound(DbConnection db, DbTransaction? transaction) =>
        db.QueryFirstOrDefaultAsync<Guid>(BoundSql, transaction: transaction);

    private static Refusal Other(StorePlace place) =>
        new(
            "data.other",
            $"数据目录 {place.Data} 不是本库的，本库的证据文件不在其中；请用 --data 指明本库的目录，"
                + "确认那个目录或那个库已不存在时才用 --takes-over",
            $"{place.Data} is not the data directory of this store, whose files of evidence are not there: name the "
                + "right one with --data; only where that, or the store that has this one, is gone for good, say "
                + "--takes-over"
        );
}
