using Hengping.App.Platform;

namespace Hengping.App.Taxonomies;

/// <summary><c>GET /taxonomies</c>: every list with code, zh, en and parent.</summary>
public sealed class TaxonomiesRoom : Room
{
    private sealed record Answer(
        IReadOnlyList<Choice> Problems,
        IReadOnlyList<Choice> Sectors,
        IReadOnlyList<Choice> Demands,
        IReadOnlyList<Choice> Regions,
        IReadOnlyList<Choice> AmountBands,
        IReadOnlyList<Choice> Reasons,
        IReadOnlyList<Choice> Channels,
        IReadOnlyList<Choice> Breaches
    );

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site) =>
        api.MapGet("/taxonomies", () => Results.Json(Now(), Cli.JsonFormat)).Anyone();

    private static Answer Now()
    {
        var t = Taxonomies.Current;
        return new Answer(
            t.Problems,
            t.Sectors,
            t.Demands,
            t.Regions,
            t.AmountBands,
            t.Reasons,
            t.Channels,
            t.Breaches
        );
    }
}
