using Hengping.App.Platform;

namespace Hengping.App.Clocks;

/// <summary>The law as the program and the files beside the store have it, read once at start.</summary>
public sealed record LawOfFiles(Law Law);

/// <summary>The clocks: the rulebook, and the calendars of working days.</summary>
public sealed class ClocksRoom : Room
{
    /// <summary>Reads the calendar of this installation; what an admin loaded the operator's room adds.</summary>
    public override void Add(WebApplicationBuilder builder, SiteOptions options) =>
        builder.Services.AddSingleton(new LawOfFiles(Law.Load(options.Place.Data)));
}
