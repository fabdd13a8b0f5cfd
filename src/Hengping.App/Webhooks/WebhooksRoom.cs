using Hengping.App.Platform;
using Hengping.Rules.Webhooks;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hengping.App.Webhooks;

/// <summary>Webhooks: what happens in cases, told to programs outside as it happens.</summary>
public sealed class WebhooksRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        new("hooks", Hook.OfOwnerMax),
        new("hook-address", HookAddress.LengthMax),
        new("hook-tried", (long)HookWait.TriedFor.TotalSeconds, LimitUnit.Seconds),
        new("hook-wait", (long)HookWait.Most.TotalSeconds, LimitUnit.Seconds),
        new("hook-answer", (long)HookHttp.SentWithin.TotalSeconds, LimitUnit.Seconds),
        new("hook-kept", (long)HookQueue.KeptFor.TotalSeconds, LimitUnit.Seconds),
        new("hook-side-by-side", HookSender.OfHookAtOnce),
        new("hook-tests", ActOnHook.TestsPerMinute),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [HookBook.Instance];

    /// <inheritdoc/>
    public override IEnumerable<Listener> Listeners(Store store, SiteAddress site) => [new HookListener()];

    /// <inheritdoc/>
    public override void Add(WebApplicationBuilder builder, SiteOptions options)
    {
        builder.Services.AddSingleton<HookHttp>();
        builder.Services.AddSingleton<HookWays>();
        builder.Services.AddJob<HookSender>();
        // The operator's own: the same pages, in the other row of tabs.
        builder.Services.Configure<RazorPagesOptions>(pages =>
        {
            pages.Conventions.AddPageRoute("/Webhooks/HooksPage", "admin/webhooks");
            pages.Conventions.AddPageRoute("/Webhooks/HookPage", "admin/webhooks/{id:guid}");
        });
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site)
    {
        var hooks = api.MapGroup("/webhooks").WithTags("webhooks");
        OpenHook.Map(hooks);
        ListHooks.Map(hooks);
        ActOnHook.Map(hooks);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tab> Tabs =>
        [
            new(TabRow.Admin, 75, "/admin/webhooks", "hooks.title"),
            new(TabRow.Merchant, 50, "/merchant/webhooks", "hooks.title"),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Jobs => ["webhooks"];
}
