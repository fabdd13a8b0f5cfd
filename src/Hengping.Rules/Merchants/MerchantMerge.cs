namespace Hengping.Rules.Merchants;

/// <summary>
/// 合并: two entries of one merchant count as one, by an event with its reason, reversibly (rules.md § 4). What is open
/// stays with whoever answers it; published lists stay as they are.
/// </summary>
public sealed partial record Merchant
{
    /// <summary>A merge needs two entries, neither of them merged.</summary>
    public static readonly Refusal CannotMerge = new(
        "merchant.cannot-merge",
        "不能合并到自身或已合并的商家",
        "An entry cannot be merged into itself or into a merged one"
    );

    /// <summary>Who takes part is not moved into another's numbers while its team answers here.</summary>
    public static readonly Refusal MergeEnrolled = new(
        "merchant.merge-enrolled",
        "已入驻的商家不能并入另一家：请反过来合并，或先办理退出",
        "An enrolled merchant cannot be merged into another: merge the other one into it, or withdraw it first"
    );

    /// <summary>Somebody waits to be told whether this entry is theirs.</summary>
    public static readonly Refusal MergeClaimed = new(
        "merchant.merge-claimed",
        "有人正在认领这家商家，请先审核认领",
        "Somebody claims this merchant: decide the claim first"
    );

    /// <summary>Merchants complain about platforms, so the two are never one entry.</summary>
    public static readonly Refusal MergeKinds = new(
        "merchant.merge-kinds",
        "平台和普通商家不能合并",
        "A platform and a shop cannot be merged"
    );

    /// <summary>There is nothing to part.</summary>
    public static readonly Refusal NotMerged = new("merchant.not-merged", "该商家没有合并", "This entry is not merged");

    /// <summary>The entry its cases count for, when it was merged.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>合并: its cases count for another entry, until they are parted.</summary>
    public Decided<MerchantEvent> Merge(Guid own, Guid into, Merchant target, string reason) =>
        own == into || MergedInto is not null || target.MergedInto is not null ? CannotMerge
        : Platform != target.Platform ? MergeKinds
        : Enrolled ? MergeEnrolled
        : Claims.Exists(claim => claim.State == ClaimState.Proven) ? MergeClaimed
        : new MerchantEvent.Merged(into, reason);

    /// <summary>取消合并: it counts for itself again.</summary>
    public Decided<MerchantEvent> Part(string reason) =>
        MergedInto is null ? NotMerged : new MerchantEvent.Unmerged(reason);

    private Merchant AfterMerge(MerchantEvent happened, DateTimeOffset at) =>
        happened switch
        {
            MerchantEvent.Merged e => this with { MergedInto = e.Into },
            MerchantEvent.Unmerged => this with { MergedInto = null },
            _ => AfterClaim(happened, at),
        };
}
