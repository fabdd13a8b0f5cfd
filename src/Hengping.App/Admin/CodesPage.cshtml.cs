using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.App.Taxonomies;
using Microsoft.AspNetCore.Authorization;

namespace Hengping.App.Admin;

/// <summary>One list of codes as every page and the API use it.</summary>
/// <param name="Key">Name of its text.</param>
public sealed record CodeList(string Key, IReadOnlyList<Choice> Choices);

/// <summary>代码表: the lists that come with this version, to be read. They change with the program.</summary>
[Authorize(Sessions.AdminOnly)]
public sealed class CodesPage(Store store) : HousePage(store)
{
    private static readonly Taxonomies.Taxonomies Shipped = Taxonomies.Taxonomies.Current;

    public IReadOnlyList<CodeList> Lists { get; } =
    [
        new("problems", Shipped.Problems),
        new("sectors", Shipped.Sectors),
        new("demands", Shipped.Demands),
        new("reasons", Shipped.Reasons),
        new("breaches", Shipped.Breaches),
        new("amounts", Shipped.AmountBands),
        new("regions", Shipped.Regions),
        new("channels", Shipped.Channels),
    ];
}
