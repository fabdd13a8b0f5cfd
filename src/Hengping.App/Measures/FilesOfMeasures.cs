using Hengping.App.Platform;

namespace Hengping.App.Measures;

/// <summary>A measure's files are for the desk and for whom it is addressed to.</summary>
public sealed class FilesOfMeasures : IReadsEvidence
{
    private const string Used =
        "select 1 from measure_evidence u join measures s on s.id = u.measure where u.evidence = e.id and not s.erased";

    /// <inheritdoc/>
    public string InUse => $"exists ({Used})";

    /// <inheritdoc/>
    public string InReach =>
        $"""
            exists ({Used} and not exists (
              select 1 from events x where x.stream = s.id and x.kind = 'measure.locked'))
            """;

    /// <inheritdoc/>
    public string OfPerson =>
        """
            e.id in (select u.evidence from measure_evidence u
                     join measures s on s.id = u.measure where s.account = @person)
            """;

    /// <inheritdoc/>
    public async Task<EvidenceSight?> SightOf(
        Store store,
        Caller caller,
        Guid evidence,
        bool isOwn,
        CancellationToken ct
    )
    {
        var measures = await store.Query<Guid>(
            "select measure from measure_evidence where evidence = @evidence order by measure",
            new { evidence },
            ct
        );
        if (measures.Count == 0)
            return null;
        if (MeasureSides.Readers.Contains(caller.Role))
            return EvidenceSight.AsSent;
        foreach (var id in measures)
            if (
                (await store.Load(MeasureBook.Instance, id, ct)).State is { IsShut: false } measure
                && MeasureSides.Of(measure, caller) is Rules.Measures.MeasureSide.Addressee
                && MeasureSides.IsTold(measure)
            )
                return EvidenceSight.Clean;
        return isOwn ? null : EvidenceSight.None;
    }
}
