using System.Globalization;

namespace Hengping.Rules.Clocks;

/// <summary>How a term was counted, said in one sentence a language.</summary>
/// <param name="Due">The end before anything rolls.</param>
/// <param name="Rolled">The end by the law's word on a last day; null where the calendar for it is missing.</param>
/// <param name="Unknown">The year without which it is only the earliest day; 0 where it is the day.</param>
internal sealed record Counted(
    ClockRule Rule,
    DateTimeOffset From,
    DateTimeOffset Due,
    DateTimeOffset? Rolled,
    int Unknown,
    IReadOnlyList<Pause> Pauses,
    string? OperatorKind
)
{
    private string Amount => Rule.Amount.ToString(CultureInfo.InvariantCulture);

    private DateTimeOffset End => Rule.Term == Term.Right ? Rolled ?? Due : Due;

    /// <summary>In Chinese.</summary>
    public string Zh =>
        $"自 {SayZh(From)} 起 {Amount} {Unit.Zh}{StoodZh}，{UntilZh} {SayZh(End)}；依据：{SourceZh}{LastDay.Zh}";

    /// <summary>In English.</summary>
    public string En =>
        $"{Amount} {Unit.En}, from {SayEn(From)}{StoodEn}, {UntilEn} {SayEn(End)}; by {SourceEn}{LastDay.En}";

    private string Year => Unknown.ToString(CultureInfo.InvariantCulture);

    private string UntilZh => Unknown > 0 ? $"{Year} 年放假安排尚未载入，载入后重新计算，暂定最早至" : "至";

    private string UntilEn => Unknown > 0 ? $"provisionally, until the {Year} holidays are known, not before" : "until";

    private (string Zh, string En) Unit =>
        Rule.Kind switch
        {
            ClockKind.Hours => ("小时", "hours"),
            ClockKind.Days => ("日（首日不计）", "days, the first not counted"),
            ClockKind.WorkingDays => (
                "个工作日（首日不计，按国务院放假安排，含调休上班日）",
                "working days by the State Council calendar, the first day not counted"
            ),
            _ => (
                $"小时（每日 {Rule.Window ?? DailyWindow.Usual} 计时）",
                $"hours counted {Rule.Window ?? DailyWindow.Usual} daily"
            ),
        };

    private string StoodZh =>
        string.Concat(Pauses.Select(p => $"，其中 {SayZh(p.From)} 至 {SayZh(p.To)} 暂停（{p.Ground}）"));

    private string StoodEn =>
        string.Concat(Pauses.Select(p => $", standing still {SayEn(p.From)} to {SayEn(p.To)} ({p.Ground})"));

    // A term of ours that follows a law which binds others is a promise, and says after which law.
    private bool IsAfterLaw => Rule.Term != Term.Promise && OperatorKind is not null && !Rule.IsLawFor(OperatorKind);

    private string SourceZh =>
        IsAfterLaw && Rule.Term == Term.Duty ? $"本平台承诺（参照{Rule.SourceZh}）"
        : Rule.IsLawFor(OperatorKind) ? $"{Rule.SourceZh}（法定期限）"
        : Rule.SourceZh;

    private string SourceEn =>
        IsAfterLaw && Rule.Term == Term.Duty ? $"our own promise, after {Rule.SourceEn}"
        : Rule.IsLawFor(OperatorKind) ? $"{Rule.SourceEn} (law for this operator)"
        : Rule.SourceEn;

    private (string Zh, string En) LastDay =>
        Rule switch
        {
            _ when Unknown > 0 || Rule.Kind == ClockKind.WorkingDays => ("", ""),
            { Term: Term.Promise } => ("；逢休息日不顺延", "; a day of rest at the end does not move it"),
            _ when Rolled is null => (
                $"；下一年放假安排尚未公布，{Rule.LastDayZh}是否顺延未知",
                $"; whether {Rule.LastDayEn} rolls it is not known: the calendar is missing"
            ),
            _ when Rolled == Due => ("", ""),
            { Term: Term.Right } => (
                $"；最后一日 {DayZh(Due)} 为休息日，按{Rule.LastDayZh}顺延",
                $"; its last day {DayEn(Due)} is a day of rest and rolls by {Rule.LastDayEn}"
            ),
            _ => (
                $"；按{Rule.LastDayZh}可顺延至 {DayZh(Rolled!.Value)}，办理一方的期限不顺延",
                $"; the law would roll to {DayEn(Rolled!.Value)} ({Rule.LastDayEn}), a duty of ours does not"
            ),
        };

    private static string SayZh(DateTimeOffset instant) => Say(instant, "yyyy年M月d日 HH:mm");

    private static string SayEn(DateTimeOffset instant) => Say(instant, "d MMM yyyy HH:mm");

    private static string DayZh(DateTimeOffset instant) => Say(instant, "M月d日");

    private static string DayEn(DateTimeOffset instant) => Say(instant, "d MMM");

    private static string Say(DateTimeOffset instant, string format) =>
        instant.ToOffset(Shanghai.Offset).ToString(format, CultureInfo.InvariantCulture);
}
