using Dapper;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Clocks;

namespace Hengping.App.Evidence;

/// <summary>How much evidence a day (Shanghai) takes. Configuration section <c>Evidence</c>; these are the defaults.
/// </summary>
public sealed class EvidenceLimits
{
    /// <summary>Of one account.</summary>
    public long BytesPerDay { get; init; } = 1L << 30;

    /// <summary>Of one account.</summary>
    public long ItemsPerDay { get; init; } = 200;

    /// <summary>Of one address, from people without an account: reports, answers by link, claims.</summary>
    public long NamelessBytesPerDay { get; init; } = 512L << 20;

    /// <summary>Of one address, from people without an account.</summary>
    public long NamelessItemsPerDay { get; init; } = 100;

    /// <summary>Of all people without an account together.</summary>
    public long NamelessBytesPerDayInAll { get; init; } = 10L << 30;
}

/// <summary>
/// Who brings how much in a day, counted in the store: all nodes share one count. A file is taken only if it fits, so
/// that of many at once no more than the limit is kept.
/// </summary>
public sealed class EvidenceQuota(Store store, EvidenceLimits limits)
{
    /// <summary>The day's share is used up: 429.</summary>
    public const string Code = "evidence.day";

    private const string EverybodyElse = "nameless";

    private sealed record Used(long Items, long Bytes);

    private sealed record Share(string Whose, long ItemsMax, long BytesMax);

    /// <summary>Bytes that may still come today.</summary>
    /// <param name="uploader">Who signed in, or null with an address.</param>
    /// <exception cref="Refused">None.</exception>
    public async Task<long> Left(Guid? uploader, string address, CancellationToken ct)
    {
        var left = long.MaxValue;
        foreach (var share in Shares(uploader, address))
        {
            var used = await store.First<Used>(
                "select items as Items, bytes as Bytes from evidence_days where day = @day and print = @print",
                new { day = Today, print = PrintOf(share) },
                ct
            );
            if (used is not null && (used.Items >= share.ItemsMax || used.Bytes >= share.BytesMax))
                throw new Refused(Over());
            left = Math.Min(left, share.BytesMax - (used?.Bytes ?? 0));
        }
        return left;
    }

    /// <summary>Counts a file that has come.</summary>
    /// <exception cref="Refused">It does not fit any more; nothing was counted.</exception>
    public Task<int> Take(Guid? uploader, string address, long bytes, CancellationToken ct) =>
        store.Write(
            async (db, transaction) =>
            {
                await db.ExecuteAsync("delete from evidence_days where day < @day", new { day = Today }, transaction);
                foreach (var share in Shares(uploader, address))
                {
                    var args = new
                    {
                        day = Today,
                        print = PrintOf(share),
                        bytes,
                        itemsMax = share.ItemsMax,
                        bytesMax = share.BytesMax,
                    };
                    if (bytes > share.BytesMax || await db.ExecuteAsync(TakeSql, args, transaction) == 0)
                        throw new Refused(Over());
                }
                return 0;
            },
            ct
        );

    /// <summary>The refusal, with the wait until midnight.</summary>
    public Refusal Over()
    {
        var tomorrow = Shanghai.StartOf(Shanghai.DayOf(store.Now).AddDays(1));
        return new Refusal(
            Code,
            "今天上传的文件已达上限，请明天再传；已上传的不受影响",
            "Today's share of uploads is used up; come back tomorrow. What was sent before is kept"
        )
        {
            Wait = tomorrow - store.Now,
        };
    }

    private const string TakeSql = """
        insert into evidence_days (day, print, items, bytes) values (@day, @print, 1, @bytes)
        on conflict (day, print) do update set
          items = evidence_days.items + 1, bytes = evidence_days.bytes + excluded.bytes
        where evidence_days.items < @itemsMax and evidence_days.bytes + excluded.bytes <= @bytesMax
        """;

    private long Today => Shanghai.DayOf(store.Now).DayNumber;

    private IEnumerable<Share> Shares(Guid? uploader, string address)
    {
        if (uploader is { } account)
        {
            yield return new Share($"account:{account:N}", limits.ItemsPerDay, limits.BytesPerDay);
            yield break;
        }
        yield return new Share($"address:{address}", limits.NamelessItemsPerDay, limits.NamelessBytesPerDay);
        yield return new Share(EverybodyElse, long.MaxValue, limits.NamelessBytesPerDayInAll);
    }

    private string PrintOf(Share share) => store.Keys.Fingerprint("evidence-day", share.Whose);
}
