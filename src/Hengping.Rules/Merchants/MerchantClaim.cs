namespace Hengping.Rules.Merchants;

/// <summary>Where a claim stands.</summary>
public enum ClaimState
{
    /// <summary>A code went to the contact on file.</summary>
    Asked,

    /// <summary>The code came back: staff look at it.</summary>
    Proven,
    Approved,
    Refused,
}

/// <summary>认领: somebody says they are the merchant of an entry nobody has enrolled.</summary>
public sealed record MerchantClaim(
    Guid Id,
    string Uscc,
    bool UsccChecked,
    Guid Licence,
    DateTimeOffset AskedAt,
    ClaimState State
);

/// <summary>How an entry gets its owner.</summary>
public sealed partial record Merchant
{
    /// <summary>How long the code to the contact on file can be typed.</summary>
    public static readonly TimeSpan ClaimCodeLives = TimeSpan.FromMinutes(30);

    /// <summary>Claims a day: each sends a message to somebody who may know nothing of it.</summary>
    public const int ClaimsADayMax = 5;

    /// <summary>Nobody can be asked whether the claim is true.</summary>
    public static readonly Refusal NothingToProve = new(
        "claim.no-contact",
        "没有该商家的公开联系方式，无法在线认领，请联系我们",
        "No published contact of this merchant is on file; please write to us instead"
    );

    /// <summary>Not the form of GB 32100.</summary>
    public static readonly Refusal CreditCodeForm = new(
        "claim.credit-code",
        "统一社会信用代码应为 18 位大写字母和数字",
        "A unified social credit code has 18 digits and capital letters"
    );

    /// <summary>Too many today.</summary>
    public static readonly Refusal TooManyClaims = new(
        "claim.too-many",
        "今天对该商家的认领次数过多，请明天再试",
        "This merchant was claimed too often today; try again tomorrow"
    );

    /// <summary>Unknown, or no longer where this could happen.</summary>
    public static readonly Refusal ClaimNotOpen = new(
        "claim.not-open",
        "该认领申请不在可处理的状态",
        "This claim is not in a state where that can be done"
    );

    /// <summary>One answer for wrong, used and expired codes.</summary>
    public static readonly Refusal ClaimCodeWrong = new(
        "claim.code",
        "验证码不对或已失效。可重新提交认领申请。",
        "The code is wrong or no longer valid. You can make the claim again."
    );

    /// <summary>Somebody claims this entry.</summary>
    public Decided<MerchantEvent> AskClaim(
        Guid claim,
        string uscc,
        Guid licence,
        ClaimApplicant applicant,
        DateTimeOffset now
    )
    {
        if (MayClaim(now) is { } no)
            return no;
        if (!CreditCode.HasForm(uscc))
            return CreditCodeForm;
        var isChecked = CreditCode.IsChecked(uscc) && CreditCode.IsOrganisationChecked(uscc);
        return new MerchantEvent.ClaimAsked(claim, uscc, isChecked, licence) { Applicant = applicant };
    }

    /// <summary>Why nobody can claim it now, or null.</summary>
    public Refusal? MayClaim(DateTimeOffset now) =>
        Enrolled ? AlreadyEnrolled
        : !HasContact || MergedInto is not null ? NothingToProve
        : Claims.Count(c => c.AskedAt > now.AddDays(-1)) >= ClaimsADayMax ? TooManyClaims
        : null;

    /// <summary>The right code was typed.</summary>
    public Decided<MerchantEvent> ProveClaim(Guid claim, DateTimeOffset now) =>
        !Enrolled
        && MergedInto is null
        && Find(claim) is { State: ClaimState.Asked } asked
        && now < asked.AskedAt + ClaimCodeLives
            ? new MerchantEvent.ClaimProven(claim)
            : ClaimNotOpen;

    /// <summary>It is this merchant: the claim, and enrolment.</summary>
    public Decided<MerchantEvent> ApproveClaim(Guid claim, Guid account, string reason) =>
        Enrolled ? AlreadyEnrolled
        : MergedInto is not null ? IsMerged
        : Find(claim) is { State: ClaimState.Proven }
            ? new MerchantEvent.ClaimApproved(claim, account) { Reason = reason }
        : ClaimNotOpen;

    /// <summary>It is not, or the papers do not show it.</summary>
    public Decided<MerchantEvent> RefuseClaim(Guid claim, string reason) =>
        Find(claim) is { State: ClaimState.Proven }
            ? new MerchantEvent.ClaimRefused(claim) { Reason = reason }
            : ClaimNotOpen;

    /// <summary>A claim of this entry, or null.</summary>
    public MerchantClaim? Find(Guid claim) => Claims.FirstOrDefault(c => c.Id == claim);

    private Merchant AfterClaim(MerchantEvent happened, DateTimeOffset at) =>
        happened switch
        {
            MerchantEvent.ClaimAsked e => this with
            {
                Claims = Claims.Add(new(e.Claim, e.Uscc, e.UsccChecked, e.Licence, at, ClaimState.Asked)),
            },
            MerchantEvent.ClaimProven e => Moved(e.Claim, ClaimState.Proven),
            MerchantEvent.ClaimApproved e => Moved(e.Claim, ClaimState.Approved) with { Uscc = Find(e.Claim)!.Uscc },
            MerchantEvent.ClaimRefused e => Moved(e.Claim, ClaimState.Refused),
            _ => AfterStatement(happened),
        };

    private Merchant Moved(Guid claim, ClaimState state) =>
        this with
        {
            Claims = [.. Claims.Select(c => c.Id == claim ? c with { State = state } : c)],
        };
}
