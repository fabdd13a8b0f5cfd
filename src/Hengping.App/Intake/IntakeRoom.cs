using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Intake;

/// <summary>Filing: the door, the wizard, the receipt, and the report filed beside a complaint.</summary>
public sealed class IntakeRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        new("filing-story", Filing.StoryMax),
        new("filing-files", Filing.EvidenceMax),
        new("filing-other", OtherSaid.LengthMax),
        new("suggested", Suggestions.Max),
    ];

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site)
    {
        FileComplaint.Map(api.MapGroup("/complaints").WithTags("complaints"));
        Suggestions.Map(api);
    }
}
