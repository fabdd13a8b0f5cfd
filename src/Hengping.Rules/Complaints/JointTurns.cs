namespace Hengping.Rules.Complaints;

/// <summary>What waits in a joint complaint.</summary>
public sealed partial record Joint
{
    /// <summary>What waits there for one complaint of it.</summary>
    public IReadOnlyList<Turn> Turns(Guid complaint, IReadOnlyDictionary<Guid, Complaint> cases, DateTimeOffset now) =>
        !Stands(complaint, cases)
            ? []
            :
            [
                .. IsConfirmed ? Array.Empty<Turn>() : [Of(TurnKind.ConfirmJoint, Party.Mediator, Ends.EachAlone)],
                .. Of(complaint) is { State: MemberState.Invited }
                    ? [Of(TurnKind.AnswerInvitation, Party.Claimant, Ends.Alone) with { IsRight = true }]
                    : Array.Empty<Turn>(),
                .. Matters
                    .Where(m => m.IsOpen(now) && Bound(m, cases).Contains(complaint) && !m.Agreed.Contains(complaint))
                    .Select(m =>
                        Of(TurnKind.AnswerJoint, Party.Claimant, Ends.MatterLapses) with
                        {
                            By = m.ExpiresAt,
                            No = m.No,
                            Sum = m.Shares.FirstOrDefault(s => s.Complaint == complaint)?.Amount,
                        }
                    ),
            ];

    private static Turn Of(TurnKind kind, Party who, TurnEnd otherwise) =>
        new(kind, who, Verb: null, By: null, IsRight: false, otherwise);
}
