using Hengping.App.Clocks;
using Hengping.App.Operators;
using Hengping.App.Platform;

namespace Hengping.App.Reports;

/// <summary>期限重新计算 of reports, as of complaints.</summary>
public sealed class CountReportTerms(Store store, LawInForce laws, ILogger<CountReportTerms> log) : Job(log)
{
    private const int BatchMax = 100;

    private Law? counted;
    private Guid after;

    /// <inheritdoc/>
    public override string Name => "report-terms";

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromSeconds(1);

    /// <summary>Counts everything again; how many were moved.</summary>
    public static async Task<long> All(Store store, Law law, CancellationToken ct)
    {
        var (moved, after) = (0L, Guid.Empty);
        while (await Batch(store, law, after, ct) is { Last: { } last } batch)
            (moved, after) = (moved + batch.Moved, last);
        return moved;
    }

    /// <inheritdoc/>
    protected override async Task<long> Round(CancellationToken ct)
    {
        var law = await laws.Now(ct);
        if (law.SameTerms(counted))
            return 0;
        var (last, moved) = await Batch(store, law, after, ct);
        after = last ?? Guid.Empty;
        if (last is null)
            counted = law;
        return moved;
    }

    private static async Task<(Guid? Last, long Moved)> Batch(Store store, Law law, Guid after, CancellationToken ct)
    {
        var open = await store.Query<Guid>(
            """
            select id from reports
            where ended_at is null and id > @after
            order by id limit @limit
            """,
            new { after, limit = BatchMax },
            ct
        );
        var moved = 0L;
        foreach (var id in open)
            moved += await Move(store, law, id, ct) ? 1 : 0;
        return (open.Count == 0 ? null : open[^1], moved);
    }

    private static async Task<bool> Move(Store store, Law law, Guid id, CancellationToken ct)
    {
        var loaded = await store.Load(ReportBook.Instance, id, ct);
        if (loaded.State?.CountAgain(law.Count) is not { } moved)
            return false;
        var change = store.Change(ReportBook.Instance, loaded, store.Now, "clock", [moved]);
        return await store.Append(new Commit([change]), ct) is Outcome.Done;
    }
}
