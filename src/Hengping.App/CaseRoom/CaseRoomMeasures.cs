using Hengping.App.Design.Parts;
using Hengping.App.Measures;
using Hengping.Rules.Complaints;
using Hengping.Rules.Measures;

namespace Hengping.App.CaseRoom;

/// <summary>What the claimant may do where a measure touches them, or the shop they bought from.</summary>
public sealed partial class CaseRoomPage
{
    private const int MeasuresShown = 3;

    private static readonly MeasureKind[] Stopping = [MeasureKind.ListingDown, MeasureKind.SaleForbidden];

    /// <summary>Published measures against the merchant that have effect.</summary>
    public IReadOnlyList<MeasureRows.Item> ShopMeasures { get; private set; } = [];

    /// <summary>Measures against the claimant's own account that have effect, each with what they can do.</summary>
    public IReadOnlyList<(MeasureRows.Item Measure, TurnLine? Turn)> OwnMeasures { get; private set; } = [];

    /// <summary>What a measure against the shop means for whoever bought there, as a key of texts.</summary>
    public static string? AdviceOf(MeasureRows.Item measure) =>
        measure.Kind == MeasureKind.ShopClosed ? "case.measure.closed"
        : !Stopping.Contains(measure.Kind) ? null
        : measure.Reason == MeasureReason.Safety ? "case.measure.safety"
        : "case.measure.stopped";

    private async Task LookAtMeasures()
    {
        if (Reader != Party.Claimant)
            return;
        ShopMeasures = await StandingMeasures.OfMerchant(Store, Case.Respondent, MeasuresShown, Ct);
        var own = await StandingMeasures.OfAccount(Store, Me!.Account, MeasuresShown, Ct);
        var turns = await MeasureTurns.Of(Store, own.Select(row => row.Id), Me, Ct);
        OwnMeasures = [.. own.Select(row => (row, turns.GetValueOrDefault(row.Id)))];
    }
}
