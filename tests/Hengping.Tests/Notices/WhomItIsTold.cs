using Hengping.App.Notices;
using Hengping.Rules.Complaints;
using Shouldly;
using Xunit;
using E = Hengping.Rules.Complaints.ComplaintEvent;

namespace Hengping.Tests.Notices;

/// <summary>Who has to act, or waits for it, is told; nobody is told what is not theirs.</summary>
public sealed class WhomItIsTold
{
    private static readonly DateTimeOffset At = new(2026, 10, 12, 2, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string> Rows() =>
        new()
        {
            { nameof(E.Contested), "claimant" },
            { nameof(E.ContestDecided), "claimant respondent" },
            { nameof(E.PerformanceAsked), "claimant respondent" },
            { nameof(E.MediationOffered), "claimant" },
            { nameof(E.Terminated), "claimant respondent" },
            { nameof(E.ReviewDecided), "claimant" },
            { nameof(E.Excluded), "claimant respondent" },
            { nameof(E.Included), "claimant respondent" },
            { nameof(E.Lapsed), "claimant" },
            { nameof(E.SellerAsked), "respondent" },
            { nameof(E.SellerNamed), "claimant" },
            { nameof(E.SellerUnnamed), "claimant" },
            { nameof(E.Scored), "" },
            { nameof(E.HoldPlaced), "" },
        };

    [Theory, MemberData(nameof(Rows))]
    public void An_event_is_told_to_these(string kind, string told) =>
        string.Join(' ', NoticeListener.Recipients(Of(kind)).Select(r => Hengping.App.Platform.Words.Of(r.To)))
            .ShouldBe(told);

    private static ComplaintEvent Of(string kind) =>
        kind switch
        {
            nameof(E.Contested) => new E.Contested(ContestGround.NotOurOrder, [], At),
            nameof(E.ContestDecided) => new E.ContestDecided(ContestDecision.Reject, null, null),
            nameof(E.PerformanceAsked) => new E.PerformanceAsked(At),
            nameof(E.MediationOffered) => new E.MediationOffered(),
            nameof(E.Terminated) => new E.Terminated("no-agreement", NonAcceptance: false),
            nameof(E.ReviewDecided) => new E.ReviewDecided(Reopened: false, ScreenBy: null),
            nameof(E.Excluded) => new E.Excluded("duplicate"),
            nameof(E.Included) => new E.Included("duplicate"),
            nameof(E.Lapsed) => new E.Lapsed(),
            nameof(E.SellerAsked) => new E.SellerAsked(At),
            nameof(E.SellerNamed) => new E.SellerNamed(),
            nameof(E.SellerUnnamed) => new E.SellerUnnamed(),
            nameof(E.Scored) => new E.Scored(1, null, null),
            nameof(E.HoldPlaced) => new E.HoldPlaced("litigation"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
