using Hengping.Rules.Clocks;

namespace Hengping.Rules.RuleRegister;

/// <summary>What a "no" of a version of a rule is told from.</summary>
public sealed partial record PlatformRule
{
    /// <summary>Somebody who hears a "no": what they can do now with a version.</summary>
    /// <param name="theirs">The verbs of their role.</param>
    public Hearer ToRole(RuleVersion version, IReadOnlyCollection<RuleVerb> theirs, Guid account, DateTimeOffset now)
    {
        var today = Shanghai.DayOf(now);
        var status = StatusOf(version, today);
        var can = theirs.Where(verb => RuleLife.Allows(status, verb) && !IsRuledOut(version, verb, account, today));
        var hearer = new Hearer("", [.. can.Select(RuleLife.Word)], now);
        return theirs.Contains(RuleVerb.Revise)
            ? hearer with
            {
                Otherwise = ("需要改动请拟定新版本。", "Draft a new version for a change."),
            }
            : hearer;
    }

    private bool IsRuledOut(RuleVersion version, RuleVerb verb, Guid account, DateOnly today) =>
        verb switch
        {
            RuleVerb.Revise or RuleVerb.Publish => StillAsking(version, today) is not null,
            RuleVerb.MarkTechnical => version.IsTechnical
                || version.TechnicalBy.Contains(account)
                || Before(version, today) is null,
            _ => false,
        };

    private Stood StoodFor(RuleVersion version, RuleStatus status, RuleVerb verb)
    {
        var name = RuleLife.Name(status);
        var next = status == RuleStatus.Replaced ? Replacing(version) : null;
        (string, string) did = status switch
        {
            RuleStatus.Draft => ("拟定草案", "drafted it"),
            RuleStatus.Consultation => ("征求意见", "put it out for opinions"),
            RuleStatus.Notice => ("公示", "announced it"),
            RuleStatus.Transition => ("进入过渡期", "began its transition"),
            RuleStatus.InForce => ("开始施行", "took effect"),
            RuleStatus.Replaced => ($"被第 {next?.No} 版替代", $"was replaced by version {next?.No}"),
            _ => ("撤回", "withdrew it"),
        };
        // The days move it where nobody does.
        var day = status switch
        {
            RuleStatus.Transition => version.TransitionFrom,
            RuleStatus.InForce => version.InForceOn,
            RuleStatus.Replaced => next?.InForceOn,
            _ => null,
        };
        return new(
            ($"该版本{name.Zh}", $"This version: {name.En}"),
            RuleLife.Word(verb),
            day is { } on
                ? new Came("", ("该版本", "This version"), did, Shanghai.StartOf(on), IsDay: true)
                : new Came("", ("工作人员", "Staff"), did, version.MovedAt)
        );
    }

    private RuleVersion? Replacing(RuleVersion version) =>
        Versions
            .Where(v => v.WithdrawnFor is null && v.InForceOn is not null)
            .Where(v => (v.InForceOn, v.No).CompareTo((version.InForceOn, version.No)) > 0)
            .MinBy(v => (v.InForceOn, v.No));
}
