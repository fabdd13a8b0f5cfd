using Hengping.App.Platform;

namespace Hengping.App.Complaints;

/// <summary>What this room makes keyed prints for.</summary>
public static class ComplaintPurposes
{
    /// <summary>The link that scores a case.</summary>
    public static readonly Purpose ScoreLink = new(8, "score-link", IsKept: true);

    /// <summary>The link that answers a case.</summary>
    public static readonly Purpose AnswerLink = new(9, "answer-link", IsKept: true);

    /// <summary>Who, whom and which order.</summary>
    public static readonly Purpose Order = new(13, "order");

    /// <summary>Whom a source names as claimant.</summary>
    public static readonly Purpose ImportClaimant = new(14, "import-claimant");

    /// <summary>The words of a reply.</summary>
    public static readonly Purpose Reply = new(15, "reply");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Purpose> All = [ScoreLink, AnswerLink, Order, ImportClaimant, Reply];
}
