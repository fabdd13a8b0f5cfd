using Hengping.App.Platform;

namespace Hengping.App.RuleRegister;

/// <summary>The room of the platform's rules (平台规则库).</summary>
public sealed class RuleRegisterRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [RuleBook.Instance];
}
