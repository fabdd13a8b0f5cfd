using Dapper;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>A clock that is not believed.</summary>
/// <param name="Machine">Whose.</param>
/// <param name="Reason">Code of the refusal that jobs get.</param>
/// <param name="Now">What it shows.</param>
/// <param name="Against">What that was held against.</param>
public sealed record ClockDoubt(string Machine, string Reason, DateTimeOffset Now, DateTimeOffset Against);

/// <summary>
/// What closes, lapses or erases by itself cannot be taken back, and a clock that is years off would do it to every
/// case at once. So time is noted in the store as it goes by, and where now does not follow from it such work waits
/// until an admin has looked at the clock, and nobody's act is stamped with it: <see cref="ClockGate"/>.
/// </summary>
/// <param name="isWatched">False where somebody turns the clock on purpose.</param>
public sealed partial class ClockGuard(Store store, TimeProvider clock, bool isWatched, ILogger<ClockGuard> log)
    : IDisposable
{
    /// <summary>How far back a clock may be set.</summary>
    public static readonly TimeSpan BackMax = TimeSpan.FromMinutes(5);

    /// <summary>How much faster than time itself it may go.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromHours(1);

    /// <summary>How long nobody may have run before a start is asked about.</summary>
    public static readonly TimeSpan DownMax = TimeSpan.FromDays(3);

    /// <summary>The same in hours, as it is said.</summary>
    public static int DownHours => (int)DownMax.TotalHours;

    /// <summary>How far it may be from the database's own.</summary>
    public static readonly TimeSpan OffMax = TimeSpan.FromSeconds(60);

    /// <summary>How far two clocks that are believed may be from each other. What lies further ahead than its own span
    /// and this was written by a clock that was wrong, and holds nobody up.</summary>
    public static readonly TimeSpan Apart = 2 * OffMax;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEveryInDoubt = TimeSpan.FromSeconds(1);

    private static readonly Refusal Back = new(
        "clock.back",
        "本机时间比上次记录早 5 分钟以上，请管理员核对",
        "The clock is more than 5 minutes behind the time noted last; an admin must look at it"
    );

    private static readonly Refusal Ahead = new(
        "clock.ahead",
        "本机时间走得比实际快 1 小时以上，请管理员核对",
        "The clock is more than an hour ahead of the time that went by; an admin must look at it"
    );

    private static readonly Refusal Down = new(
        "clock.down",
        $"距上次记录的时间超过 {DownHours} 小时，请管理员核对",
        $"More than {DownHours} hours lie between the time noted last and this start; an admin must look at it"
    );

    private static readonly Refusal Off = new(
        "clock.database",
        "本机时间与数据库的时间相差超过 60 秒，请管理员核对",
        "The clock and the database's are more than 60 seconds apart; an admin must look at it"
    );

    private readonly SemaphoreSlim one = new(1, 1);
    private (DateTimeOffset At, long Seen)? noted;
    private long lookedAt;
    private Refusal? doubt;

    private sealed record Row(long NotedAt, long OffMs);

    private sealed record DoubtRow(string Machine, string Reason, long NowIs, long Against);

    /// <summary>Why the clock is not to be believed now, or null.</summary>
    public async Task<Refusal?> Doubt(CancellationToken ct)
    {
        if (!isWatched)
            return null;
        await one.WaitAsync(ct);
        try
        {
            var every = doubt is null ? LookEvery : LookEveryInDoubt;
            if (lookedAt == 0 || clock.GetElapsedTime(lookedAt) >= every || Judge(clock.GetUtcNow()) is not null)
                await Look(ct);
            return doubt;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>
    /// The same of what people do. Having been down for long says nothing against a clock: what closes by itself waits
    /// for an admin then, and what people do is taken.
    /// </summary>
    public async Task<Refusal?> DoubtOfActs(CancellationToken ct) =>
        await Doubt(ct) is { } no && no.Code != Down.Code ? no : null;

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    /// <summary>All clocks that are doubted.</summary>
    public static async Task<IReadOnlyList<ClockDoubt>> Doubts(Store store, CancellationToken ct) =>
        [
            .. (
                await store.Query<DoubtRow>(
                    """
                    select machine as Machine, reason as Reason, now_is as NowIs, against as Against
                    from clock_doubts order by machine
                    """,
                    null,
                    ct
                )
            ).Select(row => new ClockDoubt(row.Machine, row.Reason, At(row.NowIs), At(row.Against))),
        ];

    /// <summary>An admin has looked: that clock is right, and what waits goes on. False where it is doubted no more.
    /// </summary>
    public static Task<bool> Confirm(Store store, string machine, Guid by, CancellationToken ct) =>
        store.Write(
            async (db, transaction) =>
            {
                var args = new
                {
                    machine,
                    by,
                    now = store.Now.ToUnixTimeMilliseconds(),
                    database = Off.Code,
                };
                await db.ExecuteAsync(
                    "insert into clock (one, noted_at, off_ms) values (1, @now, 0) on conflict (one) do nothing",
                    args,
                    transaction
                );
                // The database's own clock is the wrong one then: it stays as far off as it is.
                await db.ExecuteAsync(
                    """
                    update clock set
                      noted_at = coalesce((select now_is from clock_doubts
                                           where machine = @machine and reason <> @database), noted_at),
                      off_ms = coalesce((select now_is - against from clock_doubts
                                         where machine = @machine and reason = @database), off_ms),
                      confirmed_at = @now, confirmed_by = @by
                    where exists (select 1 from clock_doubts where machine = @machine)
                    """,
                    args,
                    transaction
                );
                const string forget = "delete from clock_doubts where machine = @machine";
                return await db.ExecuteAsync(forget, args, transaction) > 0;
            },
            ct
        );

    // How now follows from what was noted, as far as this process knows without asking.
    private (Refusal No, DateTimeOffset Against)? Judge(DateTimeOffset now)
    {
        if (noted is not { } last)
            return null;
        if (now < last.At - BackMax)
            return (Back, last.At);
        var ought = last.At + clock.GetElapsedTime(last.Seen);
        return now > ought + AheadMax ? (Ahead, ought) : null;
    }

    private async Task Look(CancellationToken ct)
    {
        var row = await Noted(ct);
        var database = await DatabaseNow(ct);
        var now = clock.GetUtcNow();
        var isFirst = lookedAt == 0;
        lookedAt = clock.GetTimestamp();
        var found = Compare(row, database, now);
        if (found is { } no)
            await Say(no.No, now, no.Against, row, ct);
        else
            await Note(now, isFirst, ct);
        if (found is { } turned && doubt?.Code != turned.No.Code)
            Doubted(log, turned.No.Code, now, turned.Against);
        else if (found is null && doubt is not null)
            Believed(log, now);
        doubt = found?.No;
        store.IsClockDoubted = doubt is not null;
    }

    // Where nothing is noted yet (after a restore, in an older store) the log knows when it was last written.
    private async Task<Row?> Noted(CancellationToken ct) =>
        await store.First<Row>("select noted_at as NotedAt, off_ms as OffMs from clock", null, ct)
        ?? await store.First<Row>(
            "select recorded_at as NotedAt, cast(0 as bigint) as OffMs from events order by position desc limit 1",
            null,
            ct
        );

    // What the database's own clock shows; nothing where it has none of its own.
    private async Task<DateTimeOffset?> DatabaseNow(CancellationToken ct) =>
        store.Engine.NowSql is { } sql ? At(await store.First<long>(sql, null, ct)) : null;

    private (Refusal No, DateTimeOffset Against)? Compare(Row? row, DateTimeOffset? database, DateTimeOffset now)
    {
        if (row is not null)
        {
            var at = At(row.NotedAt);
            if (noted is null && now > at + DownMax)
                return (Down, at);
            if (noted is null && now < at - BackMax)
                return (Back, at);
            // Of another node, or as an admin has said: from here on time is measured anew.
            if (noted is { } known && known.At != at)
                noted = (at, lookedAt);
            if (Judge(now) is { } no)
                return no;
        }
        return
            database is { } theirs
            && ((now - theirs).TotalMilliseconds - (row?.OffMs ?? 0)) is var off
            && Math.Abs(off) > OffMax.TotalMilliseconds
            ? (Off, theirs)
            : null;
    }

    private async Task Note(DateTimeOffset now, bool isFirst, CancellationToken ct)
    {
        var args = new { now = now.ToUnixTimeMilliseconds(), machine = Environment.MachineName };
        await store.Write(
            async (db, transaction) =>
            {
                // Of a process before this one on this machine, too.
                if (doubt is not null || isFirst)
                    await db.ExecuteAsync("delete from clock_doubts where machine = @machine", args, transaction);
                return await db.ExecuteAsync(
                    """
                    insert into clock (one, noted_at, off_ms) values (1, @now, 0)
                    on conflict (one) do update set noted_at = excluded.noted_at
                    where clock.noted_at < excluded.noted_at
                    """,
                    args,
                    transaction
                );
            },
            ct
        );
        if (noted is null || noted.Value.At < now)
            noted = (At(args.now), lookedAt);
    }

    // What it was held against stays noted: a time that is doubted, once noted, would be believed at the next look.
    private Task<int> Say(Refusal no, DateTimeOffset now, DateTimeOffset against, Row? row, CancellationToken ct)
    {
        var args = new
        {
            machine = Environment.MachineName,
            reason = no.Code,
            now = now.ToUnixTimeMilliseconds(),
            against = against.ToUnixTimeMilliseconds(),
            last = row?.NotedAt,
            off = row?.OffMs ?? 0,
        };
        return store.Write(
            async (db, transaction) =>
            {
                if (row is not null)
                    await db.ExecuteAsync(
                        "insert into clock (one, noted_at, off_ms) values (1, @last, 0) on conflict (one) do nothing",
                        args,
                        transaction
                    );
                // An admin may have said meanwhile that it is right: the next look knows.
                return await db.ExecuteAsync(
                    """
                    insert into clock_doubts (machine, reason, now_is, against)
                    select @machine, @reason, @now, @against
                    where not exists (select 1 from clock where noted_at <> @last or off_ms <> @off)
                    on conflict (machine) do update set
                      reason = excluded.reason, now_is = excluded.now_is, against = excluded.against
                    """,
                    args,
                    transaction
                );
            },
            ct
        );
    }

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Doubt of the clock: {Reason}; it shows {Now}, held against {Against}. What closes and erases waits"
    )]
    private static partial void Doubted(ILogger log, string reason, DateTimeOffset now, DateTimeOffset against);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock is believed again; it shows {Now}")]
    private static partial void Believed(ILogger log, DateTimeOffset now);
}
