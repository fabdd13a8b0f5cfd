using Hengping.App.Design;
using Hengping.App.Measures;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;

namespace Hengping.App.Appeals;

/// <summary>What an appeal is against, as pages name it.</summary>
/// <param name="Address">Its page; null where it has none.</param>
public sealed record ShownTarget(string Name, string? Address);

/// <summary>How appeals are named and coloured.</summary>
public static class AppealLooks
{
    /// <summary>A status in the reader's language.</summary>
    public static string Name(AppealStatus status) =>
        Texts.Pick(AppealLife.Name(status).Zh, AppealLife.Name(status).En);

    /// <summary>A section in the reader's language.</summary>
    public static string Name(AppealSection section) => Texts.T("appeal.section." + Words.Of(section));

    /// <summary>Open, done or stopped.</summary>
    public static string Tone(AppealStatus status) =>
        status switch
        {
            AppealStatus.Draft or AppealStatus.Submitted or AppealStatus.Refused => "open",
            AppealStatus.Withdrawn or AppealStatus.Lapsed => "stop",
            _ => "done",
        };

    /// <summary>Whose act a line of its story is, as time lines colour it.</summary>
    public static string Side(AppealParty party) =>
        party switch
        {
            AppealParty.Appellant => "respondent",
            AppealParty.Clock => "clock",
            _ => "mediator",
        };

    /// <summary>What it is against, in the reader's language.</summary>
    public static async Task<ShownTarget> Target(Store store, AppealTarget target, CancellationToken ct)
    {
        if (target.Kind == AppealTargetKind.Report)
        {
            var number = await store.First<string?>(
                "select number from reports where id = @id",
                new { id = target.Id },
                ct
            );
            return new ShownTarget(Texts.T("appeal.of.report", number ?? ""), Address: null);
        }
        var measure = (await store.Load(MeasureBook.Instance, target.Id, ct)).State;
        var kind = measure is null ? "" : Texts.T("measure.kind." + Words.Of(measure.Kind));
        return new ShownTarget(Texts.T("appeal.of.measure", kind, measure?.Number ?? ""), $"/measures/{target.Id:D}");
    }

    /// <summary>What became of it, in one sentence: who reads only this knows the outcome.</summary>
    public static string Outcome(AppealStatus outcome, AppealTargetKind kind) =>
        Texts.T($"appeal.outcome.{Words.Of(kind)}.{Words.Of(outcome)}");
}
