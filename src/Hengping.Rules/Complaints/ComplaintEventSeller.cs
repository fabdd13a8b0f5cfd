namespace Hengping.Rules.Complaints;

/// <summary>What happens when a platform is asked who the seller is.</summary>
public abstract partial record ComplaintEvent
{
    /// <summary>请平台提供销售者信息 (消保法 art. 44): its real name and contact.</summary>
    /// <param name="AnswerBy">3 working days for the platform.</param>
    public sealed record SellerAsked(DateTimeOffset AnswerBy) : ComplaintEvent;

    /// <summary>平台提供了销售者信息; late is better than never.</summary>
    public sealed record SellerNamed : ComplaintEvent
    {
        [Secret]
        public Seller? Seller { get; init; }
    }

    /// <summary>
    /// The platform named nobody in time: the claimant is told that it can be held liable itself (消保法 art. 44).
    /// </summary>
    public sealed record SellerUnnamed : ComplaintEvent;
}
