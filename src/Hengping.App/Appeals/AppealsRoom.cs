using Hengping.App.Platform;
using Hengping.Rules.Appeals;

namespace Hengping.App.Appeals;

/// <summary>The room of appeals (申诉).</summary>
public sealed class AppealsRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        new("appeal-statements", PlanOfAction.StatementsMax),
        new("appeal-text", PlanOfAction.TextMax),
        new("appeal-proofs", PlanOfAction.ProofsMax),
        new("appeal-letter", AppealLint.LetterMax),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [AppealBook.Instance];

    /// <inheritdoc/>
    public override IReadOnlyList<Wording> Messages => [AppealNotices.News];

    /// <inheritdoc/>
    public override IEnumerable<Listener> Listeners(Store store, SiteAddress site) => [new AppealNotices(site)];

    /// <inheritdoc/>
    public override void Add(WebApplicationBuilder builder, SiteOptions options)
    {
        builder.Services.AddJob<AppealTicks>();
        builder.Services.AddJob<CountAppealTerms>();
        builder.Services.AddJob<AppealKeeping>();
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site)
    {
        var appeals = api.MapGroup("/appeals").WithTags("appeals");
        FileAppeal.Map(appeals);
        ListAppeals.Map(appeals);
        ShowAppeal.Map(appeals);
        AppealLint.Map(appeals);
        AppealDoors.Map(appeals);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tab> Tabs =>
        [new(TabRow.Desk, 40, "/desk/appeals", "appeals.title"), new(TabRow.Merchant, 40, "/appeals", "appeals.mine")];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Jobs => ["appeal-ticks", "appeals", "appeal-terms"];

    /// <inheritdoc/>
    public override IHoldsPersons Persons { get; } = new AppealPersons();

    /// <inheritdoc/>
    public override IReadsEvidence Evidence { get; } = new FilesOfAppeals();
}
