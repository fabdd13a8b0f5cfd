using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.JointComplaints;

/// <summary>共同投诉: several claimants with the same dispute, who act together.</summary>
public sealed class JointComplaintsRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        new("joint-members", Joint.MembersMax),
        new("joint-alike", JointDesk.AlikeMax),
        new("joint-alike-days", JointDesk.AlikeDays),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [JointBook.Instance];

    /// <inheritdoc/>
    public override void Add(WebApplicationBuilder builder, SiteOptions options)
    {
        builder.Services.AddJob<JointTicks>();
        builder.Services.AddSingleton<IWaitsBesideCases, JointWaiting>();
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site) => JointDoors.Map(api);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Jobs => ["joint"];

    /// <inheritdoc/>
    public override IHoldsPersons Persons { get; } = new JointPersons();
}
