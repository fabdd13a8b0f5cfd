using Hengping.App.Platform;

namespace Hengping.App.MerchantPages;

/// <summary>The public pages of merchants, with their numbers.</summary>
public sealed class MerchantPagesRoom : Room
{
    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site) => MerchantApi.Map(api);
}
