using Hengping.App.Platform;

namespace Hengping.App.Demo;

/// <summary>A generated market, and a stage, on loopback addresses only.</summary>
public sealed class DemoRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [DemoBook.Instance];

    /// <summary>Fills the store behind the site.</summary>
    public override void Add(WebApplicationBuilder builder, SiteOptions options)
    {
        if (!options.Demo)
            return;
        builder.Services.AddSingleton<DemoBinding>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DemoBinding>());
        builder.Services.AddHostedService<DemoFilling>();
        builder.Services.AddSingleton<DemoStage>();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpenToReadOnly => ["/demo"];
}
