using Hengping.App.Platform;

namespace Hengping.App.Taxonomies;

/// <summary><c>GET /taxonomies</c>: every list with code, zh, en and parent.</summary>
public static class TaxonomiesRoom
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

    /// <summary>Puts the door on its address.</summary>
    public static void MapTaxonomies(this IEndpointRouteBuilder api) =>
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
