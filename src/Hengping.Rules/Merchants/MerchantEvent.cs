namespace Hengping.Rules.Merchants;

/// <summary>How to reach a merchant's after-sales desk. Sealed with the merchant's own key.</summary>
/// <param name="Phone">Digits, or null.</param>
/// <param name="Email">Address, or null.</param>
public sealed record AfterSalesContact(string? Phone, string? Email);

/// <summary>What can happen to a merchant's entry.</summary>
public abstract record MerchantEvent
{
    private MerchantEvent() { }

    /// <summary>A merchant is known: added by staff, by an import, or by name in a complaint.</summary>
    /// <param name="Name">The exact trimmed text: no merging by case or inner spaces.</param>
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
    }

    /// <summary>入驻: it takes part; from now on it is graded.</summary>
    public sealed record Enrolled : MerchantEvent;

    /// <summary>退出.</summary>
    public sealed record Left(string Reason) : MerchantEvent;

    /// <summary>Its after-sales contact changed.</summary>
    public sealed record ContactChanged(bool HasContact) : MerchantEvent
    {
        [Secret]
        public AfterSalesContact? Contact { get; init; }
    }

    /// <summary>Its sector changed; a list uses the sector at its as-of.</summary>
    public sealed record SectorChanged(string Sector) : MerchantEvent;

    /// <summary>Two entries of one merchant; reversible. Cases count for <paramref name="Into"/>.</summary>
    public sealed record Merged(Guid Into, string Reason) : MerchantEvent;

    /// <summary>The merge was undone.</summary>
    public sealed record Unmerged(string Reason) : MerchantEvent;
}
