using Hengping.App.Platform;
using Hengping.Rules.Evidence;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Evidence;

/// <summary>Evidence as current rows. Its content lies sealed on disk under a key of its own.</summary>
public sealed class EvidenceBook : Book<EvidenceItem, EvidenceEvent>
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
            ("uploaded_at", Long),
            ("held", Bool),
        ]
    );

    /// <inheritdoc/>
    public override string Prefix => "evidence";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Evidence];

    /// <inheritdoc/>
    public override string? FilesSql => "select file from evidence order by id";

    /// <inheritdoc/>
    public override EvidenceItem Fold(EvidenceItem? state, EvidenceEvent happened, DateTimeOffset at, string author) =>
        happened switch
        {
            EvidenceEvent.Uploaded sent => new EvidenceItem(sent, at),
            _ => state! with { IsDropped = true },
        };

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, EvidenceItem state)
    {
        if (state.IsDropped)
            yield break;
        yield return RowChange.Put(
            Evidence,
            id,
            state.Sent.Uploader,
            state.Sent.MediaType,
            state.Sent.Bytes,
            state.Sent.Sha256,
            state.Sent.File,
            state.At.ToUnixTimeMilliseconds(),
            state.Sent.Held
        );
    }
}
