namespace Hengping.Rules.RuleRegister;

/// <summary>What a version says, and why it is wanted.</summary>
/// <param name="ChangeZh">What changes, in a sentence or two.</param>
/// <param name="ReasonZh">Why; null where nobody said, as in what was recorded later.</param>
public sealed record RuleWording(
    string TitleZh,
    string TitleEn,
    IReadOnlyList<RuleClause> Clauses,
    string ChangeZh,
    string ChangeEn,
    string? ReasonZh = null,
    string? ReasonEn = null
);

/// <summary>What can happen to a rule of the platform. All of it is public.</summary>
public abstract record RuleEvent
{
    private RuleEvent() { }

    /// <summary>A rule begins; its first version follows.</summary>
    public sealed record Begun(RuleTopic Topic) : RuleEvent;

    /// <summary>拟定: a version is drafted.</summary>
    public sealed record Drafted(int Version, RuleWording Wording) : RuleEvent;

    /// <summary>A draft says something else, after opinions for one.</summary>
    public sealed record Revised(int Version, RuleWording Wording) : RuleEvent;

    /// <summary>征求意见: everybody may say what they think of it, to the end of a day.</summary>
    public sealed record Consulted(int Version, DateOnly Until) : RuleEvent;

    /// <summary>公示: it is announced, and takes effect on a day.</summary>
    /// <param name="Grounds">Why the longer notice holds; none for the usual one.</param>
    /// <param name="TransitionFrom">过渡期: from then on both may be followed; the version before holds.</param>
    /// <param name="Asked">How opinions were asked for elsewhere; null where it was here.</param>
    /// <param name="Earliest">The earliest day that the rulebook allowed.</param>
    public sealed record Published(
        int Version,
        DateOnly On,
        DateOnly InForceOn,
        IReadOnlyList<RuleGround> Grounds,
        DateOnly? TransitionFrom,
        string? Asked,
        DateOnly? Earliest
    ) : RuleEvent;

    /// <summary>补录: one person says that it was in force before the register knew it; the second makes it so.
    /// </summary>
    /// <param name="On">The day it was announced, where that is known.</param>
    /// <param name="By">The account.</param>
    public sealed record Recorded(int Version, DateOnly? On, DateOnly InForceOn, Guid By) : RuleEvent;

    /// <summary>补录确认: another person says so, too.</summary>
    /// <param name="By">The account.</param>
    public sealed record Confirmed(int Version, Guid By) : RuleEvent;

    /// <summary>技术性调整: one person holds that it only reads differently; the second makes it so.</summary>
    /// <param name="By">The account.</param>
    /// <param name="On">The day from which a draft so marked is the text.</param>
    public sealed record Technical(int Version, Guid By, DateOnly On) : RuleEvent;

    /// <summary>撤回: it does not take effect.</summary>
    public sealed record Withdrawn(int Version, string Reason) : RuleEvent;
}
