namespace Hengping.Rules.Complaints;

/// <summary>Where a complaint stands (rules.md §2, "Complaint life").</summary>
public enum Status
{
    /// <summary>待审核.</summary>
    Filed,

    /// <summary>退回补充.</summary>
    Returned,

    /// <summary>不予受理.</summary>
    Declined,

    /// <summary>已递交: the reply clock runs.</summary>
    Delivered,

    /// <summary>未有效处理: the merchant is not reached yet.</summary>
    Unreached,

    /// <summary>异议核实中.</summary>
    Contested,

    /// <summary>已回复.</summary>
    Replied,

    /// <summary>调解中.</summary>
    InMediation,

    /// <summary>已和解.</summary>
    Settled,

    /// <summary>终止调解.</summary>
    Terminated,

    /// <summary>已撤回.</summary>
    Withdrawn,

    /// <summary>已办结.</summary>
    Closed,
}

/// <summary>Who complains: consumers against shops, or merchants against platforms. Never in one list.</summary>
public enum Side
{
    /// <summary>消费者.</summary>
    Consumer,

    /// <summary>商家.</summary>
    Merchant,
}

/// <summary>For whom it is filed.</summary>
public enum FiledFor
{
    /// <summary>本人.</summary>
    Self,

    /// <summary>未成年子女: through a guardian, never published.</summary>
    Child,

    /// <summary>代他人: with a power of attorney.</summary>
    Other,

    /// <summary>本人, 14 to 17 years old: a guardian agrees to what they settle or give up.</summary>
    Minor,
}

/// <summary>
/// Triage: P0 personal safety, P1 fraud, many claimants or amount ≥ 10,000, P2 1,000–10,000, P3 the rest.
/// </summary>
public enum Priority
{
    /// <summary>Personal safety: first in every queue.</summary>
    P0,

    /// <summary>Fraud, many claimants, or ≥ 10,000 CNY.</summary>
    P1,

    /// <summary>1,000–10,000 CNY, or a vulnerable person.</summary>
    P2,

    /// <summary>The rest.</summary>
    P3,
}

/// <summary>A party of a case, or the one between them.</summary>
public enum Party
{
    /// <summary>投诉人.</summary>
    Claimant,

    /// <summary>被投诉人.</summary>
    Respondent,

    /// <summary>调解员.</summary>
    Mediator,

    /// <summary>The clock: what the rules do by themselves.</summary>
    Clock,
}

/// <summary>Whether the claimant says the matter is solved.</summary>
public enum Resolved
{
    /// <summary>已解决.</summary>
    Yes,

    /// <summary>部分解决.</summary>
    Partly,

    /// <summary>未解决.</summary>
    No,
}

/// <summary>Why a respondent contests a complaint.</summary>
public enum ContestGround
{
    /// <summary>非本店订单.</summary>
    NotOurOrder,

    /// <summary>主体错误.</summary>
    WrongCompany,

    /// <summary>此前已解决.</summary>
    AlreadySettled,

    /// <summary>疑似同行恶意.</summary>
    Competitor,
}

/// <summary>What a mediator makes of a contest.</summary>
public enum ContestDecision
{
    /// <summary>转给正确的被投诉人: a new delivery.</summary>
    Redirect,

    /// <summary>剔除: out of the base, with reason.</summary>
    Exclude,

    /// <summary>驳回: the clock counts from the first delivery.</summary>
    Reject,
}

/// <summary>Why a case is closed.</summary>
public enum ClosedBecause
{
    /// <summary>Settled and performed.</summary>
    Performed,

    /// <summary>Replied, and no reaction of the claimant for 15 days.</summary>
    NoReaction,

    /// <summary>Delivered, and no answer for 30 days.</summary>
    Unanswered,

    /// <summary>Mediation was terminated.</summary>
    Terminated,

    /// <summary>A mediator closed it.</summary>
    ByMediator,

    /// <summary>The source of an import closed it.</summary>
    BySource,
}

/// <summary>Separate consents (个人信息保护法): each may be given and withdrawn alone.</summary>
/// <param name="PassOn">Pass the case to this respondent by name.</param>
/// <param name="Publish">Publish a redacted story.</param>
/// <param name="Call">The respondent may be given the phone number.</param>
/// <param name="Sensitive">Use what the case holds of sensitive data (health, a child under 14, an id) for handling
/// it: 个人信息保护法 art. 29 asks for this apart from the rest.</param>
public sealed record Consents(bool PassOn, bool Publish, bool Call, bool Sensitive = false)
{
    /// <summary>Version of the privacy notice they were given under; null where the site had none.</summary>
    public int? PrivacyVersion { get; init; }

    /// <summary>Version of the user agreement they were given under; null where the site had none.</summary>
    public int? AgreementVersion { get; init; }

    /// <summary>Whether something is given here that was not given before.</summary>
    public bool GivesMoreThan(Consents? before) =>
        (PassOn && before?.PassOn != true)
        || (Publish && before?.Publish != true)
        || (Call && before?.Call != true)
        || (Sensitive && before?.Sensitive != true);
}

/// <summary>How to reach the claimant of one case. Sealed with the person's key.</summary>
/// <param name="Name">True name.</param>
/// <param name="Phone">Mainland mobile or landline, digits.</param>
/// <param name="Email">Optional.</param>
public sealed record Contact(string Name, string Phone, string? Email);

/// <summary>销售者: who sold it on a platform. Sealed with the case's key.</summary>
/// <param name="Name">Real name, as on its licence or identity card.</param>
/// <param name="Contact">Address, phone or another way that reaches it.</param>
public sealed record Seller(string Name, string Contact);

/// <summary>The texts of a filing. Sealed with the case's key.</summary>
/// <param name="Text">The story, 10–5,000 characters (0–64,000 from an import).</param>
/// <param name="ShopName">The shop on the platform, if any.</param>
/// <param name="ShopUrl">Its address.</param>
/// <param name="GoodsUrl">The goods' address.</param>
/// <param name="OrderNo">The order number.</param>
/// <param name="MerchantAnswer">What the merchant said before, if asked.</param>
/// <param name="PowerOfAttorney">Matters, powers and term, or the guardian's relation.</param>
public sealed record Story(
    string Text,
    string? ShopName = null,
    string? ShopUrl = null,
    string? GoodsUrl = null,
    string? OrderNo = null,
    string? MerchantAnswer = null,
    string? PowerOfAttorney = null
)
{
    /// <summary>Where the offer was seen.</summary>
    public SeenOn? SeenOn { get; init; }

    /// <summary>Who stands behind a live broadcast.</summary>
    public LiveParties? Live { get; init; }

    /// <summary>自营: the goods were marked as sold by the platform itself, which answers as seller (电商法
    /// art. 37).</summary>
    public bool? SelfOperated { get; init; }

    /// <summary>What a chosen "other" is.</summary>
    public OtherSaid? Other { get; init; }
}

/// <summary>Where an imported complaint comes from.</summary>
/// <param name="Source">The mapping, as <c>cfpb</c>.</param>
/// <param name="Key">The row's own id, or the hash of its cells.</param>
/// <param name="Tags">What the source says and our taxonomy does not hold: product, issue, original demand
/// words.</param>
public sealed record Imported(string Source, string Key, IReadOnlyDictionary<string, string> Tags);

/// <summary>Hits of the word list: they send the words to a human, and hold nothing back.</summary>
/// <param name="Version">The version of the list that counted.</param>
public sealed record Marking(int Hits, int Version);
