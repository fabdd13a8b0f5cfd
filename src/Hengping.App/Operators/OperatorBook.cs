using Hengping.App.Platform;
using Hengping.Rules.Operators;

namespace Hengping.App.Operators;

/// <summary>Who runs this installation: one stream, no rows. It is short and read whole.</summary>
public sealed class OperatorBook : Book<Operator, OperatorEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly OperatorBook Instance = new();

    /// <summary>The one stream: of two set-ups at once, the second finds it taken.</summary>
    public static readonly Guid Stream = new("0fe7a708-0000-7000-8000-000000000001");

    /// <inheritdoc/>
    public override string Prefix => "operator";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [];

    /// <inheritdoc/>
    public override Operator Fold(Operator? state, OperatorEvent happened, DateTimeOffset at, string author) =>
        Operator.Apply(state, happened, at);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, Operator state) => [];
}
