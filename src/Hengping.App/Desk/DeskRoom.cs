using Hengping.App.CaseRoom;
using Hengping.App.Platform;
using Hengping.Rules.Desk;

namespace Hengping.App.Desk;

/// <summary>调解台: decisions that wait and can be undone, and kept views.</summary>
public sealed class DeskRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [DecideFromDesk.UndoFor, new("bulk-decision", DecideFromDesk.CasesMax), new("views", KeptViews.Max)];

    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [DecisionBook.Instance, ViewBook.Instance];

    /// <inheritdoc/>
    public override void Add(WebApplicationBuilder builder, SiteOptions options)
    {
        builder.Services.AddJob<SendDecisions>();
        builder.Services.AddSingleton<UndoneDecisions>();
        builder.Services.AddSingleton<ITakenBack>(services => services.GetRequiredService<UndoneDecisions>());
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site)
    {
        var desk = api.MapGroup("/desk").WithTags("desk");
        DecideFromDesk.Map(desk);
        KeepViews.Map(desk);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tab> Tabs => [new(TabRow.Desk, 10, "/desk", "desk.title")];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Jobs => ["decisions"];
}
