using Hengping.Rules.Accounts;

namespace Hengping.Rules.Complaints;

/// <summary>Whose a verb is.</summary>
/// <param name="Roles">Which roles may ever do it.</param>
/// <param name="Parties">What they have to be in the case.</param>
/// <param name="AlsoShop">The shop on a platform may too, and not its platform alone.</param>
public sealed record VerbSide(IReadOnlyList<Role> Roles, IReadOnlyList<Party> Parties, bool AlsoShop = false);

/// <summary>Who wants to do something in a case.</summary>
/// <param name="Party">What they are in it.</param>
/// <param name="Author">As the log names them.</param>
public sealed record CaseActor(Party Party, Role Role, string Author)
{
    /// <summary>The shop on a platform: it reads and writes, while the platform answers and is rated.</summary>
    public bool IsShopOnly { get; init; }

    /// <summary>In its team it may read and no more.</summary>
    public bool ReadsOnly { get; init; }
}

/// <summary>What has to be known beside the case.</summary>
/// <param name="RespondentIsPlatform">Others sell on the respondent.</param>
public readonly record struct CaseFacts(bool RespondentIsPlatform);

/// <summary>Whose each verb is: the doors open by it, and <see cref="Complaint.Why"/> begins with it.</summary>
public static class CaseSides
{
    /// <summary>Claimants; of a merchants' complaint the claimant is a merchant.</summary>
    public static readonly VerbSide Claimant = new([Role.Claimant, Role.Merchant], [Party.Claimant]);

    /// <summary>The respondent.</summary>
    public static readonly VerbSide Respondent = new([Role.Merchant], [Party.Respondent]);

    /// <summary>The desk.</summary>
    public static readonly VerbSide Desk = new([Role.Mediator, Role.Admin], [Party.Mediator]);

    /// <summary>Reviewers.</summary>
    public static readonly VerbSide Reviewers = new([Role.Reviewer, Role.Admin], [Party.Mediator]);

    private static readonly VerbSide Parties = new(Claimant.Roles, [Party.Claimant, Party.Respondent]);

    private static readonly VerbSide Everybody = new(
        [.. Claimant.Roles, .. Desk.Roles],
        [.. Parties.Parties, Party.Mediator]
    );

    /// <summary>The side of a verb.</summary>
    public static VerbSide Of(Verb verb) =>
        verb switch
        {
            Verb.Resubmit
            or Verb.Supplement
            or Verb.Withdraw
            or Verb.NotSolved
            or Verb.Performed
            or Verb.NotPerformed
            or Verb.Review
            or Verb.Score
            or Verb.ChangeConsents => Claimant,
            // Only the respondent can say that it is the wrong one, and bind itself.
            Verb.Contest or Verb.Reply or Verb.NameSeller or Verb.ShowPerformance => Respondent,
            Verb.AcceptOffer or Verb.RejectOffer or Verb.ContestValidity => Parties,
            Verb.Message => Everybody with { AlsoShop = true },
            Verb.Offer => Everybody,
            // A merchant that complains does not ask who sells: it knows whom it dealt with.
            Verb.AskSeller => new([Role.Claimant, .. Desk.Roles], [Party.Claimant, Party.Mediator]),
            Verb.Exclude or Verb.Include or Verb.Hold or Verb.LiftHold => Reviewers,
            _ => Desk,
        };
}
