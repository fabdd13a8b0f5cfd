using System.Text.Json.Serialization;

namespace Hengping.Rules.Complaints;

/// <summary>
/// What can happen to a complaint. Time and author stand beside the event in the log, not in it. Properties marked
/// <see cref="SecretAttribute"/> are sealed with the key of the case (or the person) and read as null after an erasure.
/// </summary>
public abstract partial record ComplaintEvent
{
    private ComplaintEvent() { }

    /// <summary>What the word list found in what a party says with it; null where it found nothing.</summary>
    public Marking? Marked { get; init; }

    /// <summary>递交: filed, from now on the 7-working-day screening clock runs.</summary>
    public sealed record Filed : ComplaintEvent
    {
        public required string Number { get; init; }
        public required Side Side { get; init; }

        /// <summary>The claimant's account; null where a source gives none.</summary>
        public Guid? Claimant { get; init; }

        /// <summary>The complaining merchant, when <see cref="Side"/> is merchant.</summary>
        public Guid? ClaimantMerchant { get; init; }
        public required Guid Respondent { get; init; }

        /// <summary>The shop's own account on the platform, where it has one.</summary>
        public Guid? Shop { get; init; }

        /// <summary>
        /// Keyed hash of claimant, respondent and order: what must not be open twice. Null without an order, and in the
        /// log: it is made of what is sealed.
        /// </summary>
        [JsonIgnore]
        public string? OrderKey { get; init; }

        /// <summary>As logs hold it from before; what it says under print keys of then is not asked.</summary>
        [JsonPropertyName("orderKey")]
        public string? OrderKeyOfBefore { get; init; }

        /// <summary>Keyed hash of <see cref="SourceClaimant"/>; in no log either.</summary>
        [JsonIgnore]
        public string? ClaimantPrint { get; init; }

        /// <summary>True where prints are made of what is sealed here: an order, a claimant of a source.</summary>
        public bool? HasPrints { get; init; }
        public DateOnly? OrderedAt { get; init; }
        public required string Sector { get; init; }
        public required string Problem { get; init; }

        /// <summary>CNY.</summary>
        public decimal? Amount { get; init; }
        public required IReadOnlyList<string> Demands { get; init; }
        public string? Province { get; init; }
        public FiledFor FiledFor { get; init; }
        public Consents? Consents { get; init; }
        public bool LiabilityAccepted { get; init; }
        public required string Channel { get; init; }
        public Priority Priority { get; init; }
        public Priority? PriorityAlone { get; init; }

        /// <summary>The answer to whether anyone was hurt or is in danger; null where nobody asked.</summary>
        public bool? Danger { get; init; }

        /// <summary>What is promised where personal safety is at stake; null otherwise, and before it was.</summary>
        public SafetyTerms? Safety { get; init; }
        public DateTimeOffset? ContactedMerchantAt { get; init; }
        public IReadOnlyList<Guid> Evidence { get; init; } = [];

        /// <summary>When the claimant must have been told accepted or declined. Null for imports.</summary>
        public DateTimeOffset? ScreenBy { get; init; }

        /// <summary>Word-list hits that send the text to a human; never a refusal.</summary>
        public int ScreeningHits { get; init; }

        /// <summary>The version of the list that counted; null for imports, which nobody screens.</summary>
        public int? ScreeningVersion { get; init; }
        public Imported? Imported { get; init; }

        [Secret]
        public Story? Story { get; init; }

        /// <summary>Whom a source names, in the first case of theirs.</summary>
        [Secret]
        public string? SourceClaimant { get; init; }

        [Secret(KeyOf.Person)]
        public Contact? Contact { get; init; }
    }

    /// <summary>退回补充: one notice names all that is missing (一次性告知).</summary>
    public sealed record Returned(IReadOnlyList<string> Missing, DateTimeOffset LapsesAt) : ComplaintEvent
    {
        [Secret]
        public string? Note { get; init; }
    }

