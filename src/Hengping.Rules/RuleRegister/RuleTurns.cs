namespace Hengping.Rules.RuleRegister;

/// <summary>轮到谁: who does what with a version, by when, and what happens otherwise.</summary>
/// <param name="Who">admin, reviewer, or everybody.</param>
/// <param name="Verb">consult, technical, confirm, giveOpinion, answerOpinion, publish, leave.</param>
/// <param name="By">Last day; null where there is none.</param>
public sealed record RuleTurn(string Who, string Verb, DateOnly? By, RuleOtherwise Otherwise);

/// <summary>What happens where nobody does it.</summary>
public sealed record RuleOtherwise(string Zh, string En);

/// <summary>Whose turn it is.</summary>
public sealed partial record PlatformRule
{
    /// <summary>What waits with a version; null where nothing does.</summary>
    /// <param name="unanswered">Opinions on it that nobody has answered.</param>
    public RuleTurn? TurnOf(RuleVersion version, DateOnly today, long unanswered) =>
        StatusOf(version, today) switch
        {
            RuleStatus.Draft when version.TechnicalBy.Count == 1 => new RuleTurn(
                "reviewer",
                "technical",
                null,
                new RuleOtherwise("另一人确认之前仍是草案", "It stays a draft until another person confirms it")
            ),
            RuleStatus.Recording => new RuleTurn(
                "reviewer",
                "confirm",
                null,
                new RuleOtherwise("另一人确认之前不算施行过", "Until another person confirms it, it was never in force")
            ),
            RuleStatus.Draft => new RuleTurn("admin", "consult", null, OldHolds),
            RuleStatus.Consultation when version.ConsultationUntil >= today => new RuleTurn(
                "everybody",
                "giveOpinion",
                version.ConsultationUntil,
                new RuleOtherwise("截止后不再接收意见", "No opinions are taken after that")
            ),
            RuleStatus.Consultation when unanswered > 0 => new RuleTurn(
                "admin",
                "answerOpinion",
                null,
                new RuleOtherwise("全部答复之前不能公示", "It cannot be announced before all are answered")
            ),
            RuleStatus.Consultation => new RuleTurn("admin", "publish", null, OldHolds),
            RuleStatus.Notice or RuleStatus.Transition => new RuleTurn(
                "everybody",
                "leave",
                version.InForceOn!.Value.AddDays(-1),
                new RuleOtherwise(
                    "不退出的，从施行日起按新版本办理；此前的事仍按旧版本",
                    "Whoever stays goes by the new version from then on; what happened before, by the old one"
                )
            ),
            _ => null,
        };

    private static readonly RuleOtherwise OldHolds = new(
        "公示期满之前，旧版本继续施行",
        "The old version holds until a notice is over"
    );
}
