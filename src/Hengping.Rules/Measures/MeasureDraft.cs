using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;
using Hengping.Rules.RuleRegister;

namespace Hengping.Rules.Measures;

/// <summary>A measure as somebody wants it, with what is known of it; the words are checked.</summary>
/// <param name="Clause">In force on the day of the facts; null where none was.</param>
public sealed record MeasureDraft(
    MeasureKind Kind,
    MeasureAddressee Addressee,
    MeasureTarget Target,
    MeasureReason Reason,
    ClauseRef? Clause,
    DateOnly FactsOn,
    MeasureWords Words
)
{
    public MeasureSource Source { get; init; }
    public bool DetectedByMachine { get; init; }
    public Automation Automation { get; init; }
    public bool IsUrgent { get; init; }
    public DateOnly? EndsOn { get; init; }
    public decimal? Amount { get; init; }
    public ClosingCause? Cause { get; init; }
    public IReadOnlyList<Guid> Evidence { get; init; } = [];

    /// <summary>The addressee waits for a human whom they asked for.</summary>
    public bool AskedForHuman { get; init; }
}

/// <summary>The terms of a new measure, counted by the rulebook.</summary>
/// <param name="AnswerBy">Of a heavy one.</param>
/// <param name="UrgentBy">A signature is due by then where it is in effect before.</param>
/// <param name="LookBy">A human looks at it by then.</param>
public sealed record MeasureTerms(DateTimeOffset? AnswerBy, DateTimeOffset? UrgentBy, DateTimeOffset? LookBy);

/// <summary>How a measure begins.</summary>
public sealed partial record Measure
{
    /// <summary>Characters of the facts, at least: a sentence that says what was found.</summary>
    public const int FactsMin = 20;

    /// <summary>Characters of the facts at most; as the statement of reasons that it maps to.</summary>
    public const int FactsMax = 5_000;

    /// <summary>Characters of any other text of the paper.</summary>
    public const int TextMax = 2_000;

    /// <summary>Files of evidence of each side: what the desk brings takes nothing from the addressee.</summary>
    public const int EvidenceMax = 20;

    /// <summary>CNY.</summary>
    public const decimal AmountMax = 10_000_000;

    /// <summary>Years ahead that a restriction can end: what is longer is looked at again.</summary>
    public const int YearsMax = 3;

    /// <summary>A restriction without an end.</summary>
    public static readonly Refusal NeedsEnd = new(
        "measure.needs-end",
        "请写明结束日期或解除条件（例如复检合格、补正证书）",
        "Give an end date, or the condition that ends it (a passed re-inspection, a certificate shown)"
    );

    /// <summary>Goods that nobody may sell.</summary>
    public static readonly Refusal HasNoEnd = new(
        "measure.has-no-end",
        "违禁品不得恢复销售，不能写结束日期",
        "Prohibited goods do not come back on sale; leave the end date out"
    );

    /// <summary>Not urgent.</summary>
    public static readonly Refusal NotUrgent = new(
        "measure.not-urgent",
        "只有人身安全、许可证或CCC证书过期不符、违禁品可以先行处置",
        "Only danger to persons, an expired or mismatched licence or CCC, and prohibited goods go before the signature"
    );

    /// <summary>Not about that.</summary>
    public static readonly Refusal WrongTarget = new(
        "measure.wrong-target",
        "这种措施不能针对这类对象",
        "This kind of measure is not taken against this kind of target"
    );

    /// <summary>A shop is no person's account.</summary>
    public static readonly Refusal WrongAddressee = new(
        "measure.wrong-addressee",
        "对个人账号只能警示、关注、限权或列入黑名单；对商家请选择店铺、商品或类目",
        "A person's account is warned, watched, restricted or listed; of a merchant choose shop, listing or category"
    );

