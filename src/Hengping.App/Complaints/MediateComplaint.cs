using Hengping.Rules;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>调解: begun by the desk or by the claimant's "not solved", suspended, resumed, terminated.</summary>
public static class MediateComplaint
{
    /// <summary>Why the clock stops: a code of the taxonomy, or words of one's own.</summary>
    public sealed record SuspendRequest(string? Ground = null)
    {
        public SuspendRequest()
            : this(Ground: null) { }
    }

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder complaints)
    {
        complaints.MapVerb(Verb.NotSolved, opened => opened.Case.CallNotSolved(opened.MediationEnd, opened.Now));
        complaints.MapVerb(Verb.Mediate, opened => opened.Case.Mediate(opened.MediationEnd, opened.Now));
        complaints.MapVerb<SuspendRequest>(Verb.Suspend, Suspend);
        complaints.MapVerb(Verb.Resume, opened => opened.Case.Resume(opened.Now));
        complaints.MapVerb<ScreenComplaint.ReasonRequest>(Verb.Terminate, Terminate);
    }

    private static ValueTask<Decided<ComplaintEvent>> Suspend(Opened opened, SuspendRequest body, CancellationToken ct)
    {
        var ground = opened.Faults.Text("ground", body.Ground, 1, 500);
        var known = Taxonomies.Taxonomies.Current.ReasonsOf("suspend").Contains(ground);
        return ValueTask.FromResult(
            known
                ? opened.Case.Suspend(ground, opened.Now)
                : opened.Case.Suspend("other-suspension", opened.Now, ground)
        );
    }

    internal static async ValueTask<Decided<ComplaintEvent>> Terminate(
        Opened opened,
        ScreenComplaint.ReasonRequest body,
        CancellationToken ct
    )
    {
        var known = Taxonomies.Taxonomies.Current;
        var reason = opened.Faults.Code("reason", body.Reason, known.ReasonsOf("terminate", "decline"));
        var note = opened.Faults.Text("note", body.Note, 0, 2_000);
        // A ground of non-acceptance found later, whether named as such or by its own code, leaves the base.
        var outside = reason == "non-acceptance" || known.ReasonsOf("decline").Contains(reason);
        return await TellTermination.End(opened, reason, outside, note.Length == 0 ? null : note, ct);
    }
}
