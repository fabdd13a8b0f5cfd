using System.Globalization;
using Hengping.Rules.Clocks;

namespace Hengping.Rules.Complaints;

/// <summary>The "no"s of what comes after the end: the score, a review, how a reply counts.</summary>
public static partial class Refusals
{
    /// <summary>Code of <see cref="RecoveredMore"/>.</summary>
    public const string RecoveredMoreCode = "complaint.recovered-more";

    /// <summary>More came back than was in dispute: perhaps a slip, perhaps a compensation.</summary>
    /// <param name="dispute">What it was about; null where that is not to be said.</param>
    public static Refusal RecoveredMore(decimal recovered, decimal? dispute) =>
        new(
            RecoveredMoreCode,
            $"追回的金额 {Cny(recovered)} 多于争议金额{(dispute is { } sum ? " " + Cny(sum) : "")}，请核对；没有写错的，"
                + "请勾选确认后再提交",
            $"{Cny(recovered)} recovered is more than was in dispute{(dispute is { } of ? $" ({Cny(of)})" : "")}: "
                + "please check; where it is right, tick that it is and send it again"
        );

    /// <summary>Asked for after the last day of it.</summary>
    public static Refusal ReviewTooLate(DateTimeOffset until) =>
        new(
            "complaint.review-too-late",
            $"复核的申请期到{Day(until)}为止，已经过了；如有新的情况，可以另行投诉",
            $"A review could be asked for until {Day(until)}; if something new happened, file a new complaint"
        );

    /// <summary>Scored after the last day of it.</summary>
    public static Refusal ScoreTooLate(DateTimeOffset until) =>
        new(
            "complaint.score-too-late",
            $"评分到{Day(until)}为止，已经过了；之前的评分有效",
            $"Scores were taken until {Day(until)}; an earlier one stays"
        );

    /// <summary>Contested after the last day of it.</summary>
    public static Refusal ValidityTooLate(DateTimeOffset until) =>
        new(
            "complaint.validity-too-late",
            $"对回复认定的异议到{Day(until)}为止，已经过了",
            $"How a reply counts could be contested until {Day(until)}"
        );

    private static string Day(DateTimeOffset at) => $"{Shanghai.DayOf(at):yyyy-MM-dd}";

    private static string Cny(decimal sum) => string.Create(CultureInfo.InvariantCulture, $"¥{sum:#,##0.00}");
}