    /// <summary>补充后再次提交. Null fields stay as they were.</summary>
    public sealed record Resubmitted(IReadOnlyList<Guid> Evidence, DateTimeOffset? ScreenBy) : ComplaintEvent
    {
        [Secret]
        public string? Supplement { get; init; }
    }

    /// <summary>补充材料: the claimant adds to a complaint that was not screened yet.</summary>
    public sealed record Supplemented(IReadOnlyList<Guid> Evidence) : ComplaintEvent
    {
        [Secret]
        public string? Text { get; init; }
    }

    /// <summary>Returned and not completed in time: withdrawn by the clock.</summary>
    public sealed record Lapsed : ComplaintEvent;

    /// <summary>不予受理, with a reason code of the taxonomy (令121 art. 16).</summary>
    public sealed record Declined(string Reason) : ComplaintEvent
    {
        [Secret]
        public FactorSheet? Sheet { get; init; }

        [Secret]
        public string? Note { get; init; }
    }

    /// <summary>申请复核: once, within 7 days, another mediator looks.</summary>
    public sealed record ReviewAsked : ComplaintEvent
    {
        [Secret]
        public string? Reason { get; init; }
    }

    /// <summary>复核决定, by another mediator: filed again, or it stays as it was.</summary>
    /// <param name="ScreenBy">The new screening deadline, when it was reopened.</param>
    public sealed record ReviewDecided(bool Reopened, DateTimeOffset? ScreenBy) : ComplaintEvent
    {
        [Secret]
        public string? Reason { get; init; }
    }

    /// <summary>A consent was given or withdrawn: from now on, not backwards.</summary>
    public sealed record ConsentsChanged(Consents Consents) : ComplaintEvent;

    /// <summary>Its keys are destroyed, and with them texts and evidence. What ratings need stays.</summary>
    /// <param name="Because">age, or the claimant's request.</param>
    public sealed record Erased(string Because) : ComplaintEvent;

    /// <summary>依法保全: nothing of this case is erased until it is lifted.</summary>
    /// <param name="Ground">A code of the taxonomy.</param>
    public sealed record HoldPlaced(string Ground) : ComplaintEvent
    {
        [Secret]
        public string? Reason { get; init; }
    }

    /// <summary>保全解除.</summary>
    public sealed record HoldLifted(string Ground) : ComplaintEvent
    {
        [Secret]
        public string? Reason { get; init; }
    }

    /// <summary>递交: the respondent has it. The first delivery to a respondent starts the reply clock.</summary>
    /// <param name="PublicId">Random id of this respondent's case in open data; never the case number.</param>
    /// <param name="Respondent">Who received it.</param>
    /// <param name="First">False when the same respondent had it before: neither period nor clock moves.</param>
    public sealed record Delivered(string PublicId, Guid Respondent, bool First) : ComplaintEvent;

    /// <summary>
    /// 未有效处理: tried, with the dates and ways of the attempts (public from 3 by 2 ways over 5 working days).
    /// </summary>
    public sealed record Unreached(IReadOnlyList<Attempt> Attempts) : ComplaintEvent;

    /// <summary>催办: a reminder with record; by the clock, or by a mediator.</summary>
    public sealed record Chased(int Count, bool ByClock) : ComplaintEvent;

    /// <summary>The clock offers mediation or referral on day 10.</summary>
    public sealed record MediationOffered : ComplaintEvent;

    /// <summary>异议, before the first reply.</summary>
    public sealed record Contested(ContestGround Ground, IReadOnlyList<Guid> Evidence, DateTimeOffset AnswerBy)
        : ComplaintEvent
    {
        [Secret]
        public string? Note { get; init; }
    }

    /// <summary>
    /// 异议处理结果. A redirect is a new delivery to <paramref name="Respondent"/> under a new public id.
    /// </summary>
    public sealed record ContestDecided(ContestDecision Decision, Guid? Respondent, string? PublicId) : ComplaintEvent
    {
        [Secret]
        public string? Reason { get; init; }
    }

