using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>How a case ends, may be looked at again, and leaves or enters the base of ratings.</summary>
public static class EndComplaint
{
    /// <summary>Why.</summary>
    public sealed record WhyRequest(string? Reason = null)
    {
        public WhyRequest()
            : this(Reason: null) { }
    }

    /// <summary>Why it is withdrawn, and who agreed.</summary>
    /// <param name="Reason">A code of the taxonomy, parent <c>withdraw</c>; absent where nothing is said.</param>
    public sealed record WithdrawRequest(string? Reason = null, GuardianDraft? Guardian = null)
    {
        public WithdrawRequest()
            : this(Reason: null) { }
    }

    /// <summary>reopen or uphold, and why.</summary>
    public sealed record ReviewRequest(string? Decision = null, string? Reason = null)
    {
        public ReviewRequest()
            : this(Decision: null) { }
    }

    /// <summary>A ground of the taxonomy, and why.</summary>
    public sealed record ExcludeRequest(string? Ground = null, string? Reason = null)
    {
        public ExcludeRequest()
            : this(Ground: null) { }
    }

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder complaints)
    {
        complaints.MapVerb<WithdrawRequest>(Verb.Withdraw, Withdraw);
        complaints.MapVerb<Nothing>(Verb.Close, Close);
        complaints.MapVerb<WhyRequest>(Verb.Review, AskReview);
        complaints.MapVerb<ReviewRequest>(Verb.DecideReview, DecideReview);
        complaints.MapVerb<ExcludeRequest>(Verb.Exclude, Exclude);
        complaints.MapVerb<WhyRequest>(Verb.Include, Include);
        complaints.MapVerb<FilingRequest.ConsentsSaid>(Verb.ChangeConsents, ChangeConsents);
    }

    private static ValueTask<Decided<ComplaintEvent>> Withdraw(
        Opened opened,
        WithdrawRequest body,
        CancellationToken ct
    )
    {
        var reason = string.IsNullOrWhiteSpace(body.Reason)
            ? null
            : opened.Faults.Code("reason", body.Reason, Taxonomies.Taxonomies.Current.ReasonsOf("withdraw"));
        var guardian = Guardian.Check(opened.Case, opened.Party, body.Guardian, opened.Faults);
        return ValueTask.FromResult(opened.Case.Withdraw(opened.Now, reason, guardian));
    }

    // For a regulator a case that nobody answered has no such end: its mediation is terminated (令121 art. 23).
    internal static async ValueTask<Decided<ComplaintEvent>> Close(Opened opened, Nothing body, CancellationToken ct) =>
        opened is { Law.IsRegulator: true, Case.Status: Status.Delivered or Status.Unreached }
            ? await TellTermination.End(opened, Complaint.PartyAbsent, nonAcceptance: false, note: null, ct)
            : opened.Case.Close(opened.Now);

    // What is given anew is given under the papers of today; what is taken back leaves the rest as it was given.
    private static async ValueTask<Decided<ComplaintEvent>> ChangeConsents(
        Opened opened,
        FilingRequest.ConsentsSaid body,
        CancellationToken ct
    )
    {
        var before = opened.Case.Consents;
        var given = body.AsGiven with
        {
            PrivacyVersion = before?.PrivacyVersion,
            AgreementVersion = before?.AgreementVersion,
        };
        if (given.GivesMoreThan(before) && await CurrentOperator.Load(opened.Store, ct) is { } house)
            given = house.Under(given);
        return opened.Case.ChangeConsents(given, opened.Now);
    }

    private static ValueTask<Decided<ComplaintEvent>> AskReview(Opened opened, WhyRequest body, CancellationToken ct)
    {
        var reason = opened.Faults.Text("reason", body.Reason, 2, 2_000);
        return ValueTask.FromResult(opened.Case.AskReview(reason, opened.Now, ComplaintPolicy.Current));
    }

    internal static ValueTask<Decided<ComplaintEvent>> DecideReview(
        Opened opened,
        ReviewRequest body,
        CancellationToken ct
    )
    {
        var reopen = opened.Faults.Word("decision", body.Decision, ("reopen", true), ("uphold", false));
        var reason = opened.Faults.Text("reason", body.Reason, 2, 2_000);
        var screenBy = opened.Due("complaint.screening");
        return ValueTask.FromResult(
            opened.Case.DecideReview(reopen, reason, screenBy, opened.Caller.Author, opened.Now)
        );
    }

    internal static ValueTask<Decided<ComplaintEvent>> Exclude(Opened opened, ExcludeRequest body, CancellationToken ct)
    {
        var ground = opened.Faults.Code("ground", body.Ground, Taxonomies.Taxonomies.Current.ReasonsOf("exclude"));
        var reason = opened.Faults.Text("reason", body.Reason, 2, 2_000);
        return ValueTask.FromResult(opened.Case.Exclude(ground, reason, opened.Now));
    }

    internal static ValueTask<Decided<ComplaintEvent>> Include(Opened opened, WhyRequest body, CancellationToken ct)
    {
        var reason = opened.Faults.Text("reason", body.Reason, 2, 2_000);
        return ValueTask.FromResult(opened.Case.Include(reason, opened.Now));
    }
}
