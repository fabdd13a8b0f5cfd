using Hengping.App.Platform;
using Hengping.Rules.Workbench;

namespace Hengping.App.Workbench;

/// <summary>商家工作台: templates, replies to many, and one's own numbers.</summary>
public sealed class WorkbenchRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        new("templates", ReplyTemplates.Max),
        new("template-text", ReplyTemplates.TextMax),
        new("bulk-reply", BulkReplyPage.CasesMax),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [TemplateBook.Instance];

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site)
    {
        KeepTemplates.Map(api.MapGroup("/merchant").WithTags("merchant"));
        ReplyPoints.Map(site);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tab> Tabs =>
        [
            new(TabRow.Merchant, 10, "/merchant", "workbench.cases"),
            new(TabRow.Merchant, 20, "/merchant/templates", "workbench.templates"),
            new(TabRow.Merchant, 30, "/merchant/numbers", "workbench.numbers"),
        ];
}