    /// <summary>回复.</summary>
    /// <param name="Valid">有效回复, decided by rule when it arrives.</param>
    /// <param name="Validity">Why: a code of Rules/Complaints/ReplyValidity.</param>
    public sealed record Replied(bool Valid, string Validity) : ComplaintEvent
    {
        public IReadOnlyList<Guid> Evidence { get; init; } = [];

        /// <summary>
        /// False when the source of an import does not say when; then <see cref="SourceTimely"/> counts.
        /// </summary>
        public bool InstantKnown { get; init; } = true;

        /// <summary>The source's own flag: true 1.0, false or none 0.</summary>
        public bool? SourceTimely { get; init; }

        [Secret]
        public string? Text { get; init; }
    }

    /// <summary>A side does not agree with how a reply counts: a mediator is to look at it.</summary>
    /// <param name="ReplyVersion">The stream version of the reply.</param>
    public sealed record ValidityContested(int ReplyVersion, Party By) : ComplaintEvent
    {
        [Secret]
        public string? Reason { get; init; }
    }

    /// <summary>A mediator looked at a reply's validity again on request of either side.</summary>
    /// <param name="ReplyVersion">The stream version of the reply.</param>
    public sealed record ValidityDecided(int ReplyVersion, bool Valid, string Reason) : ComplaintEvent;

    /// <summary>留言.</summary>
    public sealed record MessageSent(Party From, IReadOnlyList<Guid> Evidence) : ComplaintEvent
    {
        [Secret]
        public string? Text { get; init; }
    }

    /// <summary>"Not solved": the claimant asks for mediation.</summary>
    public sealed record NotSolved : ComplaintEvent
    {
        /// <summary>When the mediation must have ended.</summary>
        public DateTimeOffset? EndBy { get; init; }
    }

    /// <summary>进入调解.</summary>
    public sealed record MediationBegan(DateTimeOffset EndBy) : ComplaintEvent;

    /// <summary>中止: testing, appraisal; the clock pauses.</summary>
    public sealed record Suspended(string Ground) : ComplaintEvent
    {
        [Secret]
        public string? Note { get; init; }
    }

    /// <summary>恢复.</summary>
    public sealed record Resumed(DateTimeOffset EndBy) : ComplaintEvent;

    /// <summary>终止调解, with a reason code of the taxonomy (令121 art. 23).</summary>
    /// <param name="NonAcceptance">The reason is a non-acceptance ground found later: out of the base.</param>
    public sealed record Terminated(string Reason, bool NonAcceptance) : ComplaintEvent
    {
        /// <summary>When both have to have been told; null in logs of 2026-11-28 and before.</summary>
        public DateTimeOffset? TellBy { get; init; }

        /// <summary>Whom the house tells with it: to whom it can write.</summary>
        public IReadOnlyList<Party>? Told { get; init; }

        [Secret]
        public string? Note { get; init; }
    }

    /// <summary>Told 3 days before it closes by itself.</summary>
    public sealed record ClosingTold(DateTimeOffset ClosesAt) : ComplaintEvent;

    /// <summary>办结.</summary>
    public sealed record Closed(ClosedBecause Because) : ComplaintEvent
    {
        /// <summary>An import's own result word and sum.</summary>
        public string? Outcome { get; init; }

        /// <summary>CNY an import says was recovered.</summary>
        public decimal? Recovered { get; init; }
    }

    /// <summary>评分. All are kept, the last one counts.</summary>
    /// <param name="Satisfaction">0–10; integers from people, up to 3 decimals from imports.</param>
    public sealed record Scored(decimal Satisfaction, Resolved? Resolved, decimal? AmountRecovered) : ComplaintEvent
    {
        [Secret]
        public string? Comment { get; init; }
    }
}
