using Hengping.App.Platform;

namespace Hengping.App.Notices;

/// <summary>Messages about cases: to whom, in which language, when.</summary>
public sealed class NoticesRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [new("notice-messages", (long)ToldMessages.Every.TotalSeconds, LimitUnit.Seconds)];

    /// <inheritdoc/>
    public override IReadOnlyList<Wording> Messages => NoticeWords.All;

    /// <inheritdoc/>
    public override IEnumerable<Listener> Listeners(Store store, SiteAddress site) => [new NoticeListener(site)];

    /// <inheritdoc/>
    public override IReadOnlyList<Tab> Tabs => [new(TabRow.Admin, 70, "/admin/outbox", "admin.outbox")];
}
