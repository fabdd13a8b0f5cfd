using Hengping.Rules.Fields;

namespace Hengping.Rules.Merchants;

/// <summary>退出: since when it takes part no more, and why. Both stand on its public page.</summary>
public sealed record Withdrawal(DateTimeOffset At, string Reason);

/// <summary>The after-sales contact on file, and the one before while that can be put back.</summary>
public readonly record struct ContactOnFile(
    AfterSalesContact? Now,
    AfterSalesContact? Before = null,
    bool IsFresh = false
)
{
    /// <summary>What is on file after an event that was opened with the merchant's key.</summary>
    public ContactOnFile After(MerchantEvent happened) =>
        happened switch
        {
            MerchantEvent.Added e => new(e.Contact),
            MerchantEvent.ContactChanged e => new(e.Contact, Now, IsFresh: true),
            MerchantEvent.Undone when IsFresh => new(Before),
            _ => new(Now),
        };
}

/// <summary>What staff keep of an entry: name, sector, code, contact, enrolment; and the way back.</summary>
public sealed partial record Merchant
{
    /// <summary>How long the last change can be taken back, as long as nothing came after it.</summary>
    public static readonly TimeSpan UndoLives = TimeSpan.FromMinutes(10);

    /// <summary>Longest reason, in characters as a person counts them.</summary>
    public const int ReasonLengthMax = 200;

    private const int PhoneDigitsOfService = 10;

    /// <summary>It is so already.</summary>
    public static readonly Refusal AsItWas = new("merchant.as-it-was", "内容没有变化", "Nothing would change");

    /// <summary>Nobody could be asked to answer.</summary>
    public static readonly Refusal ContactNeeded = new(
        "merchant.contact-needed",
        "入驻商家需要有售后联系方式，否则投诉无法送达",
        "An enrolled merchant needs an after-sales contact, or complaints reach nobody"
    );

    /// <summary>Neither a phone of the mainland nor a service number.</summary>
    public static readonly Refusal ContactPhone = new(
        "merchant.phone",
        "请填写手机号、带区号的固定电话，或 400、800 开头的 10 位电话",
        "Give a mobile, a landline with its area code, or a 10-digit number that begins with 400 or 800"
    );

    /// <summary>Its cases count elsewhere.</summary>
    public static readonly Refusal IsMerged = new(
        "merchant.merged",
        "该商家已合并，请在合并后的商家上修改",
        "This entry was merged; change the one it was merged into"
    );

    /// <summary>Too late, or something happened since.</summary>
    public static readonly Refusal NothingToUndo = new(
        "merchant.nothing-to-undo",
        "没有可以撤销的修改：已过 10 分钟，或之后又有变化",
        "There is nothing to undo: ten minutes are over, or something happened since"
    );

    /// <summary>Another entry has this credit code; two shops of one company may both be there.</summary>
    public static readonly Refusal CreditCodeTaken = new(
        "merchant.credit-code-taken",
        "已有商家使用这个统一社会信用代码；同一公司的另一家店，请勾选“确认不是重复”",
        "Another entry has this credit code; if it is another shop of one company, tick “it is not the same”"
    );

    /// <summary>Another entry's name differs only in spaces, case or the legal form.</summary>
    public static readonly Refusal NameAlike = new(
        "merchant.name-alike",
        "已有名称非常相近的商家；如果确实是另一家，请勾选“确认不是重复”",
        "An entry of a very similar name is there; if this is another merchant, tick “it is not the same”"
    );

    /// <summary>Enrolled since; null while it is not.</summary>
    public DateTimeOffset? EnrolledAt { get; init; }

    /// <summary>When and why it left, while it stays away; null otherwise.</summary>
    public Withdrawal? Withdrawn { get; init; }

    /// <summary>When staff last changed it, while nothing else followed; null otherwise.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    // The entry before its last change: what an undo restores.
    private Merchant? Before { get; init; }

    /// <summary>更名.</summary>
    public Decided<MerchantEvent> Rename(string name)
    {
        var trimmed = PlainText.Name(name) ?? "";
        return MergedInto is not null ? IsMerged
            : !IsName(trimmed) ? NameNeeded
            : trimmed == Name ? AsItWas
            : new MerchantEvent.Renamed(trimmed) { Held = FoldedName.Of(trimmed) };
    }

    /// <summary>改行业. A list uses the sector at its as-of.</summary>
    public Decided<MerchantEvent> MoveTo(string sector) =>
        MergedInto is not null ? IsMerged
        : sector == Sector ? AsItWas
        : new MerchantEvent.SectorChanged(sector);

    /// <summary>标为平台, or no longer.</summary>
    public Decided<MerchantEvent> Mark(bool platform) =>
        MergedInto is not null ? IsMerged
        : platform == Platform ? AsItWas
        : new MerchantEvent.PlatformMarked(platform);

