namespace Hengping.Rules.Appeals;

/// <summary>What somebody is to an appeal.</summary>
public enum AppealSide
{
    /// <summary>Nothing: it is not there for them.</summary>
    None,

    /// <summary>Whose it is.</summary>
    Appellant,

    /// <summary>A reviewer.</summary>
    Reviewer,

    /// <summary>An admin: a reviewer who may name somebody from outside.</summary>
    Admin,

    /// <summary>The one from outside who decides.</summary>
    Second,
}

/// <summary>Who may do what now: doors, <c>can</c> and pages ask here.</summary>
public sealed partial record Appeal
{
    /// <summary>Whether a verb is this side's at all.</summary>
    public static bool IsOf(AppealVerb verb, AppealSide side) =>
        verb switch
        {
            AppealVerb.Save or AppealVerb.Submit or AppealVerb.Withdraw => side == AppealSide.Appellant,
            AppealVerb.Decide or AppealVerb.Refuse or AppealVerb.Extend => side
                is AppealSide.Reviewer
                    or AppealSide.Admin
                    or AppealSide.Second,
            AppealVerb.Look => side is AppealSide.Reviewer or AppealSide.Admin,
            AppealVerb.Second => side == AppealSide.Admin,
            _ => false,
        };

    /// <summary>Why a verb is not possible now for somebody, as far as that hangs on no words.</summary>
    /// <param name="account">Who asks.</param>
    /// <param name="isFree">Somebody here could decide who did not take the decision.</param>
    public Refusal? Why(AppealVerb verb, Guid account, bool isFree) =>
        No(verb) is { } no ? no
        : verb is AppealVerb.Decide or AppealVerb.Refuse or AppealVerb.Extend && WhyNotBy(account, isFree) is { } own
            ? own
        : verb switch
        {
            AppealVerb.Refuse when WasRefused => RefusedBefore,
            AppealVerb.Extend when IsExtended => ExtendedBefore,
            AppealVerb.Second when isFree => NoSecondNeeded,
            AppealVerb.Look when !IsToLookAt => NothingToLookAt,
            _ => null,
        };

    /// <summary>The verbs that are open to somebody now.</summary>
    public IReadOnlyList<AppealVerb> Can(AppealSide side, Guid account, bool isFree) =>
        [.. Enum.GetValues<AppealVerb>().Where(verb => IsOf(verb, side) && Why(verb, account, isFree) is null)];
}
