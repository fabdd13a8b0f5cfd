using Hengping.App.Platform;
using Hengping.Rules.Evidence;

namespace Hengping.App.Evidence;

/// <summary>Files people bring: kept sealed, shown clean, dropped where nobody uses them.</summary>
public sealed class EvidenceRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        .. Limit.Of<EvidenceLimits>(EvidenceLimits.Section),
        new("evidence-file", MediaKind.AnyBytesMax, LimitUnit.Bytes),
        new("form-file", FileForms.OneBytesMax, LimitUnit.Bytes),
        new("form-nameless", FileForms.NamelessBytesMax, LimitUnit.Bytes),
        new("form-nameless-files", FileForms.NamelessFilesMax),
        new("form-party", FileForms.PartyBytesMax, LimitUnit.Bytes),
    ];

    // A fifth is left: time to get a larger disk.
    private const int DiskPercentMost = 80;

    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [EvidenceBook.Instance];

    /// <inheritdoc/>
    public override IReadOnlyList<Purpose> Purposes => EvidencePurposes.All;

    /// <inheritdoc/>
    public override void Add(WebApplicationBuilder builder, SiteOptions options)
    {
        var limits =
            builder.Configuration.GetSection(EvidenceLimits.Section).Get<EvidenceLimits>() ?? new EvidenceLimits();
        builder.Services.AddSingleton(limits);
        builder.Services.AddSingleton<EvidenceQuota>();
        builder.Services.AddSingleton<EvidenceShelf>();
        builder.Services.AddJob<UnusedEvidence>();
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site)
    {
        api.MapUpload();
        api.MapRead();
        site.MapRead();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Jobs => ["evidence"];

    /// <inheritdoc/>
    public override IReadOnlyList<Gauge> Gauges =>
        [
            new(
                "evidence",
                "hengping_evidence_bytes",
                GaugeUnit.ShareOfBytes,
                DiskPercentMost,
                "Bytes of evidence, of what it has and what is free on its disk.",
                Taken
            ),
        ];

    /// <inheritdoc/>
    public override IHoldsPersons Persons { get; } = new EvidencePersons();

    private static async Task<Stand> Taken(IServiceProvider site, CancellationToken ct)
    {
        var store = site.GetRequiredService<Store>();
        var bytes = await store.First<long?>("select cast(sum(bytes) as bigint) from evidence", null, ct) ?? 0;
        return new Stand(bytes, bytes + BodyLimit.BytesFree(store.Place.Data));
    }
}
