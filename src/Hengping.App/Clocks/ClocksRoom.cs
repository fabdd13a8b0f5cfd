using Hengping.App.Platform;

namespace Hengping.App.Clocks;

/// <summary>The clocks: one <see cref="Law"/> for the whole program.</summary>
public sealed class ClocksRoom : Room
{
    /// <summary>Reads the calendar of this installation once, at start.</summary>
    public override void Add(WebApplicationBuilder builder, SiteOptions options) =>
        builder.Services.AddSingleton(Law.Load(options.Place.Data));
}
