using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;

namespace Hengping.Rules.Ratings;

/// <summary>What can happen to a list of one period, sector, side and policy.</summary>
public abstract record ListEvent
{
    private ListEvent() { }

    /// <summary>Frozen and published; a correction is the same again with the next version and a reason.</summary>
    /// <param name="Json">The list exactly as printed, its hash last.</param>
    /// <param name="CaseFile">SHA-256 of the whole frozen case file: its name under <c>DATA/open/</c>.</param>
    public sealed record Published(
        string Period,
        string? Sector,
        Side Side,
        string Policy,
        int Version,
        string? Reason,
        DateTimeOffset AsOf,
        string CaseFile,
        string? PreviousHash,
        string Hash,
        string Json
    ) : ListEvent;
}

/// <summary>All versions of one list, oldest first. Nothing is ever overwritten.</summary>
public sealed record ListHistory(IReadOnlyList<ListEvent.Published> Versions)
{
    /// <summary>A moving period is never frozen.</summary>
    public static readonly Refusal Moving = new(
        "list.moving",
        "ytd 与 all 随时变化，只能查看，不能发布",
        "ytd and all move with the clock: they are shown, never published"
    );

    /// <summary>Somebody in it would be counted silent inside its hours.</summary>
    public static Refusal TooEarly(ReplyHours hours) =>
        new(
            "list.too-early",
            $"期间结束满 {hours.Part} 小时后才能发布",
            $"A list may be published {hours.Part} hours after its period's end"
        );

    /// <summary>There is nothing yet to correct.</summary>
    public static readonly Refusal NothingToCorrect = new(
        "list.nothing-to-correct",
        "该榜单尚未发布，无从更正",
        "This list is not published yet, so there is nothing to correct"
    );

    /// <summary>It was never published.</summary>
    public static readonly Refusal NotPublished = new(
        "list.not-published",
        "该榜单尚未发布",
        "This list is not published"
    );

    /// <summary>The latest version.</summary>
    public ListEvent.Published Latest => Versions[^1];

    /// <summary>Whether a period may be frozen at an instant; null is yes.</summary>
    public static Refusal? MayFreeze(Period period, DateTimeOffset now) =>
        period.IsMoving ? Moving
        : now < period.FreezesAt ? TooEarly(period.Hours)
        : null;
}
