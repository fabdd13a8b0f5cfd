namespace Hengping.Rules.Appeals;

/// <summary>An appeal after what happened.</summary>
public sealed partial record Appeal
{
    /// <summary>The appeal after an event.</summary>
    public static Appeal Fold(Appeal? state, AppealEvent happened, DateTimeOffset at)
    {
        var next = After(state, happened, at);
        return next.Status == state?.Status ? next : next with { MovedAt = at };
    }

    private static Appeal After(Appeal? state, AppealEvent happened, DateTimeOffset at) =>
        happened switch
        {
            AppealEvent.Begun e => new Appeal
            {
                Target = e.Target,
                Merchant = e.Merchant,
                Account = e.Account,
                IsSafety = e.IsSafety,
                ToldAt = e.ToldAt,
                DecidedBy = [.. e.DecidedBy],
                BegunAt = at,
                SendBy = e.SendBy,
            },
            AppealEvent.Saved e => state! with
            {
                Version = e.Version,
                Statements = e.Statements,
                Evidence = [.. state.Evidence.Union(e.Evidence)],
            },
            AppealEvent.Submitted e => state! with
            {
                Status = AppealStatus.Submitted,
                Sent = e.Version,
                SubmittedAt = at,
                SendBy = null,
                DecideBy = e.DecideBy,
                FirstDecideBy = e.DecideBy,
                IsLate = e.IsLate,
                IsFront = e.IsFront,
                Note = e.TermNote,
            },
            AppealEvent.Refused e => state! with
            {
                Status = AppealStatus.Refused,
                Missing = [.. e.Sections],
                SendBy = e.SendBy,
                DecideBy = null,
            },
            AppealEvent.Extended e => state! with { IsExtended = true, DecideBy = e.DecideBy, Note = e.TermNote },
            AppealEvent.TermsCounted e => state!.Counted(e.TermNote),
            AppealEvent.SecondNamed e => state! with { Second = e.Account },
            AppealEvent.Decided e => state! with
            {
                Status = e.Outcome,
                Decider = e.By,
                PromisedBy = e.PromisedBy,
                CheckFrom = e.CheckFrom ?? e.PromisedBy,
                CheckAt = e.CheckAt,
                DecideBy = null,
                EndedAt = at,
            },
            AppealEvent.Withdrawn => state! with { Status = AppealStatus.Withdrawn, SendBy = null, EndedAt = at },
            AppealEvent.Lapsed => state! with { Status = AppealStatus.Lapsed, SendBy = null, EndedAt = at },
            AppealEvent.Checked e => state! with
            {
                Effect = e.Found,
                IsToLookAt = e.Found.Outcome == EffectOutcome.Worse,
            },
            AppealEvent.Looked => state! with { IsToLookAt = false },
            AppealEvent.Locked => state! with { IsLocked = true, EndedAt = state.EndedAt ?? at },
            AppealEvent.Erased => state! with { IsErased = true, IsLocked = false, EndedAt = state.EndedAt ?? at },
            _ => throw new InvalidOperationException($"unknown event {happened}"),
        };
}
