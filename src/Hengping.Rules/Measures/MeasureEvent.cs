using Hengping.Rules.Clocks;
using Hengping.Rules.RuleRegister;

namespace Hengping.Rules.Measures;

/// <summary>What it is about: a reference, which the room of listings takes over later.</summary>
/// <param name="Id">As the marketplace knows it.</param>
/// <param name="Address">Where it can be seen.</param>
/// <param name="Title">In words; never of a person's account.</param>
public sealed record MeasureTarget(TargetKind Kind, string? Id, string? Address, string? Title);

/// <summary>Whom it is addressed to: a merchant, or the account of a person.</summary>
public sealed record MeasureAddressee(bool IsMerchant, Guid Id);

/// <summary>What the paper says in words.</summary>
/// <param name="Facts">What was found.</param>
/// <param name="Scope">What exactly is restricted, and what is not.</param>
/// <param name="EndCondition">What ends it, where no date does; of <c>flagged</c> the way out.</param>
/// <param name="Metric">Of <c>flagged</c>: what was measured.</param>
/// <param name="Threshold">Of <c>flagged</c>: what it should be.</param>
/// <param name="Basis">Of money: by what it is owed.</param>
/// <param name="Method">Of money: how the sum was reckoned.</param>
/// <param name="OpenOrders">Of closing: what becomes of buyers' open orders.</param>
/// <param name="Deposits">Of closing: what becomes of deposits.</param>
/// <param name="Notice">Of an IP notice: the right, and what the notice says.</param>
/// <param name="Holder">Of an IP notice: who sent it.</param>
/// <param name="HolderContact">Of an IP notice: phone or mail, where the shop's statement goes.</param>
public sealed record MeasureWords(
    string Facts,
    string Scope,
    string? EndCondition = null,
    string? Metric = null,
    string? Threshold = null,
    string? Basis = null,
    string? Method = null,
    string? OpenOrders = null,
    string? Deposits = null,
    string? Notice = null,
    string? Holder = null,
    string? HolderContact = null
);

/// <summary>
/// What can happen to a measure. What is said is sealed with the measure's own key: of a person it goes with them.
/// </summary>
public abstract record MeasureEvent
{
    private MeasureEvent() { }

    /// <summary>What is to be said of the terms it sets; null where their days say it all.</summary>
    public IReadOnlyList<TermNote>? TermNotes { get; init; }

    /// <summary>期限重新计算: the days of <see cref="TermNotes"/> hold from now on.</summary>
    public sealed record TermsCounted(TermsCause Cause) : MeasureEvent;

    /// <summary>
    /// Somebody wants it: a heavy one is announced with this, an urgent one is in effect with this.
    /// </summary>
    /// <param name="FactsOn">The day of the facts, on which <paramref name="Clause"/> was in force.</param>
    /// <param name="DetectedByMachine">How it was noticed.</param>
    /// <param name="Automation">How it was decided.</param>
    /// <param name="By">The account that proposes it.</param>
    /// <param name="AnswerBy">Of an announced one: the addressee can answer until then.</param>
    /// <param name="SignBy">Of an urgent one: it is to be signed by then. Else when a human has looked at it.</param>
    /// <param name="EndsOn">Last day.</param>
    public sealed record Proposed(
        string Number,
        MeasureKind Kind,
        MeasureForm Form,
        MeasureAddressee Addressee,
        MeasureTarget Target,
        MeasureReason Reason,
        ClauseRef Clause,
        DateOnly FactsOn,
        MeasureSource Source,
        bool DetectedByMachine,
        Automation Automation,
        Guid By,
        bool IsUrgent,
        DateTimeOffset? AnswerBy,
        DateTimeOffset? SignBy,
        DateOnly? EndsOn,
        decimal? Amount,
        ClosingCause? Cause,
        IReadOnlyList<Guid> Evidence
    ) : MeasureEvent
    {
        [Secret]
        public MeasureWords? Words { get; set; }
    }

    /// <summary>The addressee answered an announcement.</summary>
    /// <param name="DecideBy">A human looks at it by then.</param>
    public sealed record Answered(IReadOnlyList<Guid> Evidence, DateTimeOffset? DecideBy) : MeasureEvent
    {
        [Secret]
        public string? Text { get; set; }
    }

