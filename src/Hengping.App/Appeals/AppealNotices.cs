using System.Collections.Frozen;
using System.Data.Common;
using Hengping.App.Accounts;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;

namespace Hengping.App.Appeals;

/// <summary>Tells the appellant that there is news on their appeal; what it is stands on the page.</summary>
public sealed class AppealNotices(SiteAddress site) : Listener
{
    private static readonly FrozenSet<string> Newsworthy = AppealBook.Instance.KindsOf(
        typeof(AppealEvent.Refused),
        typeof(AppealEvent.Extended),
        typeof(AppealEvent.Decided),
        typeof(AppealEvent.Lapsed),
        typeof(AppealEvent.Checked)
    );

    /// <summary>There is news.</summary>
    public static readonly Wording News = new(
        "appeal-news",
        "【{operator}】您对{target}的申诉有新进展：{status}。理由、依据和下一步见：{link}",
        "[{operator}] There is news on your appeal against {target}: {status}. Reasons, clause and what you can do: "
            + "{link}"
    );

    /// <inheritdoc/>
    public override string Name => "appeal-notices";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Prefixes => [AppealBook.Instance.Kinds];

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
            var appeal = (await store.Load(AppealBook.Instance, stored.Stream, ct)).State;
            if (appeal is not { IsShut: false })
                continue;
            var (phone, mail) = await WhereTo(store, appeal, ct);
            if (phone is null && mail is null)
                continue;
            var head = await Letterhead.Of(store, [appeal.Merchant ?? appeal.Account], ct);
            var isEnglish = head.Language == "en";
            var values = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["target"] = await AppealLooks.Named(store, appeal.Target, isEnglish, ct),
                ["status"] = AppealLooks.Became(appeal, isEnglish),
                ["link"] = site.LinkTo($"/appeals/{stored.Stream:D}"),
            };
            var message = new Message(
                $"appeal:{stored.Position}",
                phone is null ? Channel.Email : Channel.Sms,
                News,
                phone ?? mail!,
                values,
                Account: appeal.Account,
                KeySlot: stored.KeySlot
            );
            await Outbox.Put(store, head.On(message), db, transaction);
        }
    }

    private static async Task<(string? Phone, string? Mail)> WhereTo(Store store, Appeal appeal, CancellationToken ct)
    {
        if (appeal.Merchant is { } shop)
        {
            var contact = await MerchantDirectory.ContactOf(store, shop, ct);
            return (Some(contact?.Phone), Some(contact?.Email));
        }
        var profile = await AccountDesk.ProfileOf(store, appeal.Account!.Value, ct);
        return (Some(profile?.Phone), Some(profile?.Email));
    }

    private static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Messages are never sent twice for a rebuild: they stay.</summary>
    public override Task Forget(DbConnection db, DbTransaction transaction) => Task.CompletedTask;
}
