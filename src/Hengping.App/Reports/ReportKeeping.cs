using Hengping.App.Platform;

namespace Hengping.App.Reports;

/// <summary>
/// How long reports are readable: three years after their end (电商法 art. 31; <c>Retention:Years</c>), or until whoever
/// made them under their own name asks for erasure. Then their keys are destroyed.
/// </summary>
public sealed class ReportKeeping(Store store, IConfiguration configuration, ILogger<ReportKeeping> log) : Job(log)
{
    private const int Batch = 200;
    private const int YearsMin = 3;

    /// <inheritdoc/>
    public override string Name => "reports";

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task<long> Round(CancellationToken ct)
    {
        await FinishErased(ct);
        var erased = 0L;
        for (var some = Batch; some == Batch; erased += some)
            some = await EraseSome(ct);
        return erased;
    }

    /// <summary>Erases a batch of reports that are old enough; how many.</summary>
    public async Task<int> EraseSome(CancellationToken ct)
    {
        var years = Math.Max(YearsMin, configuration.GetValue("Retention:Years", YearsMin));
        var due = await store.Query<Guid>(
            "select id from reports where ended_at < @before and not erased order by ended_at limit @batch",
            new { before = store.Now.AddYears(-years).ToUnixTimeMilliseconds(), batch = Batch },
            ct
        );
        foreach (var id in due)
        {
            var loaded = await store.Load(ReportBook.Instance, id, ct);
            if (loaded.State?.Erase("age").Event is not { } erased)
                continue;
            var change = store.Change(ReportBook.Instance, loaded, store.Now, "clock", [erased]);
            if (await store.Append(new Commit([change]), ct) is Outcome.Done)
                await DestroyKeys(id, ct);
        }
        return due.Count;
    }

    /// <summary>
    /// The keys of reports whose erasure was recorded last, once more: a process that died left them.
    /// </summary>
    private async Task FinishErased(CancellationToken ct)
    {
        var last = await store.Query<Guid>(
            "select stream from events where kind = 'report.erased' order by position desc limit 10",
            null,
            ct
        );
        foreach (var id in last)
            await DestroyKeys(id, ct);
    }

    // A file that a complaint uses too stays until that is over.
    private async Task DestroyKeys(Guid id, CancellationToken ct)
    {
        var slots = await store.Query<long>(
            """
            select key from streams where stream = @id
            union
            select s.key from report_evidence e join streams s on s.stream = e.evidence
            where e.report = @id
              and not exists (select 1 from complaint_evidence c where c.evidence = e.evidence)
            """,
            new { id },
            ct
        );
        foreach (var slot in slots)
            store.Keys.Destroy(slot);
    }

    /// <summary>The changes that record the erasure of everything a person reported under their own name.</summary>
    public static async Task<IReadOnlyList<Change>> ErasedOf(
        Store store,
        Guid person,
        string because,
        string author,
        CancellationToken ct
    )
    {
        var changes = new List<Change>();
        foreach (
            var id in await store.Query<Guid>(
                "select id from reports where reporter = @person and not erased",
                new { person },
                ct
            )
        )
        {
            var loaded = await store.Load(ReportBook.Instance, id, ct);
            if (loaded.State?.Erase(because).Event is { } erased)
                changes.Add(store.Change(ReportBook.Instance, loaded, store.Now, author, [erased]));
        }
        return changes;
    }
}
