using System.Buffers.Binary;
using System.Data.Common;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>The slots of the ring that a store's streams and messages are sealed under.</summary>
internal static partial class RingOfStore
{
    private static async Task<IReadOnlyList<long>> SlotsAfter(
        long skipped,
        DbConnection connection,
        DbTransaction? transaction,
        CancellationToken ct
    )
    {
        var slots = new List<long>();
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = ("select key from streams", transaction);
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                if (reader.GetInt64(0) is var slot && slot > skipped)
                    slots.Add(slot);
            }
        }
        if (await LastSlot(connection, transaction) is var last && last > skipped)
            slots.Add(last);
        return slots;
    }

    /// <summary>The last slot anything here is sealed under: streams and messages have keys of their own.</summary>
    private static async Task<long> LastSlot(DbConnection connection, DbTransaction? transaction)
    {
        var last = await connection.ExecuteScalarAsync<long>(
            "select coalesce(max(key), 0) from streams",
            transaction: transaction
        );
        var box = await connection.ExecuteScalarAsync<byte[]>(
            "select substr(box, 1, 8) from outbox order by 1 desc limit 1",
            transaction: transaction
        );
        return box is null ? last : Math.Max(last, BinaryPrimitives.ReadInt64BigEndian(box));
    }
}
