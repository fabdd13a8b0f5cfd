namespace Hengping.Rules.RuleRegister;

/// <summary>What became of an opinion.</summary>
public enum OpinionOutcome
{
    /// <summary>采纳.</summary>
    Adopted,

    /// <summary>部分采纳.</summary>
    Partly,

    /// <summary>未采纳, with the reason.</summary>
    NotAdopted,
}

/// <summary>What can happen to an opinion on a draft.</summary>
public abstract record OpinionEvent
{
    private OpinionEvent() { }

    /// <summary>提出: somebody who is signed in says what they think.</summary>
    /// <param name="Clause">Of which clause; null of the whole.</param>
    /// <param name="Until">Last day of the consultation: its three years count from there.</param>
    public sealed record Given(Guid Rule, int Version, string? Clause, Guid Account, DateOnly Until) : OpinionEvent
    {
        [Secret]
        public string? Text { get; init; }
    }

    /// <summary>答复, for everybody to read; it names nobody.</summary>
    public sealed record Answered(OpinionOutcome Outcome, string Text) : OpinionEvent;

    /// <summary>Its three years are over, or whoever gave it asked.</summary>
    /// <param name="Because">age, request.</param>
    public sealed record Erased(string Because) : OpinionEvent;

    /// <summary>Kept by law and read by nobody.</summary>
    public sealed record Locked : OpinionEvent;
}

/// <summary>意见: what somebody thinks of a draft, kept three years from the end of its consultation (令116 art. 11).
/// </summary>
public sealed record RuleOpinion(
    Guid Rule,
    int Version,
    string? Clause,
    Guid Account,
    DateOnly Until,
    DateTimeOffset At
) : IErasable<OpinionEvent>
{
    /// <summary>Characters of an opinion.</summary>
    public const int TextMin = 5;

    /// <summary>At most.</summary>
    public const int TextMax = 3_000;

    /// <summary>Opinions of one account on a version.</summary>
    public const int OfAccountMax = 20;

    public OpinionOutcome? Outcome { get; init; }
    public string? Answer { get; init; }
    public bool IsErased { get; init; }
    public bool IsLocked { get; init; }

    /// <summary>Its words can't be read.</summary>
    public bool IsShut => IsErased || IsLocked;

    /// <summary>Nobody says so much of one draft.</summary>
    public static readonly Refusal TooMany = new(
        "rule.opinions-many",
        $"每人对一个版本最多提 {OfAccountMax} 条意见",
        $"At most {OfAccountMax} opinions of one person on a version"
    );

    /// <summary>Once is enough.</summary>
    public static readonly Refusal AlreadyAnswered = new(
        "rule.opinion-answered",
        "这条意见已经答复",
        "This opinion was answered already"
    );

    /// <summary>Nothing can be read any more.</summary>
    public static readonly Refusal Gone = new("rule.opinion-erased", "该意见已清除", "This opinion was erased");

    /// <summary>答复.</summary>
    public Decided<OpinionEvent> Reply(OpinionOutcome outcome, string text) =>
        IsShut ? Gone
        : Outcome is not null ? AlreadyAnswered
        : new OpinionEvent.Answered(outcome, text);

    /// <summary>Records that its key is to be destroyed.</summary>
    public Decided<OpinionEvent> Erase(string because) => IsErased ? Gone : new OpinionEvent.Erased(because);

    /// <summary>Records that its key opens nothing until then.</summary>
    public Decided<OpinionEvent> Lock() => IsShut ? Gone : new OpinionEvent.Locked();

    /// <summary>The opinion after an event.</summary>
    public static RuleOpinion Fold(RuleOpinion? state, OpinionEvent happened, DateTimeOffset at) =>
        happened switch
        {
            OpinionEvent.Given e => new RuleOpinion(e.Rule, e.Version, e.Clause, e.Account, e.Until, at),
            OpinionEvent.Answered e => state! with { Outcome = e.Outcome, Answer = e.Text },
            OpinionEvent.Locked => state! with { IsLocked = true },
            OpinionEvent.Erased => state! with { IsErased = true, IsLocked = false },
            _ => throw new InvalidOperationException($"unknown event {happened}"),
        };
}
