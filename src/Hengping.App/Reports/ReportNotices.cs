using System.Collections.Frozen;
using System.Data.Common;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>
/// Tells whoever reports under their own name that there is news, by SMS: the number and the page, never what it is
/// about. Nobody else hears of a report.
/// </summary>
public sealed class ReportNotices(SiteAddress site) : Listener
{
    private static readonly FrozenSet<string> Newsworthy = ReportBook.Instance.KindsOf(
        typeof(ReportEvent.Accepted),
        typeof(ReportEvent.Declined),
        typeof(ReportEvent.Extended),
        typeof(ReportEvent.Concluded),
        typeof(ReportEvent.Reopened),
        typeof(ReportEvent.Told)
    );

    /// <summary>There is news.</summary>
    public static readonly Wording News = new(
        "report-news",
        "【{operator}】编号 {number} 有新进展，请凭编号和查询码查看：{link}",
        "[{operator}] There is news on {number}; read it with number and code: {link}"
    );

    /// <inheritdoc/>
    public override string Name => "report-notices";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Prefixes => [ReportBook.Instance.Kinds];

    /// <summary>A message once sent is not sent again.</summary>
    public override bool IsRebuilt => false;

    /// <inheritdoc/>
    public override async Task Hear(
        Store store,
        IReadOnlyList<StoredEvent> batch,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        foreach (var stored in batch.Where(e => Newsworthy.Contains(e.Kind)))
        {
            if (IsHistory(stored, store.Now))
                continue;
            var story = await store.ReadStory(ReportBook.Instance, stored.Stream, ct);
            var filed = (ReportEvent.Filed)story[0].Event;
            var phone = (filed.PersonContact ?? filed.Contact)?.Phone;
            if (phone is null || !PhoneNumber.IsMobile(phone))
                continue;
            var values = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["number"] = filed.Number,
                ["link"] = site.LinkTo("/report/follow"),
            };
            var message = new Message(
                $"report:{stored.Position}",
                Channel.Sms,
                News,
                phone,
                values,
                Account: filed.Reporter,
                KeySlot: stored.KeySlot
            );
            var head = await Letterhead.Of(store, [filed.Reporter], ct, filed.Language);
            await Outbox.Put(store, head.On(message), db, transaction);
        }
    }

    /// <summary>Messages are never sent twice for a rebuild: they stay.</summary>
    public override Task Forget(DbConnection db, DbTransaction transaction) => Task.CompletedTask;
}
