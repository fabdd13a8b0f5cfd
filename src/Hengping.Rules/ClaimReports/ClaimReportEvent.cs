using System.Text.Json.Serialization;
using Hengping.Rules.Clocks;

namespace Hengping.Rules.ClaimReports;

/// <summary>以什么名义: under which pretext somebody claims.</summary>
public enum Pretext
{
    /// <summary>假货.</summary>
    Fake,

    /// <summary>三无产品.</summary>
    ThreeNo,

    /// <summary>商品描述.</summary>
    Description,

    /// <summary>违反广告法的用语.</summary>
    AdvertisingWords,

    /// <summary>无中文标签.</summary>
    NoChineseLabel,

    /// <summary>无营业执照或许可.</summary>
    NoLicence,
    Other,
}

/// <summary>On what a report can be upheld. Number of claims and profession are none.</summary>
public enum ClaimGround
{
    /// <summary>威胁. To announce a complaint, a report or a suit is none.</summary>
    Threat,

    /// <summary>掉包.</summary>
    Swap,

    /// <summary>夹带或伪造.</summary>
    Planting,

    /// <summary>捏造事实.</summary>
    Invented,

    /// <summary>以施压索要超出法律规定的金额.</summary>
    BeyondLaw,
}

/// <summary>Whether the defect that the claimant named is there.</summary>
public enum DefectFound
{
    /// <summary>属实: it goes to quality, whatever becomes of the report.</summary>
    Real,
    NotReal,

    /// <summary>没有查明.</summary>
    NotShown,
}

/// <summary>What a file shows.</summary>
public enum ProofOf
{
    Chat,
    Call,
    Letter,
    Other,
}

/// <summary>A file of the merchant's, for whoever decides.</summary>
public sealed record ClaimProof(Guid File, ProofOf Of);

/// <summary>What a merchant says.</summary>
/// <param name="Alleged">What the claimant did: they read it.</param>
/// <param name="Demanded">What was threatened or demanded: they read it.</param>
/// <param name="Note">For whoever decides alone: the merchant's own matters.</param>
/// <param name="OrderNos">As typed.</param>
/// <param name="ClaimantName">As the merchant knows them.</param>
/// <param name="AuthorityCase">An authority's case about the same, if one runs.</param>
public sealed record ClaimReportWords(
    string Alleged,
    string? Demanded,
    string? Note,
    IReadOnlyList<string> OrderNos,
    string? ClaimantName,
    string? ClaimantPhone,
    string? AuthorityCase
);

/// <summary>What can happen to a report of abnormal claims. Words are sealed; how it went is counted in public.
/// </summary>
public abstract record ClaimReportEvent
{
    private ClaimReportEvent() { }

    /// <summary>举报.</summary>
    /// <param name="Claimant">Their account, where it is known.</param>
    /// <param name="Complaint">Their case, where it began with one.</param>
    /// <param name="Orders">Keyed prints of the shop's order numbers; none where somebody threatens before any.</param>
    /// <param name="OldOrders">How many of them are older than six months: a warning, nothing else.</param>
    /// <param name="IsHeld">A human looks first, for the reporter had too many rejected.</param>
    /// <param name="HearBy">The claimant has time until then; null where it is held.</param>
    public sealed record Filed(
        string Number,
        Guid Merchant,
        Guid? Claimant,
        Guid? Complaint,
        Pretext Pretext,
        decimal? Sum,
        IReadOnlyList<string> Orders,
        int OldOrders,
        IReadOnlyList<ClaimProof> Proofs,
        bool IsHeld,
        DateTimeOffset? HearBy,
        DateTimeOffset? DecideBy
    ) : ClaimReportEvent
    {
        public TermNote? TermNote { get; init; }

        /// <summary>Keyed hash of the claimant's phone; it stands in no log.</summary>
        [JsonIgnore]
        public string? ClaimantPrint { get; init; }

        [Secret]
        public ClaimReportWords? Words { get; set; }
    }

    /// <summary>The claimant came with the phone that the merchant named.</summary>
    public sealed record Recognised(Guid Account) : ClaimReportEvent;

    /// <summary>A human looked, and the claimant is told.</summary>
    public sealed record Admitted(DateTimeOffset HearBy) : ClaimReportEvent;

    /// <summary>The desk asked the claimant.</summary>
    public sealed record Asked(DateTimeOffset HearBy) : ClaimReportEvent
    {
        [Secret]
        public string? Question { get; set; }
    }

    /// <summary>陈述.</summary>
    /// <param name="Account">Whose it is.</param>
    public sealed record Stated(Guid Account, IReadOnlyList<Guid> Evidence) : ClaimReportEvent
    {
        [Secret]
        public string? Text { get; set; }
    }

    /// <summary>决定.</summary>
    /// <param name="Outcome">Upheld or rejected.</param>
    /// <param name="AppealBy">Of what was upheld: nothing follows before.</param>
    public sealed record Decided(
        ClaimReportStatus Outcome,
        Guid By,
        IReadOnlyList<ClaimGround> Grounds,
        DefectFound Defect,
        DateTimeOffset? AppealBy
    ) : ClaimReportEvent
    {
        public TermNote? TermNote { get; init; }

        [Secret]
        public string? Reason { get; set; }
    }

    /// <summary>撤回.</summary>
    public sealed record Withdrawn : ClaimReportEvent;

    /// <summary>申诉.</summary>
    public sealed record Appealed(Guid Account, IReadOnlyList<Guid> Evidence, DateTimeOffset? ReviewBy)
        : ClaimReportEvent
    {
        public TermNote? TermNote { get; init; }

        [Secret]
        public string? Text { get; set; }
    }

    /// <summary>申诉的决定.</summary>
    /// <param name="Outcome">In effect or overturned.</param>
    public sealed record Reviewed(ClaimReportStatus Outcome, Guid By) : ClaimReportEvent
    {
        [Secret]
        public string? Reason { get; set; }
    }

    /// <summary>Nobody appealed.</summary>
    public sealed record TookEffect : ClaimReportEvent;

    /// <summary>What was in effect is taken back.</summary>
    public sealed record Revoked(Guid By) : ClaimReportEvent
    {
        [Secret]
        public string? Reason { get; set; }
    }

    /// <summary>剔除: these orders count in none of the shop's refund metrics any more; in risk and safety they do.
    /// </summary>
    /// <param name="Number">The report's: the reason that is shown.</param>
    /// <param name="Orders">Keyed prints.</param>
    public sealed record LeftMetrics(Guid Merchant, string Number, IReadOnlyList<string> Orders, DateTimeOffset Since)
        : ClaimReportEvent;

    /// <summary>恢复: they count again, as if they had never left.</summary>
    public sealed record ReturnedToMetrics(
        Guid Merchant,
        string Number,
        IReadOnlyList<string> Orders,
        DateTimeOffset Since
    ) : ClaimReportEvent;

    /// <summary>期限重新计算.</summary>
    public sealed record TermsCounted(TermsCause Cause) : ClaimReportEvent
    {
        public required TermNote TermNote { get; init; }
    }

    /// <summary>Its key is to be destroyed.</summary>
    /// <param name="Because">age, request.</param>
    public sealed record Erased(string Because) : ClaimReportEvent;

    /// <summary>锁定: stored and read by nobody until the law's term ends.</summary>
    public sealed record Locked : ClaimReportEvent;
}
