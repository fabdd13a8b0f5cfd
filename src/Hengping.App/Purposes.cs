using Hengping.App.Platform;

namespace Hengping.App;

/// <summary>
/// Everything keyed prints are made for, one line each. Kept over <c>keys rotate</c> is what is made of ids and random
/// codes; what is made of a person's own values is made again.
/// </summary>
public static class Purposes
{
    /// <summary>Which ring it is.</summary>
    public static readonly Purpose Ring = new(0, "ring", IsKept: true);

    /// <summary>The code that opens a report.</summary>
    public static readonly Purpose ReportCode = new(1, "report-code", IsKept: true);

    /// <summary>Whose answers about reports are kept, without saying so.</summary>
    public static readonly Purpose ReportOnce = new(2, "report-once", IsKept: true);

    /// <summary>The code sent to a merchant's contact.</summary>
    public static readonly Purpose ClaimCode = new(3, "claim-code", IsKept: true);

    /// <summary>恢复码.</summary>
    public static readonly Purpose RecoveryCode = new(4, "recovery-code", IsKept: true);

    /// <summary>A passkey's id.</summary>
    public static readonly Purpose Passkey = new(5, "passkey", IsKept: true);

    /// <summary>Failures at an account's second step.</summary>
    public static readonly Purpose SecondStep = new(6, "second-step", IsKept: true);

    /// <summary>Failures at one's own password.</summary>
    public static readonly Purpose OwnPassword = new(7, "own-password", IsKept: true);

    /// <summary>The link that scores a case.</summary>
    public static readonly Purpose ScoreLink = new(8, "score-link", IsKept: true);

    /// <summary>The link that answers a case.</summary>
    public static readonly Purpose AnswerLink = new(9, "answer-link", IsKept: true);

    /// <summary>A phone.</summary>
    public static readonly Purpose Phone = new(10, "phone");

    /// <summary>A sign-in name.</summary>
    public static readonly Purpose Login = new(11, "login");

    /// <summary>A mail address.</summary>
    public static readonly Purpose Mail = new(12, "mail");

    /// <summary>Who, whom and which order.</summary>
    public static readonly Purpose Order = new(13, "order");

    /// <summary>Whom a source names as claimant.</summary>
    public static readonly Purpose ImportClaimant = new(14, "import-claimant");

    /// <summary>The words of a reply.</summary>
    public static readonly Purpose Reply = new(15, "reply");

    /// <summary>A code on its way to a phone or a mail box.</summary>
    public static readonly Purpose SignInCode = new(16, "sign-in-code");

    /// <summary>For whom something is counted.</summary>
    public static readonly Purpose Allowance = new(17, "allowance");

    /// <summary>The words of cases, in the index.</summary>
    public static readonly Purpose Search = new(18, "search");

    /// <summary>The number of one sending of a report.</summary>
    public static readonly Purpose ReportNumber = new(19, "report-number");

    /// <summary>Whose evidence of a day is counted.</summary>
    public static readonly Purpose EvidenceDay = new(20, "evidence-day", IsKept: true);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Purpose> All =
    [
        Ring,
        ReportCode,
        ReportOnce,
        ClaimCode,
        RecoveryCode,
        Passkey,
        SecondStep,
        OwnPassword,
        ScoreLink,
        AnswerLink,
        Phone,
        Login,
        Mail,
        Order,
        ImportClaimant,
        Reply,
        SignInCode,
        Allowance,
        Search,
        ReportNumber,
        EvidenceDay,
    ];
}
