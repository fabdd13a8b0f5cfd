using Hengping.App.Platform;
using Hengping.Rules.Desk;

namespace Hengping.App.Desk;

/// <summary>
/// Kept views, one stream for each account. There are few: they are read from their stream, not from rows.
/// </summary>
public sealed class ViewBook : Book<KeptViews, ViewEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly ViewBook Instance = new();

    /// <inheritdoc/>
    public override string Prefix => "view";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [];

    /// <inheritdoc/>
    public override KeptViews Fold(KeptViews? state, ViewEvent happened, DateTimeOffset at, string author) =>
        KeptViews.Apply(state, happened);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, KeptViews state) => [];

    /// <summary>The stream beside an account: a hash of the account's id.</summary>
    internal static Guid StreamOf(Guid account) => StreamId.Beside("view", account);
}
