using System.Globalization;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;

namespace Hengping.App.Merchants;

/// <summary>
/// 每日摘要: from eight in the morning (Shanghai), once a day, to whoever of a merchant's team wants it: how many cases
/// wait, how many are due within a day, how many came since yesterday. Numbers only. Where there is nothing of it,
/// nothing is sent.
/// </summary>
public sealed class TeamDigest(Store store, TokenCallers callers, SiteAddress site, ILogger<TeamDigest> log) : Job(log)
{
    private const int Hour = 8;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Numbers of the morning.</summary>
    public static readonly Wording Says = new(
        "team-digest",
        "【{operator}】{merchant}：待回复 {waiting} 件，其中 24 小时内到期 {soon} 件；昨天以来新到 {fresh} 件。{link}",
        "[{operator}] {merchant}: {waiting} wait for an answer, {soon} of them due within 24 hours; "
            + "{fresh} came since yesterday. {link}"
    );

    private sealed record Wants(Guid Account, Guid Merchant, string MerchantName);

    private sealed record Numbers(long Waiting, long Soon, long Fresh);

    /// <inheritdoc/>
    public override string Name => "digest";

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    protected override async Task<long> Round(CancellationToken ct) => await SendDue(ct);

    /// <summary>Queues today's digest for everybody who has not got it; how many.</summary>
    public async Task<int> SendDue(CancellationToken ct)
    {
        var now = store.Now;
        if (now.ToOffset(Shanghai.Offset).Hour < Hour)
            return 0;
        var today = Shanghai.DayOf(now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var wanting = await store.Query<Wants>(
            """
            select a.id as Account, a.merchant as Merchant, m.name as MerchantName
            from accounts a join merchants m on m.id = a.merchant
            where a.digest and a.live and a.role = 'merchant' order by a.id
            """,
            null,
            ct
        );
        var sent = 0;
        foreach (var one in wanting)
            sent += await Send(one, $"digest:{one.Account:N}:{today}", now, ct) ? 1 : 0;
        return sent;
    }

    private async Task<bool> Send(Wants one, string once, DateTimeOffset now, CancellationToken ct)
    {
        if (await store.First<long>("select count(*) from outbox where once = @once", new { once }, ct) > 0)
            return false;
        var profile = await AccountDesk.ProfileOf(store, one.Account, ct);
        if (profile?.Email is not { } mail || await callers.OfAccount(one.Account, ct) is not { } caller)
            return false;
        var numbers = await Count(caller, one.Merchant, now, ct);
        if (numbers is { Waiting: 0, Fresh: 0 })
            return false;
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["merchant"] = one.MerchantName,
            ["waiting"] = Text(numbers.Waiting),
            ["soon"] = Text(numbers.Soon),
            ["fresh"] = Text(numbers.Fresh),
            ["link"] = site.LinkTo("/merchant"),
        };
        var slot = await AccountDesk.PersonKey(store, one.Account, ct);
        var message = new Message(once, Channel.Email, Says, mail, values, one.Account, KeySlot: slot);
        await Outbox.Put(store, (await Letterhead.Of(store, [one.Account, one.Merchant], ct)).On(message), ct);
        return true;
    }

    private async Task<Numbers> Count(Caller caller, Guid merchant, DateTimeOffset now, CancellationToken ct) =>
        await store.First<Numbers>(
            $"""
            select coalesce(sum(case when c.status in ('delivered', 'unreached') then 1 else 0 end), 0) as Waiting,
                   coalesce(sum(case when c.status in ('delivered', 'unreached') and c.due_at > @now
                                      and c.due_at <= @soon then 1 else 0 end), 0) as Soon,
                   coalesce(sum(case when c.delivered_at > @since then 1 else 0 end), 0) as Fresh
            from complaints c
            where {WhoseCase.ReachedIt}{ShopLimits.Sql(caller)}
            """,
            new
            {
                merchant,
                now = now.ToUnixTimeMilliseconds(),
                soon = (now + Day).ToUnixTimeMilliseconds(),
                since = (now - Day).ToUnixTimeMilliseconds(),
            },
            ct
        ) ?? new Numbers(0, 0, 0);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
