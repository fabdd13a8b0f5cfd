using Hengping.App.Platform;

namespace Hengping.App.Intake;

/// <summary>Filing: the door, the wizard, the receipt, and the report filed beside a complaint.</summary>
public sealed class IntakeRoom : Room
{
    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site) =>
        FileComplaint.Map(api.MapGroup("/complaints").WithTags("complaints"));
}
