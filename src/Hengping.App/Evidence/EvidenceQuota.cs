using Dapper;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Clocks;

namespace Hengping.App.Evidence;

/// <summary>How much evidence a day (Shanghai) takes. Configuration section <c>Evidence</c>; these are the defaults.
/// </summary>
public sealed class EvidenceLimits
{
    /// <summary>Where they are set.</summary>
    public const string Section = "Evidence";

    /// <summary>Of one account.</summary>
    public long BytesPerDay { get; init; } = 1L << 30;

    /// <summary>Of one account.</summary>
    public long ItemsPerDay { get; init; } = 200;

    /// <summary>Of one address, from people without an account: reports, answers by link, claims. Never more than a
    /// thirty-second part of what is left for all of them, or 8 MiB where that is more; networks around an address
    /// have twice or three times as much.</summary>
    public long NamelessBytesPerDay { get; init; } = 512L << 20;

    /// <summary>Of one address, from people without an account.</summary>
    public long NamelessItemsPerDay { get; init; } = 100;

    /// <summary>Of all people without an account together.</summary>
    public long NamelessBytesPerDayInAll { get; init; } = 10L << 30;
}

/// <summary>
/// Who brings how much in a day, counted in the store: all nodes share one count. A file is taken only if it fits, so
/// that of many at once no more than the limit is kept. By address each node counts for itself
/// (<see cref="AddressShares"/>).
/// </summary>
public sealed class EvidenceQuota(Store store, EvidenceLimits limits)
{
    /// <summary>The day's share is used up: 429.</summary>
    public const string Code = "evidence.day";

    private const int PartsOfLeft = 32;
    private const long SmallestPart = 8L << 20;
    private const string EverybodyElse = "nameless";

    private sealed record Used(long Items, long Bytes);

    private sealed record Share(string Whose, long ItemsMax, long BytesMax);

    private readonly AddressShares addresses = new(limits.NamelessItemsPerDay);

    /// <summary>Bytes that may still come today.</summary>
    /// <param name="uploader">Who signed in, or null with an address.</param>
    /// <exception cref="Refused">None.</exception>
    public async Task<long> Left(Guid? uploader, string address, CancellationToken ct)
    {
        var left = await Left(ShareOf(uploader), ct);
        if (uploader is null)
            left = Math.Min(left, addresses.Left(address, Today, PartOf(left)));
        return left > 0 ? left : throw new Refused(Over());
    }

    private async Task<long> Left(Share share, CancellationToken ct)
    {
        var used = await store.First<Used>(
            "select items as Items, bytes as Bytes from evidence_days where day = @day and print = @print",
            new { day = Today, print = PrintOf(share) },
            ct
        );
        return used?.Items >= share.ItemsMax ? 0 : share.BytesMax - (used?.Bytes ?? 0);
    }

    // What an address may bring of what all others have left: the fewer bytes are left, the smaller its part, so that
    // a few addresses never take all of it.
    private Func<long, long> PartOf(long left) =>
        own => Math.Min(limits.NamelessBytesPerDay, Math.Max(SmallestPart, (left + own) / PartsOfLeft));

    /// <summary>Counts a file that has come.</summary>
    /// <exception cref="Refused">It does not fit any more; nothing was counted.</exception>
    public async Task Take(Guid? uploader, string address, long bytes, CancellationToken ct)
    {
        var today = Today;
        var share = ShareOf(uploader);
        if (uploader is null && !addresses.TryTake(address, today, bytes, PartOf(await Left(share, ct))))
            throw new Refused(Over());
        var args = new
        {
            day = today,
            print = PrintOf(share),
            bytes,
            itemsMax = share.ItemsMax,
            bytesMax = share.BytesMax,
        };
        var taken =
            bytes <= share.BytesMax
            && await store.Write(
                async (db, transaction) =>
                {
                    await db.ExecuteAsync("delete from evidence_days where day < @day", args, transaction);
                    return await db.ExecuteAsync(TakeSql, args, transaction);
                },
                ct
            ) > 0;
        if (taken)
            return;
        if (uploader is null)
            addresses.GiveBack(address, today, bytes);
        throw new Refused(Over());
    }

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

    private Share ShareOf(Guid? uploader) =>
        uploader is { } account
            ? new Share($"account:{account:N}", limits.ItemsPerDay, limits.BytesPerDay)
            : new Share(EverybodyElse, long.MaxValue, limits.NamelessBytesPerDayInAll);

    private string PrintOf(Share share) => store.Keys.Fingerprint(EvidencePurposes.EvidenceDay, share.Whose);
}
