using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
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
    public static string Topic(RuleTopic topic) => Texts.T("rule.topic." + Words.Of(topic));

    /// <summary>Whose turn it is, as pages say it; null where nothing waits.</summary>
    public static TurnLine? Line(RuleTurn? turn, Caller? reader, DateTimeOffset now)
    {
        if (turn is null)
            return null;
        var isMine = turn.Verb switch
        {
            "consult" or "publish" => reader?.Role == Role.Admin,
            "answerOpinion" or "technical" or "confirm" => ListRules.ReadsDrafts(reader),
            // What everybody may.
            _ => true,
        };
        return new TurnLine(
            Texts.T($"rule.turn.{turn.Verb}{(isMine ? ".mine" : "")}"),
            turn.By is { } day ? Shanghai.EndOf(day) : null,
            Texts.Pick(turn.Otherwise.Zh, turn.Otherwise.En),
            isMine,
            now
        );
    }
}
