using Hengping.App.Platform;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary>Opinions are readable for three years from the end of their consultation (令116 art. 11).</summary>
public sealed class OpinionKeeping(Store store, IConfiguration configuration, ILogger<OpinionKeeping> log)
    : StreamKeeping<RuleOpinion, OpinionEvent>(store, configuration, log, OpinionBook.Instance, "rule_opinions")
{
    /// <inheritdoc/>
    public override string Name => "rule-opinions";
}
