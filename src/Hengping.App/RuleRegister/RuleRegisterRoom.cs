using Hengping.App.Platform;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary>The room of the platform's rules (平台规则库).</summary>
public sealed class RuleRegisterRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        new("rule-text", RuleText.TextMax),
        new("rule-clauses", RuleText.ClausesMax),
        new("rule-words", RuleSearch.WordsMax),
        new("rule-opinion", RuleOpinion.TextMax),
        new("rule-opinions", RuleOpinion.OfAccountMax),
        new("rule-answers", AnswerOpinions.AtOnceMax),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [RuleBook.Instance, OpinionBook.Instance];

    /// <inheritdoc/>
    public override IReadOnlyList<Wording> Messages => [RuleNotices.Told];

    /// <inheritdoc/>
    public override IEnumerable<Listener> Listeners(Store store, SiteAddress site) => [new RuleNews()];

    /// <inheritdoc/>
    public override void Add(WebApplicationBuilder builder, SiteOptions options)
    {
        builder.Services.AddJob<OpinionKeeping>();
        builder.Services.AddJob<RuleNotices>();
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site)
    {
        var rules = api.MapGroup("/rules").WithTags("rules");
        ListRules.Map(rules);
        ShowRules.Map(rules, site);
        WriteRules.Map(rules);
        RuleOpinions.Map(rules);
        AnswerOpinions.Map(rules);
        RuleFeed.Map(site);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tab> Tabs => [new(TabRow.Admin, 50, "/admin/rules", "rules.title")];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Jobs => ["rule-opinions", "rule-notices"];

    /// <inheritdoc/>
    public override IHoldsPersons Persons { get; } = new OpinionPersons();

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpenToReadOnly => ["/rules", "/api/v1/rules"];
}
