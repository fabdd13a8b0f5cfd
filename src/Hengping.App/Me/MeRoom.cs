using Hengping.App.Platform;

namespace Hengping.App.Me;

/// <summary>我的: one's own cases, consents and data.</summary>
public sealed class MeRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpenToReadOnly => ["/me"];
}