    /// <summary>签署: it is in force, and published where the operator publishes.</summary>
    /// <param name="By">The account that signed.</param>
    /// <param name="StartsAt">Of closing with notice: later than now.</param>
    /// <param name="AppealBy">Appeal is open until then.</param>
    public sealed record Signed(Guid By, DateTimeOffset StartsAt, DateTimeOffset? AppealBy) : MeasureEvent
    {
        /// <summary>What was made of the addressee's answer.</summary>
        [Secret]
        public string? Note { get; set; }
    }

    /// <summary>Its notice is over, and it is in effect.</summary>
    public sealed record Started : MeasureEvent;

    /// <summary>不予采取: proposed or announced, and not done.</summary>
    public sealed record Dropped(Guid By) : MeasureEvent
    {
        [Secret]
        public string? Reason { get; set; }
    }

    /// <summary>Twenty-four hours without a signature: an account or money measure is over.</summary>
    public sealed record Lapsed : MeasureEvent;

    /// <summary>Twenty-four hours without a signature: the stop of a listing stays, and it is the admin's.</summary>
    public sealed record Overdue : MeasureEvent;

    /// <summary>The addressee asks for a human, and may say what to look at.</summary>
    public sealed record HumanAsked(DateTimeOffset? HumanBy) : MeasureEvent
    {
        public IReadOnlyList<Guid> Evidence { get; init; } = [];

        [Secret]
        public string? Text { get; set; }
    }

    /// <summary>A human looked, and says what they found.</summary>
    public sealed record Looked(Guid By) : MeasureEvent
    {
        [Secret]
        public string? Text { get; set; }
    }

    /// <summary>解除.</summary>
    /// <param name="Because">condition-met, corrected, mistake, other; by the clock: ip-no-suit.</param>
    public sealed record Lifted(Guid? By, string Because) : MeasureEvent
    {
        [Secret]
        public string? Reason { get; set; }
    }

    /// <summary>到期: its last day is over.</summary>
    public sealed record Ended : MeasureEvent;

    /// <summary>The shop says that it infringes nothing (电商法 art. 43).</summary>
    /// <param name="SuitBy">It is lifted then, if the holder of the right has not gone to court or the authority.
    /// </param>
    public sealed record Stated(IReadOnlyList<Guid> Evidence, DateTimeOffset SuitBy) : MeasureEvent
    {
        [Secret]
        public string? Text { get; set; }
    }

    /// <summary>The holder of the right has complained to the authority or gone to court.</summary>
    public sealed record Sued(Guid By) : MeasureEvent
    {
        [Secret]
        public string? Where { get; set; }
    }

    /// <summary>The money that was held is taken: nobody appealed in time, or in vain.</summary>
    public sealed record MoneyTaken : MeasureEvent;

    /// <summary>An appeal runs: money stays held.</summary>
    public sealed record Appealed(Guid Appeal) : MeasureEvent;

    /// <summary>The appeal is over and nobody decided it: it was withdrawn, or not sent again. It can be made anew.
    /// </summary>
    public sealed record AppealEnded(Guid Appeal) : MeasureEvent;

    /// <summary>The appeal was decided, and it stands.</summary>
    public sealed record Upheld(Guid Appeal) : MeasureEvent;

    /// <summary>The appeal was right: all of it is undone, money goes back.</summary>
    public sealed record Overturned(Guid Appeal) : MeasureEvent
    {
        [Secret]
        public string? Reason { get; set; }
    }

    /// <summary>The appeal was right in part: another end, another sum, another scope.</summary>
    public sealed record Changed(Guid Appeal, DateOnly? EndsOn, decimal? Amount) : MeasureEvent
    {
        [Secret]
        public string? Scope { get; set; }

        [Secret]
        public string? Reason { get; set; }
    }

    /// <summary>Its key is to be destroyed.</summary>
    /// <param name="Because">age, request.</param>
    public sealed record Erased(string Because) : MeasureEvent;

    /// <summary>锁定: the person left while a legal term keeps it.</summary>
    public sealed record Locked : MeasureEvent;
}
