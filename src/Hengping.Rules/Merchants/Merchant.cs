using System.Collections.Immutable;
using Hengping.Rules.Fields;

namespace Hengping.Rules.Merchants;

/// <summary>An entry to be added.</summary>
/// <param name="Origin">Who names it: staff, a filing, an import.</param>
/// <param name="Enrolled">It takes part from the beginning.</param>
public sealed record NewMerchant(string Name, string Sector, string Origin, bool Enrolled = false)
{
    public string? Uscc { get; init; }
    public bool IsPlatform { get; init; }
    public AfterSalesContact? Contact { get; init; }
}

/// <summary>商家 or 平台: the facts of one entry. A list's sector and enrolment are those at its as-of.</summary>
public sealed partial record Merchant(
    string Name,
    string Sector,
    string? Uscc,
    bool Platform,
    string Origin,
    DateTimeOffset AddedAt
)
{
    /// <summary>Takes part and is graded.</summary>
    public bool Enrolled { get; init; }

    /// <summary>An after-sales contact is known; without one there is no grade.</summary>
    public bool HasContact { get; init; }

    /// <summary>认领 so far, oldest first.</summary>
    public ImmutableList<MerchantClaim> Claims { get; init; } = [];

    /// <summary>Longest name, UTF-16 units.</summary>
    public const int NameLengthMax = 200;

    /// <summary>How the origin of what an import added begins; its source follows.</summary>
    public const string Imported = "import:";

    /// <summary>A name is needed.</summary>
    public static readonly Refusal NameNeeded = new(
        "merchant.name",
        "请填写商家名称（1–200 字）",
        "A merchant needs a name of 1–200 characters"
    );

    /// <summary>Whoever files writes what they know beside the name; the name is public.</summary>
    public static readonly Refusal NameHasNumber = new(
        "merchant.name-number",
        "这里只填商家名称，不要写电话、证件号或银行卡号；这些请写在经过里",
        "Give the merchant's name alone, without phone, id or card numbers; those belong in the story"
    );

    /// <summary>The name stands already, written like this or in another way.</summary>
    public static readonly Refusal NameTaken = new(
        "merchant.name-taken",
        "已有同名商家",
        "A merchant of this name is already there"
    );

    /// <summary>Nothing to do.</summary>
    public static readonly Refusal AlreadyEnrolled = new("merchant.enrolled", "该商家已入驻", "Already enrolled");

    /// <summary>Only an enrolled merchant can leave.</summary>
    public static readonly Refusal NotEnrolled = new("merchant.not-enrolled", "该商家未入驻", "Not enrolled");

    /// <summary>What no other entry may hold: its folded name; of entries from before the exact one.</summary>
    public string Held { get; init; } = Name;

    /// <summary>A merchant is added under its name as given; another of the same folded name there cannot be.</summary>
    public static Decided<MerchantEvent> Add(NewMerchant entry)
    {
        var trimmed = PlainText.Name(entry.Name) ?? "";
        if (!IsName(trimmed))
            return NameNeeded;
        var contact = entry.Contact;
        var reachable = contact is { } c && (c.Phone is not null || c.Email is not null);
        return new MerchantEvent.Added(trimmed, entry.Sector, entry.Uscc, entry.IsPlatform, entry.Origin)
        {
            Held = entry.Origin.StartsWith(Imported, StringComparison.Ordinal)
                ? FoldedName.Cased(trimmed)
                : FoldedName.Of(trimmed),
            HasContact = reachable,
            Contact = reachable ? contact : null,
        };
    }

    /// <summary>入驻.</summary>
    public Decided<MerchantEvent> Enrol() => Enrolled ? AlreadyEnrolled : new MerchantEvent.Enrolled();

    /// <summary>退出.</summary>
    public Decided<MerchantEvent> Leave(string reason) => Enrolled ? new MerchantEvent.Left(reason) : NotEnrolled;

    /// <summary>The entry after an event.</summary>
    public static Merchant Apply(Merchant? merchant, MerchantEvent happened, DateTimeOffset at)
    {
        if (happened is MerchantEvent.Added added)
            return new Merchant(added.Name, added.Sector, added.Uscc, added.Platform, added.Origin, at)
            {
                Held = added.Held ?? added.Name,
                HasContact = added.HasContact,
            };
        ArgumentNullException.ThrowIfNull(merchant);
        return merchant.AfterUpkeep(happened, at);
    }
}
