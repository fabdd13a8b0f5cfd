using Hengping.App.Measures;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;
using Hengping.Rules.Clocks;

namespace Hengping.App.Appeals;

/// <summary>
/// What a check of effect counts: complaints delivered to the shop in as many days before the measure as after both
/// the promised day and the decision, and those of its sector beside them. Orders come with the room that knows of
/// them.
/// </summary>
public static class AppealSignals
{
    /// <summary>The check of an appeal, from what is in the store.</summary>
    public static async Task<EffectFound> Of(Store store, Appeal appeal, CancellationToken ct)
    {
        var from = Shanghai.EndOf(appeal.CheckFrom!.Value);
        var days = Math.Max(1, (int)Math.Round((appeal.CheckAt!.Value - from).TotalDays));
        var stretch = TimeSpan.FromDays(days);
        var sector = await store.First<string?>(
            "select sector from merchants where id = @id",
            new { id = appeal.Merchant ?? Guid.Empty },
            ct
        );
        var until = await Began(store, appeal, ct);
        var before = await Count(store, appeal.Merchant, null, until - stretch, until, ct);
        var after = await Count(store, appeal.Merchant, null, from, from + stretch, ct);
        var others = sector is null
            ? null
            : new OthersMoved(
                await Count(store, null, sector, until - stretch, until, ct) - before,
                await Count(store, null, sector, from, from + stretch, ct) - after
            );
        return Effectiveness.Judge(new SignalCount(before, null, days), new SignalCount(after, null, days), others);
    }

    // What went first and was signed later began before it was told with its term to appeal.
    private static async Task<DateTimeOffset> Began(Store store, Appeal appeal, CancellationToken ct) =>
        (await store.Load(MeasureBook.Instance, appeal.Target.Id, ct)).State?.StartsAt is { } starts
        && starts < appeal.ToldAt
            ? starts
            : appeal.ToldAt;

    private static Task<long> Count(
        Store store,
        Guid? merchant,
        string? sector,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken ct
    ) =>
        store.First<long>(
            $"""
            select count(*) from complaints c
            where {(merchant is null ? "c.sector = @sector" : "c.respondent = @merchant")}
              and c.delivered_at > @from and c.delivered_at <= @to
            """,
            new
            {
                merchant,
                sector,
                from = from.ToUnixTimeMilliseconds(),
                to = to.ToUnixTimeMilliseconds(),
            },
            ct
        );
}
