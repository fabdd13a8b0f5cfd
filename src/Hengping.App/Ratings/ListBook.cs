using System.Security.Cryptography;
using System.Text;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Ratings;

/// <summary>
/// Published lists as current rows. A list may be followed by one list only: the claim on its predecessor keeps the
/// hash chain a chain when two are published at once.
/// </summary>
public sealed class ListBook : Book<ListHistory, ListEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly ListBook Instance = new();

    /// <summary>Scope of the claim on a predecessor's hash; the first list claims <c>first</c>.</summary>
    public const string ChainScope = "list-chain";

    private static readonly Table<(Guid Id, ListEvent.Published Of)> Lists = new(
        "rating_lists",
        ["id", "version"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("version", Long, r => r.Of.Version),
            ("period", Text, r => r.Of.Period),
            ("sector", Text, r => r.Of.Sector),
            ("side", Text, r => CaseRow.SideWord(r.Of.Side)),
            ("policy", Text, r => r.Of.Policy),
            ("as_of", Long, r => r.Of.AsOf),
            ("case_file", Text, r => r.Of.CaseFile),
            ("previous_hash", Text, r => r.Of.PreviousHash),
            ("hash", Text, r => r.Of.Hash),
            ("json", Text, r => r.Of.Json),
        ]
    );

    /// <inheritdoc/>
    public override string Prefix => "list";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Lists];

    /// <summary>The stream of a list: the same question always finds the same list.</summary>
    public static Guid IdOf(ListRequest asked)
    {
        var name = $"{asked.Period.Code}|{asked.Sector}|{CaseRow.SideWord(asked.Side)}|{asked.Policy.Version}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("hengping list|" + name));
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80); // A UUID of version 8: made by a rule of our own.
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    /// <inheritdoc/>
    public override ListHistory Fold(ListHistory? state, ListEvent happened, DateTimeOffset at, string author) =>
        new([.. state?.Versions ?? [], (ListEvent.Published)happened]);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, ListHistory state) =>
        state.Versions.Select(one => Lists.Put((id, one)));

    /// <inheritdoc/>
    public override IEnumerable<Reservation> Reservations(Guid id, ListHistory state) =>
        state.Versions.Select(v => new Reservation(ChainScope, v.PreviousHash ?? "first"));
}