    /// <summary>更正信用代码; null takes it away.</summary>
    public Decided<MerchantEvent> SetCreditCode(string? code) =>
        MergedInto is not null ? IsMerged
        : code is not null && !CreditCode.HasForm(code) ? CreditCodeForm
        : code == Uscc ? AsItWas
        : new MerchantEvent.CreditCodeSet(code);

    /// <summary>改售后联系方式; an empty one takes it away.</summary>
    /// <param name="wanted">Checked by <see cref="ReadPhone"/> and as an address.</param>
    /// <param name="onFile">What is known now: the state does not hold it.</param>
    public Decided<MerchantEvent> Reach(AfterSalesContact wanted, AfterSalesContact? onFile)
    {
        var reachable = wanted.Phone is not null || wanted.Email is not null;
        return MergedInto is not null ? IsMerged
            : wanted == (onFile ?? new AfterSalesContact(null, null)) ? AsItWas
            : !reachable && Enrolled ? ContactNeeded
            : new MerchantEvent.ContactChanged(reachable) { Contact = reachable ? wanted : null };
    }

    /// <summary>入驻 by staff: it can be reached, and is no entry that counts elsewhere.</summary>
    public Decided<MerchantEvent> Admit() =>
        MergedInto is not null ? IsMerged
        : !HasContact && !Enrolled ? ContactNeeded
        : Enrol();

    /// <summary>The last change of staff can be taken back.</summary>
    public bool MayUndo(DateTimeOffset now) => ChangedAt is { } at && now - at < UndoLives;

    /// <summary>撤销: the entry is as it was before its last change.</summary>
    public Decided<MerchantEvent> Undo(DateTimeOffset now) => MayUndo(now) ? new MerchantEvent.Undone() : NothingToUndo;

    /// <summary>Digits of an after-sales phone; null where it is none.</summary>
    public static string? ReadPhone(string? typed)
    {
        if (PhoneNumber.Normalise(typed) is { } phone)
            return phone;
        var digits = new string([.. (PlainText.Plain(typed) ?? "").Where(c => c is not ('-' or ' '))]);
        var isService =
            digits.Length == PhoneDigitsOfService && digits.All(char.IsAsciiDigit) && digits[..3] is "400" or "800";
        return isService ? digits : null;
    }

    /// <summary>A name with what people write in different ways taken out: two alike are likely one merchant.</summary>
    public static string Gist(string name)
    {
        var plain = FoldedName.Of(name);
        foreach (var form in LegalForms)
            if (plain.EndsWith(form, StringComparison.Ordinal) && plain.Length > form.Length + 1)
                plain = plain[..^form.Length];
        return new string([.. plain.Where(char.IsLetterOrDigit)]);
    }

    private static readonly string[] LegalForms =
    [
        "股份有限公司",
        "有限责任公司",
        "有限公司",
        "公司",
        "官方旗舰店",
        "旗舰店",
        "专营店",
        "专卖店",
        ",inc.",
        " inc",
        " llc",
        " co.,ltd.",
        " ltd",
    ];

    /// <summary>A cleaned text that can be a name: neither too long, nor made of what nobody sees.</summary>
    public static bool IsName(string trimmed) =>
        trimmed.Length is > 0 and <= NameLengthMax && !trimmed.Any(char.IsControl) && FoldedName.Of(trimmed).Length > 0;

    private Merchant AfterUpkeep(MerchantEvent happened, DateTimeOffset at)
    {
        if (happened is MerchantEvent.Undone)
            return Before ?? this;
        Merchant? after = happened switch
        {
            MerchantEvent.Enrolled => this with { Enrolled = true, EnrolledAt = at, Withdrawn = null },
            MerchantEvent.Left e => this with { Enrolled = false, EnrolledAt = null, Withdrawn = new(at, e.Reason) },
            MerchantEvent.ContactChanged e => this with { HasContact = e.HasContact },
            MerchantEvent.SectorChanged e => this with { Sector = e.Sector },
            MerchantEvent.Renamed e => this with { Name = e.Name, Held = e.Held ?? e.Name },
            MerchantEvent.PlatformMarked e => this with { Platform = e.Platform },
            MerchantEvent.CreditCodeSet e => this with { Uscc = e.Uscc },
            _ => null,
        };
        if (after is null)
            return (this with { Before = null, ChangedAt = null }).AfterMerge(happened, at);
        // An approved claim enrols in the same commit: that is no change of staff to be taken back alone.
        return happened is MerchantEvent.Enrolled && Claims.Exists(c => c.State == ClaimState.Approved)
            ? after with
            {
                Before = null,
                ChangedAt = null,
            }
            : after with
            {
                Before = this with { Before = null, ChangedAt = null },
                ChangedAt = at,
            };
    }
}
