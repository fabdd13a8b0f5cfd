using Hengping.App.Platform;
using Hengping.Rules.Workbench;

namespace Hengping.App.Workbench;

/// <summary>A merchant's templates, one stream for each merchant: they are few, and read from it.</summary>
public sealed class TemplateBook : Book<ReplyTemplates, TemplateEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly TemplateBook Instance = new();

    /// <inheritdoc/>
    public override string Prefix => "template";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [];

    /// <inheritdoc/>
    public override ReplyTemplates Fold(
        ReplyTemplates? state,
        TemplateEvent happened,
        DateTimeOffset at,
        string author
    ) => ReplyTemplates.Apply(state, happened);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, ReplyTemplates state) => [];

    /// <summary>The stream beside a merchant: a hash of the merchant's id.</summary>
    internal static Guid StreamOf(Guid merchant) => StreamId.Beside("template", merchant);
}
