using System.CommandLine;
using Hengping.App.Platform;

namespace Hengping.App.Ratings;

/// <summary>Rating lists: live, frozen, published, exported, and computed again by anybody.</summary>
public sealed class RatingsRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [ListBook.Instance];

    /// <inheritdoc/>
    public override IEnumerable<Listener> Listeners(Store store, SiteAddress site) => [RatingsListener.Instance];

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site) => api.MapRatings();

    /// <inheritdoc/>
    public override IEnumerable<Command> Commands() =>
        [RatingsCommands.CreateRate(), RatingsCommands.CreatePublish(), ExportCommand.Create(), VerifyCommand.Create()];
}
