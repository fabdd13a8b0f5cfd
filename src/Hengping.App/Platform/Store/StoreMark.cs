using System.Data.Common;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>Which store this is, as its directories say it. The id is drawn at the first opening and in no backup.
/// </summary>
internal static class StoreMark
{
    private const string IdSql = "select id from store_state where one = 1 and id is not null";

    /// <summary>Null in a store from before it had an id.</summary>
    public static async Task<DirectoryMark?> Known(Engine engine, CancellationToken ct)
    {
        var connection = await engine.Rent(ct);
        try
        {
            return await Of(engine, connection, transaction: null);
        }
        finally
        {
            await engine.Return(connection);
        }
    }

    /// <summary>The same; one that has none gets it now.</summary>
    public static async Task<DirectoryMark> Drawn(Engine engine, DbConnection db, DbTransaction transaction)
    {
        if (await Of(engine, db, transaction) is { } known)
            return known;
        await db.ExecuteAsync("update store_state set id = @id", new { id = Guid.NewGuid() }, transaction);
        return (await Of(engine, db, transaction))!;
    }

    private static async Task<DirectoryMark?> Of(Engine engine, DbConnection db, DbTransaction? transaction) =>
        await db.QueryFirstOrDefaultAsync<Guid>(IdSql, transaction: transaction) is var id && id != Guid.Empty
            ? new DirectoryMark(id, await db.QueryFirstAsync<string>(engine.PlaceSql, transaction: transaction))
            : null;
}
