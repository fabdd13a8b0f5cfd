using System.Globalization;
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
    public static async Task<ShownTarget> Target(Store store, AppealTarget target, CancellationToken ct) =>
        new(
            await Named(store, target, Texts.English, ct),
            target.Kind == AppealTargetKind.Report ? null : $"/measures/{target.Id:D}"
        );

    /// <summary>What it is against, in either language.</summary>
    public static async Task<string> Named(Store store, AppealTarget target, bool isEnglish, CancellationToken ct)
    {
        if (target.Kind == AppealTargetKind.Report)
        {
            var number = await store.First<string?>(
                "select number from reports where id = @id",
                new { id = target.Id },
                ct
            );
            return Said("appeal.of.report", number ?? "");
        }
        var measure = (await store.Load(MeasureBook.Instance, target.Id, ct)).State;
        var kind = measure is null ? "" : Said("measure.kind." + Words.Of(measure.Kind));
        return Said("appeal.of.measure", kind, measure?.Number ?? "");
        string Said(string key, params object[] values) =>
            string.Format(CultureInfo.InvariantCulture, Texts.All[key][isEnglish ? 1 : 0], values);
    }

    /// <summary>What became of it, for a message: the outcome in a sentence, or where it stands.</summary>
    public static string Became(Appeal appeal, bool isEnglish)
    {
        var (zh, en) = AppealLife.Name(appeal.Status);
        var key =
            appeal.Effect is { } found ? "appeal.effect." + Words.Of(found.Outcome)
            : appeal.Status is AppealStatus.Upheld or AppealStatus.Partly or AppealStatus.Overturned
                ? OutcomeKey(appeal.Status, appeal.Target.Kind)
            : null;
        var checkedOf = appeal.Effect is null
            ? ""
            : Texts.All["appeal.effect"][isEnglish ? 1 : 0] + (isEnglish ? ": " : "：");
        return key is not null ? checkedOf + Texts.All[key][isEnglish ? 1 : 0].TrimEnd('。', '.')
            : isEnglish ? en
            : zh;
    }

    /// <summary>What became of it, in one sentence: who reads only this knows the outcome.</summary>
    public static string Outcome(AppealStatus outcome, AppealTargetKind kind) => Texts.T(OutcomeKey(outcome, kind));

    private static string OutcomeKey(AppealStatus outcome, AppealTargetKind kind) =>
        $"appeal.outcome.{Words.Of(kind)}.{Words.Of(outcome)}";
}