    /// <summary>The day of the facts, today at the latest, the end after today.</summary>
    public static void CheckDays(DateOnly? factsOn, DateOnly? endsOn, FieldFaults faults, DateTimeOffset now)
    {
        var today = Shanghai.DayOf(now);
        faults.If(factsOn is null, "factsOn", Fault.Required);
        faults.If(factsOn > today, "factsOn", Fault.InTheFuture);
        if (endsOn is { } end && WhyNotDay(end, now) is { } no)
            faults.Add("endsOn", no);
    }

    /// <summary>Why a day is no last day of a measure: it ends after today, and within what can be foreseen.</summary>
    public static Refusal? WhyNotDay(DateOnly endsOn, DateTimeOffset now)
    {
        var today = Shanghai.DayOf(now);
        return endsOn <= today ? Fault.InThePast
            : endsOn > today.AddYears(YearsMax) ? TooLong
            : null;
    }

    /// <summary>It would be left out without a word.</summary>
    public static readonly Refusal NotOfThisKind = new(
        "measure.not-of-this-kind",
        "这种措施没有这一项，请清空，或者换一种措施",
        "A measure of this kind has no such thing: leave it out, or choose another kind"
    );

    /// <summary>It could never be signed.</summary>
    public static readonly Refusal EndsInNotice = new(
        "measure.ends-in-notice",
        "关闭店铺要先听取陈述，再提前30天通知；结束日期应晚于通知期满",
        "Closing a shop is announced, and then 30 days' notice given: the end must come after both"
    );

    /// <summary>One paper, one addressee.</summary>
    public static readonly Refusal OneAddressee = new(
        "measure.one-addressee",
        "一项措施只能针对一个对象，请在商家和个人账号中选一个",
        "A measure is addressed to one: choose the merchant or the person's account"
    );

    /// <summary>Nobody could be reached there.</summary>
    public static readonly Refusal NoContact = new(
        "measure.holder-contact",
        "请填写权利人的手机号、固定电话或邮箱，商家的声明会发到那里",
        "Give the phone or mail address of the holder of the right: the shop's statement goes there"
    );

    /// <summary>Longer than anybody can foresee.</summary>
    public static readonly Refusal TooLong = new(
        "measure.too-long",
        $"期限最长{YearsMax}年；到期前可以重新审查",
        $"At most {YearsMax} years; before that ends it can be looked at again"
    );

    /// <summary>How many files one side brings in all.</summary>
    /// <param name="before">What it brought already.</param>
    public static void CheckFiles(int before, int more, FieldFaults faults) =>
        faults.If(before + more > EvidenceMax, "evidence", Fault.TooMany(EvidenceMax));

    /// <summary>What fits together and what is missing, by field.</summary>
    public static void Check(MeasureDraft draft, FieldFaults faults)
    {
        var (kind, words) = (draft.Kind, draft.Words);
        faults.If(!MeasureKinds.TargetsOf(kind).Contains(draft.Target.Kind), "target.kind", WrongTarget);
        faults.If(
            draft.Addressee.IsMerchant == (draft.Target.Kind == TargetKind.Account),
            "target.kind",
            WrongAddressee
        );
        var isEndless = MeasureKinds.IsWithoutEnd(kind, draft.Reason);
        faults.If(isEndless && draft.EndsOn is not null, "endsOn", HasNoEnd);
        var hasEnd = draft.EndsOn is not null || words.EndCondition is not null;
        faults.If(!isEndless && MeasureKinds.IsLasting(kind) && !hasEnd, "endsOn", NeedsEnd);
        // Off a black list one comes by itself.
        faults.If(kind == MeasureKind.BlackListed && draft.EndsOn is null, "endsOn", NeedsEnd);
        Need(kind == MeasureKind.Flagged, "metric", words.Metric);
        Need(kind == MeasureKind.Flagged, "threshold", words.Threshold);
        Need(kind == MeasureKind.Flagged, "endCondition", words.EndCondition);
        Need(MeasureKinds.IsMoney(kind), "basis", words.Basis);
        Need(MeasureKinds.IsMoney(kind), "method", words.Method);
        faults.If(MeasureKinds.IsMoney(kind) && draft.Amount is null or 0, "amount", Fault.Required);
        faults.If(!MeasureKinds.IsMoney(kind) && draft.Amount is not null, "amount", NotOfThisKind);
        faults.If(!MeasureKinds.IsLasting(kind) && draft.EndsOn is not null, "endsOn", NotOfThisKind);
        faults.If(kind != MeasureKind.ShopClosed && draft.Cause is not null, "cause", NotOfThisKind);
        Need(kind == MeasureKind.ShopClosed, "openOrders", words.OpenOrders);
        Need(kind == MeasureKind.ShopClosed, "deposits", words.Deposits);
        var isIp = draft.Reason == MeasureReason.IpNotice;
        Need(isIp, "notice", words.Notice);
        Need(isIp, "holder", words.Holder);
        Need(isIp, "holderContact", words.HolderContact);
        faults.If(words.HolderContact is { } contact && !IsContact(contact), "holderContact", NoContact);
        faults.If(isIp && kind != MeasureKind.ListingDown, "reason", WrongTarget);
        Need(draft.Target.Kind == TargetKind.Listing, "target.title", draft.Target.Title);
        faults.If(draft.IsUrgent && !MeasureKinds.IsUrgentGround(draft.Reason), "urgent", NotUrgent);
        void Need(bool isNeeded, string field, string? text) =>
            faults.If(isNeeded && text is null, field, Fault.Required);
    }

