using Hengping.App.Design;
using Hengping.Rules.Appeals;

namespace Hengping.App.Appeals;

/// <summary>The linter beside an appeal: it advises before sending, and who decides sees what was left open.</summary>
public static class AppealLint
{
    private const string SectionMissing = "section-missing";

    /// <summary>The event of sending, with what the linter still finds.</summary>
    public static AppealEvent Noted(AppealEvent sent, PlanOfAction plan, Appeal appeal)
    {
        var open = plan.Missing(appeal.Target.Kind, appeal.IsSafety).Count > 0 ? (string[])[SectionMissing] : [];
        return sent is AppealEvent.Submitted submitted && open.Length > 0 ? submitted with { Open = open } : sent;
    }

    /// <summary>A finding by its code, in the reader's language.</summary>
    public static string Name(string code) => Texts.T("appeal.lint.code." + code);

    /// <summary>What it finds, in sentences for whoever writes.</summary>
    public static IReadOnlyList<string> Say(PlanOfAction plan, Appeal appeal) =>
        [
            .. plan.Missing(appeal.Target.Kind, appeal.IsSafety)
                .Select(section => Texts.T("appeal.lint.section", AppealLooks.Name(section))),
        ];
}
