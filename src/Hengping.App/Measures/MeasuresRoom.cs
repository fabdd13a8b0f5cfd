using Hengping.App.Platform;
using Hengping.Rules.Measures;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hengping.App.Measures;

/// <summary>The room of measures (处置措施) and their statements of reasons.</summary>
public sealed class MeasuresRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        new("measure-facts", Measure.FactsMax),
        new("measure-text", Measure.TextMax),
        new("measure-files", Measure.EvidenceMax),
        new("measure-amount", (long)Measure.AmountMax),
        new("measure-years", Measure.YearsMax),
        new("measure-rows", ListMeasures.FileMax),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [MeasureBook.Instance];

    /// <inheritdoc/>
    public override IReadOnlyList<Wording> Messages => MeasureNotices.All;

    /// <inheritdoc/>
    public override IEnumerable<Listener> Listeners(Store store, SiteAddress site) => [new MeasureNotices(site)];

    /// <inheritdoc/>
    public override void Add(WebApplicationBuilder builder, SiteOptions options)
    {
        builder.Services.AddJob<MeasureTicks>();
        builder.Services.AddJob<CountMeasureTerms>();
        // A person has no workbench: the same page, where they look for what is theirs.
        builder.Services.Configure<RazorPagesOptions>(pages =>
            pages.Conventions.AddPageRoute("/Measures/OwnMeasuresPage", "me/measures")
        );
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site)
    {
        var measures = api.MapGroup("/measures").WithTags("measures");
        TakeMeasure.Map(measures);
        ListMeasures.Map(measures);
        ShowMeasure.Map(measures);
        ActOnMeasure.Map(measures);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tab> Tabs =>
        [
            new(TabRow.Desk, 25, "/desk/measures", "measures.desk"),
            new(TabRow.Merchant, 35, "/merchant/measures", "measures.mine"),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Jobs => ["measures", "measure-terms"];

    /// <inheritdoc/>
    public override IHoldsPersons Persons { get; } = new MeasurePersons();

    /// <inheritdoc/>
    public override IReadsEvidence Evidence { get; } = new FilesOfMeasures();
}
