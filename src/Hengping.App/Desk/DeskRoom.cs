using Hengping.App.Platform;

namespace Hengping.App.Desk;

/// <summary>调解台: decisions that wait and can be undone, and kept views.</summary>
public static class DeskRoom
{
    /// <summary>What runs beside the doors.</summary>
    public static void AddDesk(this IServiceCollection services)
    {
        services.AddJob<SendDecisions>();
    }

    /// <summary>Puts the doors on their addresses.</summary>
    public static void MapDesk(this IEndpointRouteBuilder api)
    {
        var desk = api.MapGroup("/desk").WithTags("desk");
        DecideFromDesk.Map(desk);
        KeepViews.Map(desk);
    }
}
