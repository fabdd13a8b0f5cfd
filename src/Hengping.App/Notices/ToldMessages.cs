using System.Data.Common;
using Dapper;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Notices;

/// <summary>New messages in a case are told to each reader once an hour at most: the rest is gathered.</summary>
internal static class ToldMessages
{
    internal static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>When to tell of a message that came now; null where a notice that has not gone out yet tells of it.
    /// </summary>
    public static async Task<DateTimeOffset?> Turn(
        Guid complaint,
        Party reader,
        DateTimeOffset now,
        DbConnection db,
        DbTransaction transaction
    )
    {
        var key = new { complaint, reader = Words.Of(reader) };
        var last = await db.ExecuteScalarAsync<long?>(
            "select at from told_messages where complaint = @complaint and reader = @reader",
            key,
            transaction
        );
        var told = last is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : DateTimeOffset.MinValue;
        // Further ahead than a turn: of a clock that was wrong.
        if (told > now + Every + ClockGuard.Apart)
            told = DateTimeOffset.MinValue;
        if (told > now)
            return null;
        var turn = told + Every > now ? told + Every : now;
        await db.ExecuteAsync("delete from told_messages where at < @old", new { old = Ms(now - Every) }, transaction);
        await db.ExecuteAsync(
            """
            insert into told_messages (complaint, reader, at) values (@complaint, @reader, @at)
            on conflict (complaint, reader) do update set at = excluded.at
            """,
            new
            {
                key.complaint,
                key.reader,
                at = Ms(turn),
            },
            transaction
        );
        return turn;
    }

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
