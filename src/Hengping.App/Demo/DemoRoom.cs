namespace Hengping.App.Demo;

/// <summary>
/// The room of the demo: a generated market, and a stage, on loopback addresses only.
/// </summary>
public static class DemoRoom
{
    /// <summary>Fills the store behind the site.</summary>
    public static void AddDemo(this WebApplicationBuilder builder, bool on)
    {
        if (!on)
            return;
        builder.Services.AddSingleton<DemoBinding>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DemoBinding>());
        builder.Services.AddHostedService<DemoFilling>();
        builder.Services.AddSingleton<DemoStage>();
    }
}
