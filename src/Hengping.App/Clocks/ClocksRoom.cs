using Hengping.App.Platform;

namespace Hengping.App.Clocks;

/// <summary>The law as the program and the files beside the store have it, read once at start.</summary>
public sealed record LawOfFiles(Law Law);

/// <summary>The room of the clocks.</summary>
public static class ClocksRoom
{
    /// <summary>Reads the calendar of this installation; what an admin loaded the operator's room adds.</summary>
    public static void AddClocks(this IServiceCollection services, StorePlace place) =>
        services.AddSingleton(new LawOfFiles(Law.Load(place.Data)));
}
