using Hengping.App.Clocks;
using Hengping.World;

namespace Hengping.App.Demo;

/// <summary>This program as a world sees it: its codes and its clocks.</summary>
public static class DemoHouse
{
    /// <summary>The house under a law.</summary>
    public static House Of(Law law) =>
        new(
            Taxonomies.Taxonomies.Current.Codes,
            from => Due(law, "complaint.screening", from, days: 9),
            from => Due(law, "contest.answer", from, days: 3),
            from => Due(law, "mediation.end", from, days: 60)
        );

    /// <summary>The clocks of its reports.</summary>
    public static ReportTerms TermsOf(Law law) =>
        new(from => Due(law, "report.tell", from, days: 7), from => Due(law, "report.verify", from, days: 21));

    // A calendar year nobody has published yet must not stop a demo: then plain days stand in.
    private static DateTimeOffset Due(Law law, string rule, DateTimeOffset from, int days) =>
        law.Reckon(rule, from).Event?.Due ?? from.AddDays(days);
}
