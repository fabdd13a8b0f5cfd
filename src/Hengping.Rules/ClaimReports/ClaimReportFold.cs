namespace Hengping.Rules.ClaimReports;

/// <summary>A report after what happened.</summary>
public sealed partial record ClaimReport
{
    /// <summary>The report after an event.</summary>
    public static ClaimReport Fold(ClaimReport? state, ClaimReportEvent happened, DateTimeOffset at)
    {
        var next = After(state, happened, at);
        return next.Status == state?.Status ? next : next with { MovedAt = at };
    }

    private static ClaimReport After(ClaimReport? state, ClaimReportEvent happened, DateTimeOffset at) =>
        happened switch
        {
            ClaimReportEvent.Filed e => Begin(e, at),
            ClaimReportEvent.Recognised e => state! with { Claimant = e.Account },
            ClaimReportEvent.Admitted e => state! with { Status = ClaimReportStatus.Hearing, HearBy = e.HearBy },
            // A question is heard out: what was said before does not answer it.
            ClaimReportEvent.Asked e => state! with { Status = ClaimReportStatus.Hearing, HearBy = e.HearBy },
            ClaimReportEvent.Stated e => state! with
            {
                Status = ClaimReportStatus.Heard,
                WasHeard = true,
                Claimant = state.Claimant ?? e.Account,
                ClaimantFiles = [.. state.ClaimantFiles.Union(e.Evidence)],
            },
            ClaimReportEvent.Decided e => state! with
            {
                Status = e.Outcome,
                WasLate = state.IsLate(at),
                Decider = e.By,
                DecidedAt = at,
                Grounds = [.. e.Grounds],
                Defect = e.Defect,
                AppealBy = e.AppealBy,
                Note = e.TermNote,
                EndedAt = e.Outcome == ClaimReportStatus.Rejected ? at : null,
            },
            ClaimReportEvent.Withdrawn => state! with
            {
                Status = ClaimReportStatus.Withdrawn,
                WasLate = state.IsLate(at),
                EndedAt = at,
                Note = null,
            },
            ClaimReportEvent.Appealed e => state! with
            {
                Status = ClaimReportStatus.Appealed,
                Claimant = state.Claimant ?? e.Account,
                ClaimantFiles = [.. state.ClaimantFiles.Union(e.Evidence)],
                AppealedAt = at,
                ReviewBy = e.ReviewBy,
                Note = e.TermNote,
            },
            ClaimReportEvent.Reviewed e => state! with { Status = e.Outcome, EndedAt = at, Note = null },
            ClaimReportEvent.TookEffect => state! with
            {
                Status = ClaimReportStatus.InEffect,
                EndedAt = at,
                Note = null,
            },
            ClaimReportEvent.Revoked => state! with { Status = ClaimReportStatus.Overturned, EndedAt = at },
            ClaimReportEvent.LeftMetrics => state! with { IsOutOfMetrics = true },
            ClaimReportEvent.ReturnedToMetrics => state! with { IsOutOfMetrics = false },
            ClaimReportEvent.TermsCounted e => state!.Counted(e.TermNote),
            ClaimReportEvent.Locked => state! with { IsLocked = true, EndedAt = state.EndedAt ?? at },
            ClaimReportEvent.Erased => state! with { IsErased = true, IsLocked = false, EndedAt = state.EndedAt ?? at },
            _ => throw new InvalidOperationException($"unknown event {happened}"),
        };

    private static ClaimReport Begin(ClaimReportEvent.Filed e, DateTimeOffset at) =>
        new()
        {
            Number = e.Number,
            Merchant = e.Merchant,
            Claimant = e.Claimant,
            ClaimantPrint = e.ClaimantPrint,
            Complaint = e.Complaint,
            Pretext = e.Pretext,
            Sum = e.Sum,
            Orders = [.. e.Orders],
            OldOrders = e.OldOrders,
            Proofs = [.. e.Proofs],
            FiledAt = at,
            Status = e.IsHeld ? ClaimReportStatus.Held : ClaimReportStatus.Hearing,
            HearBy = e.HearBy,
            DecideBy = e.DecideBy,
            Note = e.TermNote,
        };
}
