using Hengping.Rules.Clocks;

namespace Hengping.Rules.RuleRegister;

/// <summary>Why something is not done to a rule.</summary>
public sealed partial record PlatformRule
{
    /// <summary>A version is on its way.</summary>
    public static Refusal StillOpen(int version) =>
        new(
            "rule.open-version",
            $"第 {version} 版尚未施行；请先公示或撤回该版本",
            $"Version {version} is still on its way; announce or withdraw it first"
        );

    /// <summary>A consultation has to last.</summary>
    public static readonly Refusal EndsTooSoon = new(
        "rule.consultation-days",
        "征求意见的截止日应晚于今日，给大家留出时间",
        "A consultation ends after today: leave people time"
    );

    /// <summary>Opinions still come in.</summary>
    public static Refusal Asking(DateOnly until) =>
        new(
            "rule.consultation-open",
            $"征求意见到{until:yyyy-MM-dd}为止，截止之后才能修改或公示",
            $"Opinions are asked for until {until:yyyy-MM-dd}; revise or announce it after that"
        );

    /// <summary>Nobody can say anything any more.</summary>
    public static Refusal ConsultationOver(DateOnly until) =>
        new(
            "rule.consultation-over",
            $"征求意见已于{until:yyyy-MM-dd}截止",
            $"The consultation ended on {until:yyyy-MM-dd}"
        );

    /// <summary>The notice would be too short (令116 art. 12).</summary>
    public static Refusal TooEarly(Deadline? notice, DateOnly today)
    {
        var earliest = Earliest(notice, today)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return new Refusal(
            "rule.too-early",
            $"施行日期过早，公示期不足：最早可于 {earliest} 施行。{notice?.Zh}",
            $"Too early, the notice would be too short: in force on {earliest} at the earliest. {notice?.En}".TrimEnd()
        );
    }

    /// <summary>令116 art. 13.</summary>
    public static readonly Refusal NoTransition = new(
        "rule.no-transition",
        "对各方重要权益有重大影响的修改应设过渡期，请填写过渡期开始日",
        "A change that weighs heavily on people needs a transition; say when it begins"
    );

    /// <summary>It lies between notice and effect.</summary>
    public static readonly Refusal TransitionDays = new(
        "rule.transition-days",
        "过渡期应在公示期满后开始，并早于施行日",
        "A transition begins when the notice is over, and before the version takes effect"
    );

    /// <summary>令116 art. 10.</summary>
    public static readonly Refusal NoConsultation = new(
        "rule.no-consultation",
        "公示之前应公开征求意见；已在别处征求的，请写明何时、何处、如何征求",
        "Opinions are asked for before; where that was done elsewhere, say when, where and how"
    );

    /// <summary>令116 art. 11.</summary>
    public static Refusal Unanswered(long n) =>
        new(
            "rule.opinions-unanswered",
            $"还有 {n} 条意见没有答复；不采纳的，要有理由",
            $"{n} of the opinions have no answer; what is not taken up needs a reason"
        );

    /// <summary>It is no history.</summary>
    public static readonly Refusal NotYet = new(
        "rule.not-in-force-yet",
        "补录的版本须已经施行；尚未施行的，请征求意见并公示",
        "What is recorded is in force already; what is not is announced"
    );

    /// <summary>The register has its own versions by now.</summary>
    public static readonly Refusal RecordedLate = new(
        "rule.recorded-late",
        "该规则已有本库公示的版本，不能再补录以前的版本",
        "The register has announced versions of this rule; none of before can be recorded any more"
    );

    /// <summary>It changed while the register held it, so it is announced like any change.</summary>
    public static Refusal RecordedAfter(DateOnly known) =>
        new(
            "rule.recorded-after",
            $"补录只用于本库收录该规则（{known:yyyy-MM-dd}）之前已经施行的版本；此后的改动请征求意见并公示",
            $"Only what was in force before the register held this rule ({known:yyyy-MM-dd}) is recorded; a change "
                + "since then is announced"
        );

    /// <summary>Four eyes.</summary>
    public static readonly Refusal SameRecorder = new(
        "rule.recorded-same-person",
        "这一版由您补录，需要另一人确认",
        "You recorded this version; somebody else has to confirm it"
    );

    /// <summary>Oldest first.</summary>
    public static readonly Refusal OutOfOrder = new(
        "rule.out-of-order",
        "请按施行日期从早到晚补录",
        "Record versions in the order in which they came into force"
    );

    /// <summary>Since 令116 a version of before had its notice, too.</summary>
    public static readonly Refusal WhenAnnounced = new(
        "rule.when-announced",
        "该版本施行时法律已要求提前公示，请填写当时的公示日",
        "When it came into force the law asked for a notice; say on which day it was announced"
    );

    /// <summary>Once is enough.</summary>
    public static readonly Refusal AlreadyTechnical = new(
        "rule.technical-done",
        "该版本已由两人标记为技术性调整",
        "Two people have marked this version as technical"
    );

    /// <summary>Four eyes.</summary>
    public static readonly Refusal SamePerson = new(
        "rule.technical-same-person",
        "您已标记过，需要另一人确认",
        "You have marked it; somebody else has to confirm"
    );

    /// <summary>A first text is no change of form.</summary>
    public static readonly Refusal NothingBefore = new(
        "rule.technical-first",
        "此前没有施行中的版本，不存在技术性调整",
        "No version was in force before, so there is nothing that this one reads differently from"
    );

    /// <summary>Something else is said.</summary>
    public static Refusal SaysElse(string before, string after) =>
        new(
            "rule.technical-differs",
            $"文字、数字、日期或标点有改动，不是技术性调整。改动之处：原文“{before}”，现为“{after}”",
            $"A word, number, date or mark changed, so this is a change of rule: “{before}” was, “{after}” is"
        );

    /// <summary>Nothing held on that day.</summary>
    public static Refusal NoneInForce(DateOnly on) =>
        new(
            "rule.none-in-force",
            $"{on:yyyy-MM-dd}没有施行中的版本",
            $"No version of this rule was in force on {on:yyyy-MM-dd}"
        );

    /// <summary>There is no such version.</summary>
    public static readonly Refusal NoVersion = new("rule.no-version", "没有这个版本", "There is no such version");

    /// <summary>It works by law alone.</summary>
    public static readonly Refusal NotYourPower = new(
        "rule.not-your-power",
        "监管部门依法办理，不制定平台规则；平台规则由电商平台、消费者组织或第三方平台制定",
        "A regulator works by the law; rules are made by a marketplace, an association or a third party"
    );
}
