using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Measures;

namespace Hengping.App.Measures;

/// <summary>What somebody is to a measure, and who reads what of it.</summary>
public static class MeasureSides
{
    /// <summary>Who takes measures.</summary>
    public static readonly Role[] Staff = [Role.Reviewer, Role.Admin];

    /// <summary>Who sees what the desk has open.</summary>
    public static readonly Role[] Readers = [Role.Mediator, .. Staff];

    /// <summary>Whom a measure can be addressed to.</summary>
    public static readonly Role[] Addressees = [Role.Merchant, Role.Claimant];

    /// <summary>The caller's side. Whoever works for some shops of a merchant's alone is told nothing.</summary>
    public static MeasureSide Of(Measure measure, Caller? caller) =>
        caller is null ? MeasureSide.None
        : caller.Role == Role.Admin ? MeasureSide.Admin
        : caller.Role == Role.Reviewer ? MeasureSide.Reviewer
        : caller.Role == Role.Mediator ? MeasureSide.Reader
        : IsAddressee(measure, caller) ? MeasureSide.Addressee
        : MeasureSide.None;

    /// <summary>Whether it can be read at all: by everybody once it is public, by its addressee once they are told.
    /// </summary>
    public static bool MayRead(Measure measure, MeasureSide side) =>
        side switch
        {
            MeasureSide.Reader or MeasureSide.Reviewer or MeasureSide.Admin => true,
            MeasureSide.Addressee => IsTold(measure),
            _ => measure.IsPublic,
        };

    /// <summary>The addressee has heard of it.</summary>
    public static bool IsTold(Measure measure) =>
        measure.AnswerBy is not null || measure.IsUrgent || measure.SignedAt is not null;

    private static bool IsAddressee(Measure measure, Caller caller) =>
        measure.Addressee.IsMerchant
            ? caller.Role == Role.Merchant
                && caller.Merchant == measure.Addressee.Id
                && caller.Shops?.Contains(measure.Addressee.Id) != false
            : caller.Account == measure.Addressee.Id;
}
