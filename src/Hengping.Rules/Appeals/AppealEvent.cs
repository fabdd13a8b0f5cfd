using System.Text.Json.Serialization;
using Hengping.Rules.Clocks;

namespace Hengping.Rules.Appeals;

/// <summary>What an appeal can be against.</summary>
public enum AppealTargetKind
{
    /// <summary>处置措施.</summary>
    Measure,

    /// <summary>举报不予受理或未发现违法.</summary>
    Report,
}

/// <summary>What an appeal is against.</summary>
public sealed record AppealTarget(AppealTargetKind Kind, Guid Id);

/// <summary>What was missing in an appeal: a section, and in words what of it.</summary>
public sealed record MissingPart(AppealSection Section, string Note);

/// <summary>What a decision says of one statement.</summary>
/// <param name="No">The statement's number in the version that was sent.</param>
/// <param name="Why">A sentence for the appellant.</param>
public sealed record StatementVerdict(int No, bool Accepted, string Why);

/// <summary>改变后的处置: what is left of a measure that is granted in part.</summary>
/// <param name="EndsOn">Its last day from now on; null where that stays as it was.</param>
/// <param name="Amount">CNY, of money; null where it stays as it was.</param>
/// <param name="Scope">What it covers from now on; null where that stays as it was.</param>
public sealed record ChangedMeasure(DateOnly? EndsOn, decimal? Amount, string? Scope)
{
    /// <summary>Nothing is changed.</summary>
    [JsonIgnore]
    public bool IsNone => EndsOn is null && Amount is null && Scope is null;
}

/// <summary>What can happen to an appeal. What people write is sealed; how it went is counted in public.</summary>
public abstract record AppealEvent
{
    private AppealEvent() { }

    /// <summary>期限重新计算: the day of the note holds from now on.</summary>
    public sealed record TermsCounted(TermsCause Cause) : AppealEvent
    {
        public required TermNote TermNote { get; init; }
    }

    /// <summary>It was begun, as a draft.</summary>
    /// <param name="Merchant">The shop that appeals; null where a person does.</param>
    /// <param name="Account">The person's account; null where a shop does.</param>
    /// <param name="IsSafety">The measure is about safety: the sections about goods are asked for.</param>
    /// <param name="ToldAt">When the appellant was told of what they appeal against.</param>
    /// <param name="DecidedBy">Who decided or signed that: they decide no appeal against it.</param>
    /// <param name="SendBy">The draft lapses then.</param>
    public sealed record Begun(
        AppealTarget Target,
        Guid? Merchant,
        Guid? Account,
        bool IsSafety,
        DateTimeOffset ToldAt,
        IReadOnlyList<Guid> DecidedBy,
        DateTimeOffset SendBy
    ) : AppealEvent;

    /// <summary>A version of what it says.</summary>
    /// <param name="Version">From 1, without gaps.</param>
    /// <param name="Statements">How many statements it has.</param>
    /// <param name="Evidence">Files it is bound to.</param>
    public sealed record Saved(int Version, int Statements, IReadOnlyList<Guid> Evidence) : AppealEvent
    {
        [Secret]
        public PlanOfAction? Plan { get; set; }

        /// <summary>Why it comes later than 7 days.</summary>
        [Secret]
        public string? LateReason { get; set; }
    }

    /// <summary>提交: the last version is sent.</summary>
    /// <param name="DecideBy">Our own promise.</param>
    /// <param name="IsLate">After the 7 days, with a reason.</param>
    /// <param name="IsFront">It brings exactly what a refusal named and is decided before others.</param>
    public sealed record Submitted(int Version, DateTimeOffset? DecideBy, bool IsLate, bool IsFront) : AppealEvent
    {
        /// <summary>Findings of the linter that were left open, by code: shown to whoever decides.</summary>
        public IReadOnlyList<string>? Open { get; init; }

        /// <summary>What is to be said of its term; null where its day says it all.</summary>
        public TermNote? TermNote { get; init; }
    }

    /// <summary>退回补充: what is missing, part by part.</summary>
    /// <param name="Sections">The parts.</param>
    /// <param name="SendBy">It lapses then, unless it is sent again.</param>
    public sealed record Refused(IReadOnlyList<AppealSection> Sections, DateTimeOffset SendBy) : AppealEvent
    {
        [Secret]
        public IReadOnlyList<MissingPart>? Missing { get; set; }

        [Secret]
        public string? Note { get; set; }
    }

    /// <summary>延长: something is being tested.</summary>
    public sealed record Extended(DateTimeOffset? DecideBy) : AppealEvent
    {
        /// <summary>What is to be said of its term; null where its day says it all.</summary>
        public TermNote? TermNote { get; init; }

        [Secret]
        public string? Reason { get; set; }
    }

    /// <summary>Somebody from outside decides, for the only reviewer decided the measure.</summary>
    public sealed record SecondNamed(Guid Account) : AppealEvent;

    /// <summary>决定.</summary>
    /// <param name="Outcome">Upheld, partly or overturned.</param>
    /// <param name="Accepted">Numbers of the statements that were accepted.</param>
    /// <param name="PromisedBy">The last day promised in an accepted statement; its effect is checked after it.</param>
    /// <param name="CheckAt">When; null where nothing was promised or nothing given back.</param>
    public sealed record Decided(
        AppealStatus Outcome,
        Guid By,
        IReadOnlyList<int> Accepted,
        DateOnly? PromisedBy,
        DateTimeOffset? CheckAt
    ) : AppealEvent
    {
        /// <summary>The check counts from the end of this day: promised, decided, or when what is left of the measure
        /// ends, whichever is last.</summary>
        public DateOnly? CheckFrom { get; init; }

        [Secret]
        public IReadOnlyList<StatementVerdict>? Verdicts { get; set; }

        /// <summary>Of a measure that is granted in part.</summary>
        [Secret]
        public ChangedMeasure? Change { get; set; }

        [Secret]
        public string? Reason { get; set; }
    }

    /// <summary>撤回.</summary>
    public sealed record Withdrawn : AppealEvent;

    /// <summary>It was not sent in time.</summary>
    public sealed record Lapsed : AppealEvent;

    /// <summary>效果核对: counts before and after, and what they say.</summary>
    public sealed record Checked(EffectFound Found) : AppealEvent;

    /// <summary>A reviewer looked at a check that says worse.</summary>
    public sealed record Looked : AppealEvent
    {
        [Secret]
        public string? Note { get; set; }
    }

    /// <summary>Its key is to be destroyed.</summary>
    /// <param name="Because">age, request.</param>
    public sealed record Erased(string Because) : AppealEvent;

    /// <summary>锁定: stored and read by nobody until the law's term ends.</summary>
    public sealed record Locked : AppealEvent;
}
