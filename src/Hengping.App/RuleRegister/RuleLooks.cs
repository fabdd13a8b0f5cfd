using Hengping.App.Design;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary>How rules look on pages.</summary>
public static class RuleLooks
{
    /// <summary>A status in the reader's language.</summary>
    public static string Name(RuleStatus status)
    {
        var (zh, en) = RuleLife.Name(status);
        return Texts.Pick(zh, en);
    }

    /// <summary>Its tone: open, done, stop.</summary>
    public static string Tone(RuleStatus status) =>
        status switch
        {
            RuleStatus.InForce or RuleStatus.Replaced => "done",
            RuleStatus.Withdrawn => "stop",
            _ => "open",
        };

    /// <summary>What a rule is about.</summary>
    public static string Topic(RuleTopic topic) => Texts.T("rule.topic." + Platform.Words.Of(topic));
}
