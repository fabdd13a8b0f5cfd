using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary>An opinion as those who work at the rule read it; its author reads it, too.</summary>
/// <param name="Text">Null where it was erased or is locked.</param>
public sealed record OpinionView(
    Guid Id,
    int Version,
    string? Clause,
    DateTimeOffset At,
    string? Text,
    OpinionOutcome? Outcome,
    string? Answer
);
