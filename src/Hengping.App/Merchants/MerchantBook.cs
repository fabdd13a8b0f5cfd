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

    private static readonly Table Merchants = new(
        "merchants",
        ["id"],
        [
            ("id", ColumnType.Guid),
            ("name", Text),
            ("sector", Text),
            ("uscc", Text),
            ("platform", Bool),
            ("enrolled", Bool),
            ("has_contact", Bool),
            ("merged_into", ColumnType.Guid),
            ("origin", Text),
            ("added_at", Long),
            ("enrolled_at", Long),
            ("folded", Text),
        ]
    );

    private static readonly Table ClaimTable = new(
        "merchant_claims",
        ["id"],
        [
            ("id", ColumnType.Guid),
            ("merchant", ColumnType.Guid),
            ("state", Text),
            ("licence", ColumnType.Guid),
            ("asked_at", Long),
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
    public override IEnumerable<RowChange> Rows(Guid id, int version, Merchant state)
    {
        yield return RowChange.Put(
            Merchants,
            id,
            state.Name,
            state.Sector,
            state.Uscc,
            state.Platform,
            state.Enrolled,
            state.HasContact,
            state.MergedInto,
            state.Origin,
            state.AddedAt.ToUnixTimeMilliseconds(),
            state.EnrolledAt?.ToUnixTimeMilliseconds(),
            FoldedName.Of(state.Name)
        );
        foreach (var claim in state.Claims)
            yield return RowChange.Put(
                ClaimTable,
                claim.Id,
                id,
                Words.Of(claim.State),
                claim.Licence,
                claim.AskedAt.ToUnixTimeMilliseconds()
            );
    }

    /// <inheritdoc/>
    public override IEnumerable<Claim> Claims(Guid id, Merchant state) => [new Claim(NameScope, state.Held)];

    /// <inheritdoc/>
    internal override string? UnfilledStreams => "select id from merchants where folded is null";
}
