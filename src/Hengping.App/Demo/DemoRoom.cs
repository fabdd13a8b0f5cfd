namespace Hengping.App.Demo;

/// <summary>The room of the demo: a generated market. <c>serve</c> binds it to loopback addresses only.</summary>
public static class DemoRoom
{
    /// <summary>Fills the store behind the site.</summary>
    public static void AddDemo(this WebApplicationBuilder builder, bool on)
    {
        if (on)
            builder.Services.AddHostedService<DemoFilling>();
    }
}
