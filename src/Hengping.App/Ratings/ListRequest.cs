using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>Which list is asked for.</summary>
/// <param name="Sector">Code, its children included; null for all.</param>
public sealed record ListRequest(Period Period, string? Sector, Side Side, Policy Policy)
{
    /// <summary>The respondents of that time were told of other hours.</summary>
    public static readonly Refusal OtherHours = new(
        "policy.hours",
        "该版本规则的回复时限与这一期间告知商家的不同，不能用它计算这一期间",
        "That policy gives other hours for an answer than the merchants of that period were told of"
    );

    /// <summary>Reads the words of a command or an address.</summary>
    public static Decided<ListRequest> Parse(
        string period,
        string? sector,
        string? side,
        string? policy,
        Unscored unscored,
        DateTimeOffset asOf
    )
    {
        var span = Period.Parse(period, asOf);
        if (span.Refusal is { } unread)
            return unread;
        var inForce = Policy.At(span.Event!.Code == "all" ? asOf : span.Event.From);
        var rules = Policy.Parse(policy ?? inForce.Version, unscored);
        if (rules.Refusal is { } unknown)
            return unknown;
        if (span.Event.Code != "all" && !rules.Event!.Hours.SameAs(inForce.Hours))
            return OtherHours;
        if (sector is not null && Taxonomies.Taxonomies.Find(Taxonomies.Taxonomies.Current.Sectors, sector) is null)
            return new Refusal("sector.unknown", "没有这个行业代码", "There is no such sector code");
        return side switch
        {
            null or "consumer" => new ListRequest(span.Event!, sector, Side.Consumer, rules.Event!),
            "merchant" => new ListRequest(span.Event!, sector, Side.Merchant, rules.Event!),
            _ => new Refusal("side.unknown", "side 应为 consumer 或 merchant", "A side is consumer or merchant"),
        };
    }
}

/// <summary>The list that an address names.</summary>
public sealed record AskedList
{
    public string Period { get; init; } = "";
    public string? Sector { get; init; }
    public string? Side { get; init; }
    public string? Policy { get; init; }

    /// <summary>Which one it is, or what is wrong with the address.</summary>
    public Decided<ListRequest> Parse(DateTimeOffset now) =>
        ListRequest.Parse(Period, Sector, Side, Policy, Unscored.Zero, now);
}
