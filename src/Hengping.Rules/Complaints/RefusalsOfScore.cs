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

    /// <summary>Code of <see cref="LookAtOffer"/>.</summary>
    public const string LookAtOfferCode = "complaint.offer-look";

    /// <summary>All of an offer is right and nothing was sent: whoever asks is told what it binds to.</summary>
    public static Refusal LookAtOffer(decimal? amount, DateTimeOffset until) =>
        new(
            LookAtOfferCode,
            $"还没有发出。请看一遍：{(amount is { } sum ? $"金额 {Cny(sum)}，" : "")}对方在{Day(until)}前接受，双方就受它约束",
            $"Not sent yet. Look it over: {(amount is { } of ? $"{Cny(of)}; " : "")}"
                + $"accepted by the other side before {Day(until)}, it binds both"
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
