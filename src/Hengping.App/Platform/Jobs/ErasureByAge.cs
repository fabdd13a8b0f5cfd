namespace Hengping.App.Platform;

/// <summary>
/// What has ended is readable for three years after that (电商法 art. 31; <c>Retention:Years</c>), then its keys are
/// destroyed. Each round first finishes what a process that died has recorded and not destroyed.
/// </summary>
public abstract class ErasureByAge(Store store, IConfiguration configuration, ILogger log) : Job(log)
{
    /// <summary>How many a step takes.</summary>
    protected const int Batch = 200;
    private const int YearsMin = 3;
    private const int YearsMost = 1_000;

    /// <summary>How long what has ended is readable.</summary>
    public static readonly Limit Years = new("Retention:Years", YearsMin) { Least = YearsMin, Most = YearsMost };

    /// <inheritdoc/>
    public sealed override TimeSpan Every => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected sealed override bool WaitsForClock => true;

    /// <summary>What ended before this instant, in Unix milliseconds, is old enough.</summary>
    protected long Before
    {
        get
        {
            var years = YearsOf(configuration);
            return store.Now.AddYears(-years).ToUnixTimeMilliseconds();
        }
    }

    /// <summary>How long what has ended is kept.</summary>
    public static int YearsOf(IConfiguration configuration) => (int)Years.In(configuration);

    /// <summary>Erases a batch of what is old enough; how many.</summary>
    public abstract Task<int> EraseSome(CancellationToken ct);

    /// <summary>Destroys the keys of what was recorded as erased last, once more.</summary>
    public abstract Task FinishErased(CancellationToken ct);

    /// <inheritdoc/>
    protected sealed override async Task<long> Round(CancellationToken ct)
    {
        await FinishErased(ct);
        var erased = 0L;
        for (var some = Batch; some == Batch; erased += some)
            some = await EraseSome(ct);
        // Of these, and of what people erased themselves within the hour.
        await store.Wipe(ct);
        return erased;
    }
}
