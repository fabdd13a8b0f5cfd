using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Merchants;

/// <summary>Merchants as current rows. A folded name is held by one entry.</summary>
public sealed class MerchantBook : Book<Merchant, MerchantEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly MerchantBook Instance = new();

    /// <summary>Scope of the claim on a name.</summary>
    public const string NameScope = "merchant-name";

    private static readonly Table<(Guid Id, Merchant Of)> Merchants = new(
        "merchants",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("name", Text, r => r.Of.Name),
            ("sector", Text, r => r.Of.Sector),
            ("uscc", Text, r => r.Of.Uscc),
            ("platform", Bool, r => r.Of.Platform),
            ("enrolled", Bool, r => r.Of.Enrolled),
            ("has_contact", Bool, r => r.Of.HasContact),
            ("merged_into", ColumnType.Guid, r => r.Of.MergedInto),
            ("origin", Text, r => r.Of.Origin),
            ("added_at", Long, r => r.Of.AddedAt),
            ("enrolled_at", Long, r => r.Of.EnrolledAt),
            ("folded", Text, r => FoldedName.Of(r.Of.Name)),
        ]
    );

    private static readonly Table<(Guid Merchant, MerchantClaim Of)> ClaimTable = new(
        "merchant_claims",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Of.Id),
            ("merchant", ColumnType.Guid, r => r.Merchant),
            ("state", Text, r => Words.Of(r.Of.State)),
            ("licence", ColumnType.Guid, r => r.Of.Licence),
            ("asked_at", Long, r => r.Of.AskedAt),
        ]
    );

    /// <inheritdoc/>
    public override string Prefix => "merchant";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Merchants, ClaimTable];

    /// <inheritdoc/>
    public override Merchant Fold(Merchant? state, MerchantEvent happened, DateTimeOffset at, string author) =>
        Merchant.Apply(state, happened, at);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, Merchant state) =>
        [Merchants.Put((id, state)), .. state.Claims.Select(claim => ClaimTable.Put((id, claim)))];

    /// <inheritdoc/>
    public override IEnumerable<Reservation> Reservations(Guid id, Merchant state) =>
        [new Reservation(NameScope, state.Held)];

    /// <inheritdoc/>
    internal override string? UnfilledStreams => "select id from merchants where folded is null";
}
