using Hengping.Rules.Appeals;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.Appeals;

/// <summary>A statement that one version has otherwise than the one before.</summary>
/// <param name="Before">Null where it is new.</param>
/// <param name="After">Null where it is gone.</param>
public sealed record StatementChange(AppealSection Section, PlanStatement? Before, PlanStatement? After)
{
    /// <summary>Word by word.</summary>
    public IEnumerable<RuleDiffRun> Runs =>
        RuleDifference.Between(Before?.Text ?? "", After?.Text ?? "").SelectMany(line => line.Runs);

    /// <summary>The words stayed: owner, day or papers are others.</summary>
    public bool IsAround => Before?.Text == After?.Text;
}

/// <summary>A version as it was sent, with what is other than in the one sent before.</summary>
public sealed record SentVersion(int No, DateTimeOffset At, IReadOnlyList<StatementChange> Changes)
{
    /// <summary>All that were sent, the first one first.</summary>
    public static IReadOnlyList<SentVersion> Of(AppealOpened opened)
    {
        var (all, before) = (new List<SentVersion>(), (PlanOfAction?)null);
        foreach (var one in opened.Story)
        {
            if (one.Event is not AppealEvent.Submitted sent)
                continue;
            var plan = opened.Versions.FirstOrDefault(version => version.Version == sent.Version)?.Plan;
            var changes = plan is not null && before is not null ? Between(before, plan) : [];
            all.Add(new SentVersion(all.Count + 1, one.At, changes));
            before = plan ?? before;
        }
        return all;
    }

    // What went and what came in one part stand for each other, in their order.
    private static IReadOnlyList<StatementChange> Between(PlanOfAction before, PlanOfAction after)
    {
        var changes = new List<StatementChange>();
        foreach (var part in after.Since(before).GroupBy(change => change.Section))
        {
            var gone = part.Where(change => !change.IsNew).Select(change => change.Statement).ToList();
            var come = part.Where(change => change.IsNew).Select(change => change.Statement).ToList();
            for (var i = 0; i < Math.Max(gone.Count, come.Count); i++)
                changes.Add(new StatementChange(part.Key, gone.ElementAtOrDefault(i), come.ElementAtOrDefault(i)));
        }
        return changes;
    }
}
