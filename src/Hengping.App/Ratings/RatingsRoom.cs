using System.CommandLine;
using Hengping.App.Platform;

namespace Hengping.App.Ratings;

/// <summary>Rating lists: live, frozen, published, exported, and computed again by anybody.</summary>
public sealed class RatingsRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        new("compared", ComparePage.Most),
        new("expectation-cases", Expectation.CasesMax),
        new("periods-kept", FrozenPeriods.KeptMax),
        new("list-answer", VerifyCommand.AnswerBytesMax, LimitUnit.Bytes),
        new("list-answer-seconds", (long)VerifyCommand.WaitMax.TotalSeconds, LimitUnit.Seconds),
        new("open-file-ratio", OpenFiles.RatioMax),
    ];

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
