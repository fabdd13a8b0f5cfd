using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Complaints;

/// <summary>Links to answer a case, one stream for each merchant a case went to: the one of now as a row.</summary>
public sealed class LinkBook : Book<AnswerLink, LinkEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly LinkBook Instance = new();

    private static readonly Table<(Guid Id, AnswerLink Of)> Links = new(
        "answer_links",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("complaint", ColumnType.Guid, r => r.Of.Complaint),
            ("merchant", ColumnType.Guid, r => r.Of.Merchant),
            ("no", Long, r => r.Of.No),
            ("token_hash", Text, r => r.Of.TokenHash),
            ("expires_at", Long, r => r.Of.ExpiresAt),
            ("revoked", Bool, r => r.Of.IsRevoked),
            ("opened_at", Long, r => r.Of.OpenedAt),
        ]
    );

    /// <inheritdoc/>
    public override string Prefix => "link";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Links];

    /// <inheritdoc/>
    public override AnswerLink Fold(AnswerLink? state, LinkEvent happened, DateTimeOffset at, string author) =>
        AnswerLink.Apply(state, happened, at);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, AnswerLink state) => [Links.Put((id, state))];

    /// <summary>The stream of a merchant's links to a case: a hash of both ids.</summary>
    public static Guid StreamOf(Guid complaint, Guid merchant) => StreamId.Beside("link", complaint, merchant);
}
