using Hengping.App.Admin;
using Hengping.App.Clocks;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;
using Hengping.World;
using House = Hengping.World.House;

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

    /// <summary>A marketplace runs it, which may do all there is to see; the admin can make it another kind.</summary>
    public static async Task Open(Store store, CancellationToken ct)
    {
        var loaded = await store.Load(OperatorBook.Instance, OperatorBook.Stream, ct);
        // Nobody is asked to agree to a paper that is not there: a demo of before gets the papers too.
        if (loaded.State is { Papers.Count: > 0 })
            return;
        var form = OperatorForm.Fresh();
        (form.Kind, form.NameZh, form.NameEn) = (Words.Of(OperatorKind.Marketplace), "衡平", "Hengping");
        form.OperatorContact = "400-000-0000";
        var described = Operator.Describe(loaded.State, form.ToDraft(), new FieldFaults());
        var change = store.Change(OperatorBook.Instance, loaded, store.Now, "demo", described);
        if (await store.Append(new Commit([change]), ct) is not Outcome.Done)
            throw new Refused("demo.raced", "另一个进程正在生成演示数据", "Another process is filling this store");
    }

    // A calendar year nobody has published yet must not stop a demo: then plain days stand in.
    private static DateTimeOffset Due(Law law, string rule, DateTimeOffset from, int days) =>
        law.Reckon(rule, from).Event?.Due ?? from.AddDays(days);
}