    /// <summary>Whether the end of one that needs notice comes after it, even where the addressee takes their time.
    /// </summary>
    /// <param name="notice">When the notice is over, at the latest.</param>
    public static void CheckNotice(MeasureDraft draft, DateTimeOffset notice, FieldFaults faults) =>
        faults.If(
            NeedsNoticeOf(draft.Kind, draft.Cause, draft.IsUrgent)
                && draft.EndsOn is { } day
                && Shanghai.EndOf(day) <= notice,
            "endsOn",
            EndsInNotice
        );

    /// <summary>A shop is closed after thirty days, but for the causes of the law.</summary>
    public static bool NeedsNoticeOf(MeasureKind kind, ClosingCause? cause, bool isUrgent) =>
        kind == MeasureKind.ShopClosed && cause is null && !isUrgent;

    private static bool IsContact(string typed) => PhoneNumber.Normalise(typed) is not null || MailAddress.Is(typed);

    /// <summary>It begins: proposed, announced where it is heavy, in effect where it is urgent.</summary>
    /// <param name="draft">Checked.</param>
    public static Decided<MeasureEvent> Propose(
        string number,
        MeasureDraft draft,
        OperatorKind? kind,
        MeasureTerms terms,
        Guid by
    )
    {
        if (MeasurePower.Why(kind, draft.Kind, draft.IsUrgent) is { } never)
            return never;
        if (draft.Clause is not { } clause)
            return ClauseNotInForce;
        if (draft.AskedForHuman && draft.Automation == Automation.Fully)
            return HumanFirst;
        var isAnnounced = MeasureKinds.IsHeavy(draft.Kind) && !draft.IsUrgent;
        return new MeasureEvent.Proposed(
            number,
            draft.Kind,
            MeasurePower.FormOf(kind),
            draft.Addressee,
            // A person's account has no title: it would be their name.
            draft.Addressee.IsMerchant
                ? draft.Target
                : draft.Target with
                {
                    Title = null,
                    Address = null,
                },
            draft.Reason,
            clause,
            draft.FactsOn,
            draft.Source,
            draft.DetectedByMachine,
            draft.Automation,
            by,
            draft.IsUrgent,
            isAnnounced ? terms.AnswerBy : null,
            isAnnounced ? null
                : draft.IsUrgent ? terms.UrgentBy
                : terms.LookBy,
            MeasureKinds.IsLasting(draft.Kind) ? draft.EndsOn : null,
            MeasureKinds.IsMoney(draft.Kind) ? draft.Amount : null,
            draft.Kind == MeasureKind.ShopClosed ? draft.Cause : null,
            draft.Evidence
        )
        {
            Words = draft.Words,
        };
    }
}
