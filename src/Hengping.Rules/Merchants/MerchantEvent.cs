namespace Hengping.Rules.Merchants;

/// <summary>How to reach a merchant's after-sales desk. Sealed with the merchant's own key.</summary>
/// <param name="Phone">Digits, or null.</param>
/// <param name="Email">Address, or null.</param>
public sealed record AfterSalesContact(string? Phone, string? Email);

/// <summary>Who claims a merchant. Sealed with the merchant's own key.</summary>
/// <param name="Phone">Mobile, 11 digits; later the sign-in name.</param>
/// <param name="PasswordHash">Salted hash of the password they will sign in with.</param>
public sealed record ClaimApplicant(string Name, string Phone, string PasswordHash);

/// <summary>What can happen to a merchant's entry.</summary>
public abstract record MerchantEvent
{
    private MerchantEvent() { }

    /// <summary>A merchant is known: added by staff, by an import, or by name in a complaint.</summary>
    /// <param name="Name">The text as it was given, trimmed and clean.</param>
    /// <param name="Sector">A code of the taxonomy; <c>other</c> where nobody said.</param>
    /// <param name="Uscc">统一社会信用代码, optional.</param>
    /// <param name="Platform">Others sell on it.</param>
    /// <param name="Origin">staff, import:cfpb, complaint, demo.</param>
    public sealed record Added(string Name, string Sector, string? Uscc, bool Platform, string Origin) : MerchantEvent
    {
        [Secret]
        public AfterSalesContact? Contact { get; init; }

        /// <summary>There is a contact (the contact itself is sealed): without one there is no grade.</summary>
        public bool HasContact { get; init; }

        /// <summary>The folded name, which no other entry may have. In logs from before: the exact name.</summary>
        public string? Held { get; init; }
    }

    /// <summary>入驻: it takes part; from now on it is graded.</summary>
    public sealed record Enrolled : MerchantEvent;

    /// <summary>退出: it is graded no more. The reason is public: it names nobody.</summary>
    public sealed record Left(string Reason) : MerchantEvent;

    /// <summary>Its after-sales contact changed.</summary>
    public sealed record ContactChanged(bool HasContact) : MerchantEvent
    {
        [Secret]
        public AfterSalesContact? Contact { get; init; }
    }

    /// <summary>Its sector changed; a list uses the sector at its as-of.</summary>
    public sealed record SectorChanged(string Sector) : MerchantEvent;

    /// <summary>更名: its cases stay; a published list keeps the name of its day.</summary>
    public sealed record Renamed(string Name) : MerchantEvent
    {
        /// <summary>As in <see cref="Added"/>.</summary>
        public string? Held { get; init; }
    }

    /// <summary>Others sell on it, or no longer.</summary>
    public sealed record PlatformMarked(bool Platform) : MerchantEvent;

    /// <summary>Its credit code was put right; null where there is none.</summary>
    public sealed record CreditCodeSet(string? Uscc) : MerchantEvent;

    /// <summary>撤销: the event before this one is taken back.</summary>
    public sealed record Undone : MerchantEvent;

    /// <summary>Two entries of one merchant; reversible. Cases count for <paramref name="Into"/>.</summary>
    public sealed record Merged(Guid Into, string Reason) : MerchantEvent;

    /// <summary>认领: somebody says they are this merchant. What they say of themselves is sealed.</summary>
    /// <param name="UsccChecked">Its check digits hold; some legal early codes fail.</param>
    /// <param name="Licence">Evidence id of the business licence; only staff read it.</param>
    public sealed record ClaimAsked(Guid Claim, string Uscc, bool UsccChecked, Guid Licence) : MerchantEvent
    {
        /// <summary>Slot of the applicant's own key, that of their account later: it goes when they go. None in logs
        /// from before.</summary>
        public long? Key { get; init; }

        /// <summary>In which the applicant is told; null is Chinese.</summary>
        public string? Language { get; init; }

        [Secret(KeyOf.Person)]
        public ClaimApplicant? Applicant { get; init; }
    }

    /// <summary>The code that went to the contact on file was typed: they read that contact's messages.</summary>
    public sealed record ClaimProven(Guid Claim) : MerchantEvent;

    /// <summary>Staff found it to be this merchant; an account of its own was opened.</summary>
    public sealed record ClaimApproved(Guid Claim, Guid Account) : MerchantEvent
    {
        [Secret]
        public string? Reason { get; init; }
    }

    /// <summary>Staff did not.</summary>
    public sealed record ClaimRefused(Guid Claim) : MerchantEvent
    {
        [Secret]
        public string? Reason { get; init; }
    }

    /// <summary>发布声明: its own words for its public page.</summary>
    /// <param name="Withdrawn">It takes them back: there is no text.</param>
    public sealed record Stated(bool Withdrawn) : MerchantEvent
    {
        [Secret]
        public string? Text { get; init; }
    }

    /// <summary>撤下声明: staff took the words down.</summary>
    public sealed record StatementRemoved : MerchantEvent
    {
        [Secret]
        public string? Reason { get; init; }
    }

    /// <summary>The merge was undone.</summary>
    public sealed record Unmerged(string Reason) : MerchantEvent;
}
