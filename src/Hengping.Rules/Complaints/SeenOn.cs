using Hengping.Rules.Fields;

namespace Hengping.Rules.Complaints;

/// <summary>Where the offer was seen.</summary>
/// <param name="Platform">As 抖音.</param>
/// <param name="Address">Of the page, video or room.</param>
/// <param name="IsAdvertisement">It was an advertisement: who showed it is asked for the seller (消保法 art. 45).</param>
public sealed record SeenOn(string? Platform, string? Address, bool IsAdvertisement)
{
    private const int NameMax = 200;

    /// <summary>Cleaned; null where nothing is said.</summary>
    public static SeenOn? Check(SeenOn? typed, FieldFaults faults)
    {
        if (typed is null)
            return null;
        var platform = faults.Line("seenOn.platform", typed.Platform, NameMax);
        var address = faults.Web("seenOn.address", typed.Address);
        return platform is null && address is null && !typed.IsAdvertisement
            ? null
            : new SeenOn(platform, address, typed.IsAdvertisement);
    }
}

/// <summary>Who stands behind a live broadcast (令117 arts. 8, 9, 18, 26), as the claimant names them.</summary>
/// <param name="Operator">直播间运营者.</param>
/// <param name="Presenter">直播营销人员.</param>
/// <param name="Agency">直播营销人员服务机构, MCN.</param>
public sealed record LiveParties(string? Operator, string? Presenter, string? Agency)
{
    private const int NameMax = 200;

    /// <summary>Cleaned; null where nobody is named.</summary>
    public static LiveParties? Check(LiveParties? typed, FieldFaults faults)
    {
        if (typed is null)
            return null;
        var clean = new LiveParties(
            faults.Line("live.operator", typed.Operator, NameMax),
            faults.Line("live.presenter", typed.Presenter, NameMax),
            faults.Line("live.agency", typed.Agency, NameMax)
        );
        return clean == new LiveParties(null, null, null) ? null : clean;
    }
}
