using Hengping.App.Platform;

namespace Hengping.App.Clocks;

/// <summary>The room of the clocks: one <see cref="Law"/> for the whole program.</summary>
public static class ClocksRoom
{
    /// <summary>Reads the calendar of this installation once, at start.</summary>
    public static void AddClocks(this IServiceCollection services, StorePlace place) =>
        services.AddSingleton(Law.Load(place.Data));
}
