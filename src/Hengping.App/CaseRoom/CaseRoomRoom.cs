using Hengping.App.Platform;

namespace Hengping.App.CaseRoom;

/// <summary>The pages of one case: its story, what each side can do, the answer and the score by link.</summary>
public sealed class CaseRoomRoom : Room
{
    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site) => AnswerPage.MapEvidence(site);
}
