using Hengping.Rules;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>
/// 依法保全: a reviewer or admin keeps a case from erasure, and lifts that again; both with a reason. Its claimant may
/// know that and on which ground; the reason is for staff.
/// </summary>
public static class HoldComplaint
{
    /// <summary>A ground of the taxonomy (not for lifting), and why.</summary>
    public sealed record HoldRequest(string? Ground = null, string? Reason = null)
    {
        public HoldRequest()
            : this(Ground: null) { }
    }

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder complaints)
    {
        complaints.MapVerb<HoldRequest>(Verb.Hold, Place);
        complaints.MapVerb<HoldRequest>(Verb.LiftHold, Lift);
    }

    private static ValueTask<Decided<ComplaintEvent>> Place(Opened opened, HoldRequest body, CancellationToken ct)
    {
        var ground = opened.Faults.Code("ground", body.Ground, Taxonomies.Taxonomies.Current.ReasonsOf("hold"));
        var reason = opened.Faults.Text("reason", body.Reason, 2, 2_000);
        return ValueTask.FromResult(opened.Case.PlaceHold(ground, reason, opened.Now));
    }

    private static ValueTask<Decided<ComplaintEvent>> Lift(Opened opened, HoldRequest body, CancellationToken ct)
    {
        var reason = opened.Faults.Text("reason", body.Reason, 2, 2_000);
        return ValueTask.FromResult(opened.Case.LiftHold(reason, opened.Now));
    }
}
