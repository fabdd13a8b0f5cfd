using Hengping.App.Platform;
using Hengping.Rules.Evidence;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Evidence;

/// <summary>Evidence as current rows. Its content lies sealed on disk under a key of its own.</summary>
public sealed class EvidenceBook : Book<EvidenceEvent.Uploaded, EvidenceEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly EvidenceBook Instance = new();

    private static readonly Table Evidence = new(
        "evidence",
        ["id"],
        [
            ("id", ColumnType.Guid),
            ("uploader", ColumnType.Guid),
            ("media_type", Text),
            ("bytes", Long),
            ("sha256", Text),
            ("file", Text),
        ]
    );

    /// <inheritdoc/>
    public override string Prefix => "evidence";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Evidence];

    /// <inheritdoc/>
    public override EvidenceEvent.Uploaded Fold(
        EvidenceEvent.Uploaded? state,
        EvidenceEvent happened,
        DateTimeOffset at,
        string author
    ) => (EvidenceEvent.Uploaded)happened;

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, EvidenceEvent.Uploaded state)
    {
        yield return RowChange.Put(
            Evidence,
            id,
            state.Uploader,
            state.MediaType,
            state.Bytes,
            state.Sha256,
            state.File
        );
    }
}
