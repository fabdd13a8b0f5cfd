using Hengping.App.Platform;

namespace Hengping.App.Evidence;

/// <summary>Files people bring: kept sealed, shown clean, dropped where nobody uses them.</summary>
public sealed class EvidenceRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [EvidenceBook.Instance];

    /// <inheritdoc/>
    public override IReadOnlyList<Purpose> Purposes => EvidencePurposes.All;

    /// <inheritdoc/>
    public override void Add(WebApplicationBuilder builder, SiteOptions options)
    {
        var limits = builder.Configuration.GetSection("Evidence").Get<EvidenceLimits>() ?? new EvidenceLimits();
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
    public override IHoldsPersons Persons { get; } = new EvidencePersons();
}
