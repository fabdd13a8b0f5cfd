using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>Who may see a case, and as what.</summary>
public static class Sight
{
    /// <summary>
    /// What the caller is in this case; null where it is none of theirs. A respondent gets a case with its delivery,
    /// never before, and no longer once it was redirected to another.
    /// </summary>
    public static Party? PartyOf(Complaint complaint, Caller caller) => WhoseCase.PartyOf(complaint, caller);

    /// <summary>
    /// The shop on a platform: a party that reads and writes, while the platform answers and is rated.
    /// </summary>
    public static bool IsShopOnly(Complaint complaint, Caller caller) =>
        caller.Merchant is { } merchant && complaint.Shop == merchant && complaint.Respondent != merchant;

    /// <summary>Verbs of each side; what is not here is the desk's or a reviewer's.</summary>
    private static readonly Verb[] OfClaimant =
    [
        Verb.Resubmit,
        Verb.Supplement,
        Verb.Withdraw,
        Verb.NotSolved,
        Verb.Performed,
        Verb.NotPerformed,
        Verb.Review,
        Verb.Score,
        Verb.ChangeConsents,
    ];

    private static readonly Verb[] OfRespondent = [Verb.Reply, Verb.Contest, Verb.NameSeller, Verb.ShowPerformance];
    private static readonly Verb[] OfEveryone = [Verb.Message, Verb.Offer];
    private static readonly Verb[] OfParties = [Verb.AcceptOffer, Verb.RejectOffer, Verb.ContestValidity];
    private static readonly Verb[] OfReviewers = [Verb.Exclude, Verb.Include, Verb.Hold, Verb.LiftHold];

    /// <summary>
    /// What a caller could do now: the life table, their side of the case, and what the facts rule out.
    /// </summary>
    public static IReadOnlyList<Verb> Possible(Complaint complaint, Party party, Role role) =>
        [.. Enum.GetValues<Verb>().Where(v => complaint.Can(v) && Mine(v, party, role) && Makes(complaint, v, party))];

    private static bool Mine(Verb verb, Party party, Role role) =>
        OfEveryone.Contains(verb) ? role != Role.Reviewer
        : OfParties.Contains(verb) ? party is Party.Claimant or Party.Respondent
        : OfClaimant.Contains(verb) ? party == Party.Claimant
        : OfRespondent.Contains(verb) ? party == Party.Respondent
        : verb == Verb.AskSeller && party == Party.Claimant ? role == Role.Claimant
        : OfReviewers.Contains(verb) ? role is Role.Reviewer or Role.Admin
        : role is Role.Mediator or Role.Admin;

    /// <summary>Whether a side can ask a mediator to judge a reply again: it counts against them, and was not
    /// judged.</summary>
    public static bool MayContest(Complaint complaint, ReplyFact reply, Party party) =>
        !reply.Touched
        && reply.ContestedAt is null
        && (party == Party.Respondent ? !reply.Valid && reply.Respondent == complaint.Respondent : reply.Valid);

    /// <summary>What the facts rule out, whoever asks.</summary>
    internal static bool Makes(Complaint c, Verb verb) => Makes(c, verb, Party.Clock);

    private static bool Makes(Complaint c, Verb verb, Party party) =>
        verb switch
        {
            Verb.AcceptOffer or Verb.RejectOffer => c.Offers.Any(o =>
                o.State == OfferState.Open && o.By != party && o.Joint is null
            ),
            Verb.Score => c.WasDelivered,
            Verb.Review => !c.ReviewAsked,
            Verb.DecideReview => c.ReviewPending,
            Verb.Contest => !c.ContestedBefore && c.FirstReply is null,
            Verb.DecideValidity => !c.Replies.IsEmpty,
            Verb.ContestValidity => c.Replies.Any(r => MayContest(c, r, party)),
            Verb.AskSeller => c.SellerAnswerBy is null,
            Verb.NameSeller => c.SellerAnswerBy is not null && !c.IsSellerNamed,
            Verb.NotPerformed => c.ProofBy is null && c.FoundPerformed != c.Settlement,
            Verb.ShowPerformance => c.ShowBy is not null,
            Verb.FindPerformed => c.ProofBy is not null || c.Broken is not null,
            Verb.Hold => c.Hold is null && !c.IsShut,
            Verb.LiftHold => c.Hold is not null,
            Verb.TellTermination => !c.Untold.IsEmpty,
            Verb.ChangeConsents => !c.Ended || c.Consents is { PassOn: true } or { Publish: true } or { Call: true },
            Verb.Suspend => c.SuspendedAt is null,
            Verb.Resume => c.SuspendedAt is not null,
            Verb.Exclude => c.WasDelivered && c.Excluded is null,
            Verb.Include => c.Excluded is not null,
            _ => true,
        };
}
