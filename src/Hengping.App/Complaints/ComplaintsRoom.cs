using Hengping.App.Platform;

namespace Hengping.App.Complaints;

/// <summary>Complaints: every verb of a case, its lists, and the clock that acts where nobody does.</summary>
public sealed class ComplaintsRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        .. Limit.Of<ComplaintLimits>(ComplaintLimits.Section),
        ComplaintTicks.PerSecond,
        new("reply", ReplyToComplaint.TextMax),
        new("progress-tries", Progress.TriesPerNumber),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books =>
        [ComplaintBook.Instance, AccessBook.Instance, SightingBook.Instance, LinkBook.Instance];

    /// <inheritdoc/>
    public override IReadOnlyList<Purpose> Purposes => ComplaintPurposes.All;

    /// <inheritdoc/>
    public override IEnumerable<Listener> Listeners(Store store, SiteAddress site) => [new CaseSearchListener(store)];

    /// <inheritdoc/>
    public override void Add(WebApplicationBuilder builder, SiteOptions options)
    {
        var limits =
            builder.Configuration.GetSection(ComplaintLimits.Section).Get<ComplaintLimits>() ?? new ComplaintLimits();
        builder.Services.AddSingleton(limits);
        builder.Services.AddSingleton<AlikeCounts>();
        builder.Services.AddSingleton<CaseTurns>();
        builder.Services.AddJob<Retention>();
        builder.Services.AddJob<ComplaintTicks>();
        builder.Services.AddJob<CountComplaintTerms>();
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site)
    {
        var complaints = api.MapGroup("/complaints").WithTags("complaints");
        ListComplaints.Map(complaints);
        ShowComplaint.Map(complaints);
        ScreenComplaint.Map(complaints);
        ReplyToComplaint.Map(complaints);
        ContestComplaint.Map(complaints);
        ReachRespondent.Map(complaints);
        OfferSettlement.Map(complaints);
        PerformSettlement.Map(complaints);
        MediateComplaint.Map(complaints);
        TellTermination.Map(complaints);
        EndComplaint.Map(complaints);
        ScoreComplaint.Map(complaints);
        HoldComplaint.Map(complaints);
        AnswerLinks.Map(complaints);
        NameSeller.Map(complaints);
        Progress.Map(api);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Jobs => ["ticks", "terms", "retention"];

    /// <inheritdoc/>
    public override IHoldsPersons Persons { get; } = new ComplaintPersons();

    /// <inheritdoc/>
    public override IReadsEvidence Evidence { get; } = new CaseFiles();

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpenToReadOnly => ["/progress", "/api/v1/progress"];
}
