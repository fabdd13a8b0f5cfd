using Hengping.App.Platform;
using Hengping.Rules.Evidence;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Evidence;

/// <summary>Evidence as current rows. Its content lies sealed on disk under a key of its own.</summary>
public sealed class EvidenceBook : Book<EvidenceItem, EvidenceEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly EvidenceBook Instance = new();

    private static readonly Table<(Guid Id, EvidenceItem Of)> Evidence = new(
        "evidence",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("uploader", ColumnType.Guid, r => r.Of.Sent.Uploader),
            ("media_type", Text, r => r.Of.Sent.MediaType),
            ("bytes", Long, r => r.Of.Sent.Bytes),
            ("sha256", Text, r => r.Of.Sent.Sha256),
            ("file", Text, r => r.Of.Sent.File),
            ("uploaded_at", Long, r => r.Of.At),
            ("held", Bool, r => r.Of.Sent.Held),
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
    public override IEnumerable<RowChange> Rows(Guid id, int version, EvidenceItem state) =>
        state.IsDropped ? [] : [Evidence.Put((id, state))];
}
