namespace Hengping.World;

/// <summary>What a claimant brings: everything of a filing before a rule has looked at it.</summary>
/// <param name="Index">Number of the case in its world; its chance comes from it.</param>
/// <param name="Claimant">The consumer; null where a seller complains.</param>
/// <param name="Seller">The complaining seller; null where a consumer complains.</param>
/// <param name="Answer">What the merchant said before, if it was asked.</param>
public sealed record CasePlan(
    int Index,
    Guid Id,
    DateTimeOffset FiledAt,
    PersonPlan? Claimant,
    MerchantPlan? Seller,
    MerchantPlan Respondent,
    MerchantPlan? Shop,
    string Thing,
    string Problem,
    decimal Amount,
    DateOnly OrderedAt,
    string OrderNo,
    string Text,
    IReadOnlyList<string> Demands,
    DateTimeOffset? ContactedAt,
    string? Answer,
    bool Publish,
    bool Call,
    bool ForChild,
    string Channel
);
