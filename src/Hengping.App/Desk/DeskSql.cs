using Hengping.App.Complaints;

namespace Hengping.App.Desk;

/// <summary>What the desk's views and sums ask of complaints <c>c</c>.</summary>
internal static class DeskSql
{
    /// <summary>Waits for a decision that a party asked for: a review, or a reply to be judged again.</summary>
    public const string Asked = $"c.due_kind in ('{Deadlines.Review}', '{Deadlines.Validity}')";

    /// <summary>A mediation was terminated, and somebody is still to be told.</summary>
    public const string ToTell = $"c.due_kind = '{Deadlines.Told}'";

    /// <summary>
    /// What the desk itself owes next. A silent merchant's clock is the merchant's, and the reminders go out by
    /// themselves; only danger to people is watched all the way.
    /// </summary>
    public const string Todo =
        $"(c.status in ('filed', 'contested', 'inMediation') or {Asked} or {ToTell} or {AccessBook.Unread} "
        + "or (c.status in ('delivered', 'unreached') and c.priority = 'p0'))";

    /// <summary>Its deadline is over; <c>@now</c>.</summary>
    public const string Late = "coalesce(c.late_at, c.due_at) <= @now";

    /// <summary>
    /// What somebody may still have to do something about: all of the above lies in it, and its index is as large as
    /// what is open, however many have ended.
    /// </summary>
    public const string Live = CaseLists.Live;
}
